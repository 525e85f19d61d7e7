/** A running node in virtual time, and those who send to it: any address, any key. */
import type { Address } from '../../runtime/address/address.ts';
import { printAddress } from '../../runtime/address/text.ts';
import { ok } from '../../runtime/base/result.ts';
import { concatBytes, fromHex, toBase64 } from '../../runtime/base/bytes.ts';
import { VERIFY_PACES } from '../../runtime/budget/limits.ts';
import { verifyCostMs } from '../../runtime/budget/verify-cost.ts';
import { HANDLERS_RUNNING_MAX } from '../../runtime/community/limits.ts';
import type { Community } from '../../runtime/community/overlay.ts';
import { ConfigBuilder } from '../../runtime/config/config-builder.ts';
import type { Crypto } from '../../runtime/crypto/crypto.ts';
import type { PrivateKey, PublicKey } from '../../runtime/crypto/keys.ts';
import type { DatagramCallbacks } from '../../runtime/env/datagrams.ts';
import type { Env } from '../../runtime/env/env.ts';
import { NETWORK_LIMITS } from '../../runtime/network/limits.ts';
import { createPeer } from '../../runtime/peer/peer.ts';
import { createNode, type Node } from '../../runtime/node/node.ts';
import { createWorld, type World } from '../../runtime/simulation/index.ts';
import { weatherProtocol } from '../../generated/weather.ts';
import { Finding, claim } from './target.ts';

export type Arena = {
  /** Gives the node datagrams from one host; time does not pass. */
  deliver(
    from: string,
    datagrams: Iterable<{ readonly bytes: Uint8Array; readonly port: number }>,
  ): void;
  pass(ms: number): Promise<void>;
  /** What the node sent last to an address. */
  lastTo(address: Address): Uint8Array | undefined;
  /** True once the node sent something to a host. */
  hasAsked(host: string): boolean;
  /** The sender may now be a peer of an overlay: it asked for an introduction, or answered. */
  mayBePeer(sender: PublicKey, communityId: string, hasAnswered: boolean): void;
  /** Stops the node and looks at what it did. @throws Finding */
  close(): Promise<void>;
};

const HOST = '10.0.0.1';
export const PORT = 8090;

/** Peers that an overlay takes, so that the script of a case can reach the limit. */
const PEERS_MAX = 2;

/** Where a sender is. The node begins at the first three. */
export const senderHost = (sender: number): string => `20.0.${sender % 8}.1`;

/** The key of a sender; its number 0 is the node's own. */
export function createSenderKeys(crypto: Crypto): readonly PrivateKey[] {
  return Array.from({ length: 9 }, (_, at) => {
    const halves = new Uint8Array(64).fill(at + 1);
    const read = crypto.privateKey(concatBytes(new TextEncoder().encode('LibNaCLSK:'), halves));
    if (!read.ok) throw new Error(read.error.message);
    return read.value;
  });
}

export type ArenaOptions = {
  readonly ownKey: PrivateKey;
  /** False for a node that checks every signature, so that what is behind them sees floods too. */
  readonly isPaced: boolean;
};

/** A node that runs, begins at the first two senders and knows nobody. */
export async function openArena(crypto: Crypto, options: ArenaOptions): Promise<Arena> {
  const arena = new RunningArena(crypto, options);
  await arena.start();
  return arena;
}

class RunningArena implements Arena {
  readonly #world: World = createWorld({ seed: 1 });
  readonly #node: Node;
  readonly #errors: string[] = [];
  /** The last datagram to each address. */
  readonly #lastTo = new Map<string, Uint8Array>();
  readonly #asked = new Set<string>();
  /** Ids and communities of those who may be peers: true of those who may have answered. */
  readonly #peers = new Map<string, boolean>();
  #sent = 0;
  #callbacks: DatagramCallbacks | undefined;
  #delivered = 0;
  #waitingMost = 0;
  /** What the signatures of one delivery cost, by the runtime's own measure. */
  #checkedMs = 0;
  readonly #isPaced: boolean;

