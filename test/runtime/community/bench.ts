/** Overlays on a wire that delivers at once, with a clock that only tests move. */
import type { Address } from '../../../runtime/address/address.ts';
import { createAddress, printAddress } from '../../../runtime/address/text.ts';
import { NetworkError } from '../../../runtime/base/network-error.ts';
import { fail, ok } from '../../../runtime/base/result.ts';
import type { AnyCommunity } from '../../../runtime/community/any-community.ts';
import { join } from '../../../runtime/community/join.ts';
import type { JoinParts } from '../../../runtime/community/join-parts.ts';
import type { HandlerFailure } from '../../../runtime/community/router.ts';
import { createCrypto } from '../../../runtime/crypto/create-crypto.ts';
import type { Crypto } from '../../../runtime/crypto/crypto.ts';
import type { KeyLevel, PrivateKey } from '../../../runtime/crypto/keys.ts';
import { EndpointTally } from '../../../runtime/endpoint/counters.ts';
import { Demultiplexer } from '../../../runtime/endpoint/demultiplexer.ts';
import type { Endpoint } from '../../../runtime/endpoint/endpoint.ts';
import type { Clock } from '../../../runtime/env/clock.ts';
import type { LogFields, LogLevel } from '../../../runtime/env/log.ts';
import type { Random } from '../../../runtime/env/random.ts';
import { createNetwork } from '../../../runtime/network/network.ts';
import { createPrefix } from '../../../runtime/packet/header.ts';
import { seal } from '../../../runtime/packet/seal.ts';
import { createPeer } from '../../../runtime/peer/peer.ts';
import type { MessageType } from '../../../runtime/protocol/protocol.ts';
import { createTaskScope } from '../../../runtime/tasks/task-scope.ts';

export const crypto = await createCrypto();

export const COMMUNITY_ID = '0123456789abcdef0123456789abcdef01234567';

/** A community without messages of its own. */
export const silent: AnyCommunity = {
  protocol: { name: 'Silent', communityId: COMMUNITY_ID, version: 2, messages: {} },
  create: () => ({ handlers: {} }),
};

export function newKey(level: KeyLevel = 'curve25519'): PrivateKey {
  const key = crypto.generateKey(level);
  if (!key.ok) throw new Error(key.error.message);
  return key.value;
}

/** Believes every signature: for floods, where real ones would only cost time. */
export const hollowCrypto: Crypto = {
  ...crypto,
  publicKey: (bytes) => ok({ curve: 'curve25519', bytes, signatureLength: 64 }),
  sign: () => new Uint8Array(64),
  verify: () => true,
};

/** The key number `number` of `hollowCrypto`. */
export function hollowKey(number: number): PrivateKey {
  const bytes = new Uint8Array(74);
  new DataView(bytes.buffer).setUint32(10, number);
  const publicKey = { curve: 'curve25519', bytes, signatureLength: 64 } as const;
  return { ...newKeyOnce, publicKey };
}

const newKeyOnce = newKey();

export function at(text: string): Address {
  const [, host = '', port = ''] = /^\[?(.*?)\]?:(\d+)$/.exec(text) ?? [];
  return createAddress(host, Number(port));
}

export type Sent = { readonly from: Address; readonly to: Address; readonly bytes: Uint8Array };

type Pending = { readonly dueMs: number; readonly action: () => void };

/** A clock with timers that fire when it is moved past them. */
export function createTestClock(): Clock & { advance(ms: number): void } {
  let now = 1_000;
  const pending = new Set<Pending>();
  return {
    now: () => now,
    wallTime: () => now,
    after(delayMs, action) {
      const timer = { dueMs: now + delayMs, action };
      pending.add(timer);
      return { cancel: () => void pending.delete(timer) };
    },
    advance(ms) {
      now += ms;
      for (const timer of pending) {
        if (timer.dueMs <= now && pending.delete(timer)) timer.action();
      }
    },
  };
}

