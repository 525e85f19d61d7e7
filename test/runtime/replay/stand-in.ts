/** One of our nodes in the place of a recorded one: its keys, its addresses, its overlays. */
import type { Address } from '../../../runtime/address/address.ts';
import { createAddress } from '../../../runtime/address/text.ts';
import { fromHex } from '../../../runtime/base/bytes.ts';
import { ok } from '../../../runtime/base/result.ts';
import type { AnyCommunity } from '../../../runtime/community/any-community.ts';
import { join } from '../../../runtime/community/join.ts';
import type { JoinParts, RunningOverlay } from '../../../runtime/community/join-parts.ts';
import { OwnAddress } from '../../../runtime/community/own-address.ts';
import { EndpointTally } from '../../../runtime/endpoint/counters.ts';
import { Demultiplexer } from '../../../runtime/endpoint/demultiplexer.ts';
import type { Endpoint } from '../../../runtime/endpoint/endpoint.ts';
import type { Random } from '../../../runtime/env/random.ts';
import { createNetwork, type Network } from '../../../runtime/network/network.ts';
import { createPeer } from '../../../runtime/peer/peer.ts';
import type { Protocol } from '../../../runtime/protocol/protocol.ts';
import { createTaskScope } from '../../../runtime/tasks/task-scope.ts';
import { createTestClock, crypto, newKey } from '../community/bench.ts';
import { addressOf, type RecordedNode } from '../packet/vectors.ts';
import { createRecordedRandom } from './recorded-random.ts';

/** An overlay of a stand-in. */
export type StandInOverlay = Partial<
  Pick<JoinParts, 'communityId' | 'siblings' | 'trackerAddresses'>
> & {
  readonly community: AnyCommunity;
};

export type Sent = { readonly to: Address; readonly bytes: Uint8Array };

export type StandIn = {
  /** In the order of the overlays that it was made with. */
  readonly running: readonly RunningOverlay[];
  readonly network: Network;
  readonly clock: ReturnType<typeof createTestClock>;
  receive(bytes: Uint8Array, from: Address): void;
  /** Lets promises go on that wait for nothing, then gives what was sent since the last call. */
  take(): Promise<readonly Sent[]>;
};

/**
 * A node that was just made, as each recorded one was. It knows its address outside already: the
 * recorded ones were told.
 */
export function createStandIn(
  { private_bin, lan, wan }: Pick<RecordedNode, 'private_bin' | 'lan' | 'wan'>,
  overlays: readonly StandInOverlay[],
  random: Random = createRecordedRandom([]),
): StandIn {
  const identity = crypto.privateKey(fromHex(private_bin));
  if (!identity.ok) throw new Error(identity.error.message);
  const clock = createTestClock();
  const log = { isOn: () => false, write: () => undefined };
  const sent: Sent[] = [];
  const endpoint: Endpoint = {
    address: addressOf(lan),
    counters: new EndpointTally(),
    // What is sent to IPv6 was recorded too.
    addresses: [addressOf(lan), createAddress('::', lan.port)],
    send(bytes, to) {
      sent.push({ to, bytes });
      return ok(undefined);
    },
    onDatagram: () => undefined,
    close: async () => undefined,
  };
  const demultiplexer = new Demultiplexer(log);
  const network = createNetwork({ clock });
  const failures: unknown[] = [];
  const onFailure = (error: unknown): void => void failures.push(error);
  const parts = {
    crypto,
    identity: identity.value,
    env: { clock, random, log },
    endpoint,
    demultiplexer,
    network,
    ownAddress: toldOf(addressOf(wan)),
    onHandlerError: onFailure,
    // The reference's default.
    peersMax: 30,
  };
  const running = overlays.map((overlay, at) =>
    join({
      ...parts,
      ...overlay,
      name: `overlay ${at}`,
      tasks: createTaskScope({ clock, onError: onFailure }),
    }),
  );
  return {
    running,
    network,
    clock,
    receive: (bytes, from) => demultiplexer.receive(bytes, from),
    async take() {
      for (let turn = 0; turn < 10; turn++) await Promise.resolve();
      if (failures.length > 0) throw failures[0];
      return sent.splice(0);
    },
  };
}

function toldOf(wan: Address): OwnAddress {
  const ownAddress = new OwnAddress();
  const teller = createPeer(newKey().publicKey);
  ownAddress.observe(wan, teller, createAddress('203.0.113.1', 1));
  return ownAddress;
}

/** The protocol with handlers that do nothing. */
export function mute(protocol: Protocol): AnyCommunity {
  const handlers = Object.keys(protocol.messages).map((name) => [name, () => undefined] as const);
  return { protocol, create: () => ({ handlers: Object.fromEntries(handlers) }) };
}
