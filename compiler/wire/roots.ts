/** What of a model can be read by itself. */
import type { Community, Message, Model } from '../ir/model.ts';
import type { Root } from './declarations.ts';

export type Rooted = {
  readonly root: Root;
  /** Unique in the model: `Dht.PingRequest` of a message, else the name. */
  readonly name: string;
  /** Of a message. */
  readonly community: Community | undefined;
  /** Of compat decoding. */
  readonly toleratesTrailing: boolean;
};

/** Every message, struct and union of a model or module, in the order of the files. */
export function rootsOf({ modules }: Pick<Model, 'modules'>): readonly Rooted[] {
  return modules
    .flatMap(({ declarations }) => declarations)
    .flatMap((one): readonly Rooted[] => {
      if (one.kind === 'struct' || one.kind === 'union') {
        return [{ root: one, name: one.name, community: undefined, toleratesTrailing: false }];
      }
      if (one.kind !== 'community') return [];
      return one.messages.map((root) => ({
        root,
        name: `${one.name}.${root.name}`,
        community: one,
        toleratesTrailing: toleratesTrailing(root),
      }));
    });
}

/** Whether compat decoding leaves what follows the last field: py-ipv8 does so in cells and data. */
export function toleratesTrailing({ via }: Pick<Message, 'via'>): boolean {
  return via.some((one) => one !== 'socket');
}