/** Numbers that look random and are the same in every run. */
export function createTestRandom(seed: number) {
  let state = seed;
  const below = (bound: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
  return { below, bytes: (size: number) => new Uint8Array(size).map(() => below(256)) };
}

export type NodeOptions = Partial<
  Pick<
    JoinParts,
    | 'bootstrapAddresses'
    | 'bootstrapHosts'
    | 'community'
    | 'communityId'
    | 'crypto'
    | 'peersMax'
    | 'settings'
    | 'siblings'
    | 'trackerAddresses'
  >
> & {
  readonly key?: PrivateKey;
  readonly bound?: Address | readonly Address[];
  readonly random?: Random;
};

/** One wire and all who are on it. */
export function createBench() {
  const clock = createTestClock();
  const receivers = new Map<string, (bytes: Uint8Array, from: Address) => void>();
  const queue: Sent[] = [];
  /** Everything that was sent, in order. */
  const sent: Sent[] = [];

  function createNode(place: string, options: NodeOptions = {}) {
    const address = at(place);
    const log: { level: LogLevel; text: string; fields?: LogFields | undefined }[] = [];
    const failures: { error: unknown; where: HandlerFailure }[] = [];
    const env = {
      clock,
      random: options.random ?? createTestRandom(receivers.size + 1),
      log: {
        isOn: () => true,
        write: (level: LogLevel, text: string, fields?: LogFields) =>
          void log.push({ level, text, fields }),
      },
    };
    let isOpen = true;
    const bound = [options.bound ?? address].flat();
    const endpoint: Endpoint = {
      // Nothing of the endpoint's is looked at here.
      counters: new EndpointTally(),
      get address() {
        return this.addresses[0];
      },
      get addresses() {
        return isOpen ? bound : [];
      },
      send(bytes, to) {
        if (!isOpen) return fail(new NetworkError('closed', 'closed'));
        const datagram = { from: address, to, bytes };
        sent.push(datagram);
        queue.push(datagram);
        return ok(undefined);
      },
      onDatagram: (receive) => void receivers.set(printAddress(address), receive),
      close: async () => void (isOpen = false),
    };
    const demultiplexer = new Demultiplexer(env.log);
    endpoint.onDatagram(demultiplexer.receive);
    const network = createNetwork({ clock });
    const identity = options.key ?? newKey();
    const tasks = createTaskScope({
      clock,
      onError: (error) => failures.push({ error, where: { overlay: '', message: 'task' } }),
    });
    const running = join({
      community: silent,
      name: place,
      peersMax: 30,
      crypto,
      ...options,
      identity,
      env,
      endpoint,
      demultiplexer,
      network,
      tasks,
      onHandlerError: (error, where) => void failures.push({ error, where }),
    });
    const { overlay, counters } = running;
    const { walkable } = overlay;
    const total = () => Object.values(counters).reduce((sum, count) => sum + count, 0);
    const receive = (bytes: Uint8Array, from: string) => demultiplexer.receive(bytes, at(from));
    const peer = createPeer(identity.publicKey);
    const parts = { address, identity, peer, network, endpoint, demultiplexer, tasks };
    return { ...parts, running, overlay, walkable, counters, total, receive, log, failures };
  }

  return {
    clock,
    sent,
    node: createNode,
    /** Delivers what was sent, and what is sent because of it, until the wire is quiet. */
    run(): void {
      for (let count = 0; queue.length > 0; count++) {
        if (count > 100_000) throw new Error('the wire does not become quiet');
        const next = queue.shift();
        if (next !== undefined) receivers.get(printAddress(next.to))?.(next.bytes, next.from);
      }
    },
    /** What was sent since the last call, not delivered. */
    take(): readonly Sent[] {
      queue.length = 0;
      return sent.splice(0);
    },
  };
}

/** A datagram of the silent community, as anybody can make one. */
export function datagramOf<T>(
  type: MessageType<T>,
  message: T,
  options: { readonly key: PrivateKey; readonly globalTime?: bigint; readonly crypto?: Crypto },
): Uint8Array {
  const prefix = createPrefix(2, COMMUNITY_ID);
  const { key: identity, globalTime = 1n } = options;
  return seal(type, message, { prefix, identity, crypto: options.crypto ?? crypto, globalTime });
}
