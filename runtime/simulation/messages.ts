/** What hosts received, as messages. */
import type { Address } from '../address/address.ts';
import { equalBytes } from '../base/bytes.ts';
import type { Crypto } from '../crypto/crypto.ts';
import { createPrefix, messageIdOf, PREFIX_BYTES } from '../packet/header.ts';
import { open } from '../packet/open.ts';
import type { Peer } from '../peer/peer.ts';
import type { Protocol } from '../protocol/protocol.ts';
import type { TraceEntry } from './trace.ts';
import { demand } from './demand.ts';

/** Which messages are looked for. */
export type ReadMessagesOptions = {
  readonly protocol: Pick<Protocol, 'communityId' | 'version' | 'messages' | 'requests'>;
  /** For protocols whose community id is `= dynamic`. */
  readonly communityId?: string;
  /** What the nodes were given: a message whose signature it does not verify is left out. */
  readonly crypto: Crypto;
  /** The one host whose messages are wanted; everybody's unless given. */
  readonly to?: string;
};

/** A message that arrived. */
export type ReceivedMessage = {
  /** Virtual milliseconds. */
  readonly atMs: number;
  readonly from: Address;
  readonly to: Address;
  /** As in the schema. */
  readonly name: string;
  readonly message: unknown;
  /** Who signed it, if it is signed. */
  readonly peer: Peer | undefined;
};

/** The messages of a protocol among the datagrams that were delivered, in the order they came. */
export function readMessages(
  entries: readonly TraceEntry[],
  options: ReadMessagesOptions,
): readonly ReceivedMessage[] {
  const { crypto, protocol, to: host } = options;
  const id = protocol.communityId ?? options.communityId;
  demand(
    id !== undefined,
    'reading messages of a protocol without a community id: give one whose schema has it',
  );
  const prefix = createPrefix(protocol.version, id.toLowerCase());
  const answers = Object.values(protocol.requests ?? {}).map(({ answer }) => answer);
  const types = [...new Set([...Object.values(protocol.messages), ...answers])];
  return entries.flatMap(({ atUs, event, from, to, bytes }): ReceivedMessage[] => {
    if (event !== 'deliver' || (host !== undefined && to.host !== host)) return [];
    if (!equalBytes(bytes.subarray(0, PREFIX_BYTES), prefix)) return [];
    for (const type of types.filter((one) => one.id === messageIdOf(bytes))) {
      const opened = open(bytes, type, { crypto });
      if (!opened.ok) continue;
      const { message, peer } = opened.value;
      return [{ atMs: atUs / 1_000, from, to, name: type.messageName, message, peer }];
    }
    return [];
  });
}
