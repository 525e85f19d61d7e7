/** A few real nodes of the discovery overlay, two of them behind NAT boxes, for things to happen to. */
import { ConfigBuilder } from '../../runtime/config/config-builder.ts';
import { createNode, type Node } from '../../runtime/node/node.ts';
import { createWorld, type Link, NAT, type World } from '../../runtime/simulation/index.ts';
import { seededCrypto } from '../runtime/simulation/seeded-crypto.ts';

const GOOD: Link = { delayMs: { min: 20, max: 100 }, loss: 0 };
const PUBLIC = ['1.0.0.1', '2.0.0.1', '3.0.0.1', '4.0.0.1'] as const;
const HOME = '10.5.0.1';
const SYMMETRIC = '10.6.0.1';
const PORT = 8090;
const OVERLAY = 'DiscoveryCommunity';

export const HOSTS: readonly string[] = [...PUBLIC, HOME, SYMMETRIC];

export class Town {
  readonly world: World;
  /** Errors that nodes logged. */
  readonly errors: string[] = [];
  readonly #nodes = new Map<string, Node>();
  readonly #worse = new Set<Partial<Link>>();
  readonly #boxes: readonly { reset(): void }[];

  constructor(seed: number) {
    this.world = createWorld({
      seed,
      link: () => Object.assign({}, GOOD, ...this.#worse),
      log: {
        isOn: (level) => level === 'ERROR',
        write: (level, text, fields) => {
          if (level === 'ERROR') this.errors.push(`${text} ${JSON.stringify(fields)}`);
        },
      },
    });
    const expiryMs = 30_000;
    this.#boxes = [
      this.world.nat({ ...NAT.portRestricted, expiryMs, outside: '5.0.0.1', hosts: [HOME] }),
      this.world.nat({ ...NAT.symmetric, expiryMs, outside: '6.0.0.1', hosts: [SYMMETRIC] }),
    ];
  }

  async start(): Promise<void> {
    for (const host of HOSTS) await this.#start(host);
  }

  /** Links are worse in this way until the function is called. */
  worsen(change: Partial<Link>): () => void {
    this.#worse.add(change);
    return () => void this.#worse.delete(change);
  }

  /** Gives what starts the host again. */
  crash(host: string, keepsFiles: boolean): () => void {
    this.world.crash(host, { keepsFiles });
    this.#nodes.delete(host);
    return () => {
      // It may be up again because of another fault.
      if (!this.#nodes.has(host)) void this.#start(host);
    };
  }

  resetBoxes(): void {
    for (const box of this.#boxes) box.reset();
  }

  /** What is missing for all nodes to know all others that they can meet. */
  missing(): readonly string[] {
    return HOSTS.flatMap((host) =>
      HOSTS.filter((other) => canMeet(host, other) && !this.#knows(host, other)).map(
        (other) => `${host} does not know ${other}`,
      ),
    );
  }

  #knows(host: string, other: string): boolean {
    const id = this.#nodes.get(other)?.overlay(OVERLAY)?.myPeer.id;
    const peers = this.#nodes.get(host)?.overlay(OVERLAY)?.peers() ?? [];
    return id !== undefined && peers.some((peer) => peer.id === id);
  }

  async #start(host: string): Promise<void> {
    const env = this.world.env(host);
    const config = new ConfigBuilder()
      .clearKeys()
      .clearOverlays()
      .setAddress(host)
      .setPort(PORT)
      .addKey('my peer', 'curve25519', 'my-peer.pem')
      .addOverlay(OVERLAY, 'my peer', {
        walkers: [
          { strategy: 'RandomWalk', peers: 20, init: { timeout: 3 } },
          { strategy: 'RandomChurn', peers: -1, init: {} },
          { strategy: 'PeriodicSimilarity', peers: -1, init: {} },
        ],
        bootstrappers: [
          {
            class: 'KnownHosts',
            init: { ipAddresses: PUBLIC.map((each) => [each, PORT]), bootstrapTimeout: 5 },
          },
        ],
      })
      .finalize();
    const node = createNode(config, { env, crypto: seededCrypto(env.random) });
    this.#nodes.set(host, node);
    await node.start().catch((error: unknown) => {
      // The host crashed while its node started.
      if (this.#nodes.get(host) !== node) return;
      this.errors.push(`${host} does not start: ${String(error)}`);
    });
  }
}

/** Where each target is given a port and none but it may answer, and a box admits targets only. */
function canMeet(one: string, other: string): boolean {
  const isHardPair = [one, other].includes(HOME) && [one, other].includes(SYMMETRIC);
  return one !== other && !isHardPair;
}
