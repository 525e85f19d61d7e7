/** A tracker on a wire that tests read and write, with a clock that only they move. */
import type { Address } from '../../../runtime/address/address.ts';
import { NO_ADDRESS } from '../../../runtime/address/address.ts';
import { printAddress } from '../../../runtime/address/text.ts';
import { ok } from '../../../runtime/base/result.ts';
import type { PrivateKey } from '../../../runtime/crypto/keys.ts';
import { EndpointTally } from '../../../runtime/endpoint/counters.ts';
import type { Endpoint } from '../../../runtime/endpoint/endpoint.ts';
import type { Env } from '../../../runtime/env/env.ts';
import { createPrefix } from '../../../runtime/packet/header.ts';
import { open } from '../../../runtime/packet/open.ts';
import { seal } from '../../../runtime/packet/seal.ts';
import type { MessageType } from '../../../runtime/protocol/protocol.ts';
import { createWorld } from '../../../runtime/simulation/index.ts';
import { createTracker, type TrackerOptions } from '../../../runtime/tracker/tracker.ts';
import {
  ConnectionType,
  IntroductionRequest,
  IntroductionResponse,
} from '../../../generated/introduction.ts';
import {
  at,
  createTestClock,
  createTestRandom,
  hollowCrypto,
  hollowKey,
} from '../community/bench.ts';

export type Sent = { readonly to: string; readonly bytes: Uint8Array };

/** The community number `number`: 40 hexadecimal digits. */
export function communityId(number: number): string {
  return number.toString(16).padStart(40, '0');
}

export async function createTrackerBench(options: TrackerOptions = {}) {
  const clock = createTestClock();
  const sent: Sent[] = [];
  const tally = new EndpointTally();
  let receive: (bytes: Uint8Array, from: Address) => void = () => {};
  let isOpen = true;
  const endpoint: Endpoint = {
    counters: tally,
    get address() {
      return this.addresses[0];
    },
    get addresses() {
      return isOpen ? [at('9.9.9.9:8090')] : [];
    },
    send(bytes, to) {
      sent.push({ to: printAddress(to), bytes });
      return ok(undefined);
    },
    onDatagram: (receiver) => void (receive = receiver),
    close: async () => void (isOpen = false),
  };
  const env: Env = {
    ...createWorld({ seed: 1 }).env('9.9.9.9'),
    clock,
    random: createTestRandom(1),
  };
  const tracker = createTracker({
    env,
    endpoint,
    crypto: hollowCrypto,
    key: { generation: 'curve25519' },
    ...options,
  });
  await tracker.start();
  return {
    tracker,
    clock,
    /** What the tracker sent since the last call. */
    take: (): readonly Sent[] => sent.splice(0),
    receive(bytes: Uint8Array, from: string): void {
      tally.received += 1;
      receive(bytes, at(from));
    },
    isOpen: () => isOpen,
  };
}

/** The key number `number` of `hollowCrypto`, which begins as keys do. */
export function numberedKey(number: number): PrivateKey {
  const key = hollowKey(number);
  const bytes = new Uint8Array(74);
  bytes.set(new TextEncoder().encode('LibNaCLPK:'));
  new DataView(bytes.buffer).setUint32(70, number);
  return { ...key, publicKey: { ...key.publicKey, bytes } };
}

/** A signed message of a community. */
export function sealed<T>(
  key: PrivateKey,
  community: string,
  type: MessageType<T>,
  message: T,
): Uint8Array {
  const envelope = { prefix: createPrefix(2, community), identity: key, crypto: hollowCrypto };
  return seal(type, message, { ...envelope, globalTime: 1n });
}

export function request(key: PrivateKey, community: string): Uint8Array {
  return sealed(key, community, IntroductionRequest, {
    destinationAddress: at('9.9.9.9:8090'),
    sourceLanAddress: at('192.168.1.2:8090'),
    sourceWanAddress: NO_ADDRESS,
    flags: { connection: ConnectionType.unknown, supportsNewStyle: false, advice: true },
    identifier: 7,
    extraBytes: new Uint8Array(),
  });
}

/** The answer of a peer to the tracker's request; `isFull` when it takes no more newcomers. */
export function answer(key: PrivateKey, asked: Uint8Array, isFull = false): Uint8Array {
  const opened = open(asked, IntroductionRequest, { crypto: hollowCrypto });
  if (!opened.ok) throw new Error(opened.error.reason);
  const { identifier } = opened.value.message as IntroductionRequest;
  const community = Buffer.from(asked.subarray(2, 22)).toString('hex');
  return sealed(key, community, IntroductionResponse, {
    destinationAddress: at('9.9.9.9:8090'),
    sourceLanAddress: NO_ADDRESS,
    sourceWanAddress: NO_ADDRESS,
    lanIntroductionAddress: NO_ADDRESS,
    wanIntroductionAddress: NO_ADDRESS,
    flags: {
      connection: ConnectionType.unknown,
      supportsNewStyle: false,
      introducedSupportsNewStyle: false,
      peerLimitReached: isFull,
    },
    identifier,
    extraBytes: new Uint8Array(),
  });
}

/** Where the response of the tracker says that somebody is. */
export function introducedIn(response: Uint8Array): string {
  const opened = open(response, IntroductionResponse, { crypto: hollowCrypto });
  if (!opened.ok) throw new Error(opened.error.reason);
  return printAddress((opened.value.message as IntroductionResponse).wanIntroductionAddress);
}