  constructor(crypto: Crypto, { isPaced, ownKey }: ArenaOptions) {
    this.#isPaced = isPaced;
    const env = this.#createEnv();
    const weather = this.#createWeather();
    const config = new ConfigBuilder()
      .clearKeys()
      .clearOverlays()
      .setAddress(HOST)
      .setPort(PORT)
      .addKeyFromBin('own', toBase64(ownKey.secret))
      .addOverlay('Weather', 'own', {
        initialize: { maxPeers: PEERS_MAX },
        walkers: [{ strategy: 'RandomWalk', peers: 20, init: { timeout: 3 } }],
        bootstrappers: [
          {
            class: 'KnownHosts',
            init: { ipAddresses: [0, 1].map((at) => [senderHost(at), PORT]) },
          },
        ],
      })
      .addOverlay('DiscoveryCommunity', 'own', {
        initialize: { maxPeers: PEERS_MAX },
        walkers: [{ strategy: 'RandomWalk', peers: 20, init: { timeout: 3 } }],
        bootstrappers: [
          { class: 'DispersyBootstrapper', init: { ipAddresses: [[senderHost(2), PORT]] } },
        ],
      })
      .finalize();
    this.#node = createNode(config, {
      env,
      crypto: this.#counting(crypto),
      extraCommunities: { Weather: weather },
      ...(isPaced ? {} : { verifyPaces: 'off' }),
    });
  }

  async start(): Promise<void> {
    await this.#settle(this.#node.start());
  }

  deliver(host: string, datagrams: Parameters<Arena['deliver']>[1]): void {
    const isStranger = !this.hasAsked(host);
    this.#checkedMs = 0;
    for (const { bytes, port } of datagrams) {
      this.#delivered += 1;
      this.#callbacks?.onDatagram(bytes, { kind: 'ipv4', host, port });
    }
    if (!isStranger || !this.#isPaced) return;
    const { burstMs } = VERIFY_PACES.strangers;
    const checked = this.#checkedMs;
    claim(
      checked <= burstMs + 1,
      () => `checks signatures of a stranger for ${checked} ms at once`,
    );
  }

  pass(ms: number): Promise<void> {
    return this.#world.run({ forMs: ms });
  }

  lastTo(address: Address): Uint8Array | undefined {
    return this.#lastTo.get(printAddress(address));
  }

  hasAsked(host: string): boolean {
    return this.#asked.has(host);
  }

  mayBePeer(sender: PublicKey, communityId: string, hasAnswered: boolean): void {
    const name = `${createPeer(sender).id} ${communityId}`;
    this.#peers.set(name, hasAnswered || this.#peers.get(name) === true);
  }

  async close(): Promise<void> {
    const { network, overlays } = this.#node;
    const seconds = this.#world.now / 1_000;
    claim(this.#errors.length === 0, () => `the node says: ${this.#errors[0]}`);
    const counted = Object.values(this.#node.counters).reduce((sum, count) => sum + count, 0);
    claim(counted === this.#delivered, () => `counts ${counted} of ${this.#delivered} datagrams`);
    // A request is answered, has one introduced, and may be asked back; the rest is our own pace.
    const sentMax = 3 * this.#delivered + 20 * seconds + 40;
    claim(this.#sent <= sentMax, () => `sends ${this.#sent} datagrams for ${this.#delivered}`);
    const most = this.#waitingMost;
    claim(most <= HANDLERS_RUNNING_MAX, () => `${most} handlers wait at once`);
    const peers = network.peers().length;
    claim(peers <= NETWORK_LIMITS.peersMax, () => `${peers} peers`);
    for (const { communityId, name } of overlays) {
      const walkable = network.walkableAddresses(communityId).length;
      claim(walkable <= NETWORK_LIMITS.addressesMax, () => `${name} knows ${walkable} addresses`);
      const peersHere = network
        .peers(communityId)
        .map(({ id }) => this.#peers.get(`${id} ${communityId}`));
      claim(
        !peersHere.includes(undefined),
        () => `${name} has a peer that neither asked nor answered`,
      );
      // Whoever answers comes in although the overlay is full.
      const asked = peersHere.filter((hasAnswered) => hasAnswered === false).length;
      claim(asked <= PEERS_MAX + 1, () => `${name} has ${asked} peers that it did not ask`);
    }
    await this.#settle(this.#node.stop());
    claim(this.#errors.length === 0, () => `the node says when it stops: ${this.#errors[0]}`);
  }

  /** Time passes until the promise is settled: within two seconds. */
  async #settle(promise: Promise<void>): Promise<void> {
    let isSettled = false;
    void promise.finally(() => (isSettled = true)).catch(() => {});
    const isInTime = await this.#world.runUntil(() => isSettled, { withinMs: 2_000 });
    if (!isInTime) throw new Finding('the node neither starts nor stops');
    await promise;
  }

  #counting(crypto: Crypto): Crypto {
    return {
      ...crypto,
      verify: (key, message, signature) => {
        this.#checkedMs += verifyCostMs(key.curve, crypto.provider);
        return crypto.verify(key, message, signature);
      },
    };
  }

  #createEnv(): Env {
    const env = this.#world.env(HOST);
    return {
      ...env,
      log: {
        isOn: () => true,
        write: (level, text, fields = {}) => {
          if (level !== 'ERROR' && level !== 'CRITICAL') return;
          this.#errors.push([text, ...Object.values(fields).map(String)].join(' | '));
        },
      },
      datagrams: {
        bind: (address, callbacks) => {
          this.#callbacks = callbacks;
          const send = (bytes: Uint8Array, to: Address): void => {
            this.#sent += 1;
            this.#asked.add(to.host);
            this.#lastTo.set(printAddress(to), bytes.slice());
          };
          return Promise.resolve(ok({ address, send, close: () => Promise.resolve() }));
        },
      },
    };
  }

  /** Answers about one place at once, and about others when the node stops: handlers pile up. */
  #createWeather(): Community<typeof weatherProtocol> {
    const waiting: (() => void)[] = [];
    return {
      protocol: weatherProtocol,
      create: () => ({
        handlers: {
          temperatureRequest: ({ place }) => {
            if (place === '') return { tenths: 123 };
            return new Promise((resolve) => {
              waiting.push(() => resolve(undefined));
              this.#waitingMost = Math.max(waiting.length, this.#waitingMost);
            });
          },
        },
        stopped() {
          for (const end of waiting.splice(0)) end();
        },
      }),
    };
  }
}

/** The communities' prefixes: 00, version, id. */
export function prefixOf(version: number, communityId: string): Uint8Array {
  return concatBytes(Uint8Array.of(0, version), fromHex(communityId));
}
