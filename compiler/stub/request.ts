import type { Message } from '../ir/model.ts';
import type { FileStyle } from './file-style.ts';

/** What stubs are written for. */
export type StubRequest = {
  /** The community's name. */
  readonly community: string;
  readonly doc: string;
  /** Every message that needs a handler, inherited ones included. */
  readonly messages: readonly Message[];
  /** The name of the protocol constant and what the file imports it from. */
  readonly protocol: { readonly name: string; readonly specifier: string };
  /** The name of the handlers' type in the same module. */
  readonly handlersType: string;
  /** What the file imports the runtime from. */
  readonly runtime: string;
  /** How to write what the file itself gives no example of. */
  readonly style?: Partial<FileStyle>;
};
