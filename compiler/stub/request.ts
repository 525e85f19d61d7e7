/** What stubs are written for: a community, and what a file imports for it. */
import { protocolMessages, protocolRequests } from '../emit/protocol-messages.ts';
import { protocolName } from '../emit/protocol.ts';
import type { Community, Message, Model } from '../ir/model.ts';
import type { FileStyle } from './file-style.ts';

/** A community as files of handlers see it. */
export type StubRequest = {
  /** The community's name. */
  readonly community: string;
  readonly doc: string;
  /** Every message that needs a handler: inherited ones included, answers to requests not. */
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

/** What a community's module calls the protocol and the handlers' type. */
export function stubNames(community: string): {
  readonly protocol: string;
  readonly handlersType: string;
} {
  return { protocol: protocolName(community), handlersType: `${community}Handlers` };
}

/** The request for a community of the model, with the specifiers that the file has to write. */
export function createStubRequest(
  model: Model,
  community: Community,
  imports: { readonly module: string; readonly runtime: string },
): StubRequest {
  const communities = new Map(
    model.modules
      .flatMap((module) => module.declarations)
      .filter((declaration) => declaration.kind === 'community')
      .map((one) => [one.name, one]),
  );
  const find = (name: string) => communities.get(name);
  const requests = protocolRequests(community, find);
  const messages = protocolMessages(community, find).map(({ message }) => {
    const answer = requests.find(({ question }) => question.message === message)?.answer.message;
    return answer === undefined ? message : { ...message, doc: answerDoc(message, answer) };
  });
  const names = stubNames(community.name);
  return {
    community: community.name,
    doc: community.doc,
    messages,
    protocol: { name: names.protocol, specifier: imports.module },
    handlersType: names.handlersType,
    runtime: imports.runtime,
  };
}

/** What the author of a handler has to know of a question. */
function answerDoc({ doc }: Message, answer: Message): string {
  const returns = `Returns the fields of ${answer.name}, or undefined for no answer.`;
  return doc === '' ? returns : `${doc}\n\n${returns}`;
}
