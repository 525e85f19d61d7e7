/** What can go wrong in a world, drawn from its seed. */
import { pick, type Random } from '../../runtime/env/random.ts';
import { createSeededRandom, type Link } from '../../runtime/simulation/index.ts';
import type { Town } from './town.ts';

/** Something that goes wrong for a while. */
export type Fault = {
  readonly name: string;
  /** When it begins and how long it lasts, in virtual milliseconds. */
  readonly atMs: number;
  readonly forMs: number;
  /** Begins it; gives what ends it. */
  readonly begin: (town: Town) => () => void;
};

type Draw = (random: Random, hosts: readonly string[]) => Pick<Fault, 'name' | 'begin'>;

const FAULTS_MIN = 2;
const FAULTS_MAX = 8;

/** Faults begin within this time, and all have ended at its end. */
export const FAULTS_MS = 60_000;

function share(random: Random, percentMax: number): number {
  return (1 + random.below(percentMax)) / 100;
}

function one(random: Random, hosts: readonly string[]): string {
  return pick(random, hosts) ?? '';
}

/** Some hosts, and the others. */
function split(random: Random, hosts: readonly string[]): [string[], string[]] {
  const sides = hosts.map(() => random.below(2) === 0);
  return [hosts.filter((_, at) => sides[at]), hosts.filter((_, at) => sides[at] !== true)];
}

function bad(name: string, change: (random: Random) => Partial<Link>): Draw {
  return (random) => {
    const link = change(random);
    return { name: `${name} ${JSON.stringify(link)}`, begin: (town) => town.worsen(link) };
  };
}

const KINDS: readonly Draw[] = [
  bad('loss', (random) => ({ loss: share(random, 30) })),
  bad('duplicates', (random) => ({ duplicate: share(random, 30) })),
  bad('corruption', (random) => ({ corrupt: share(random, 20) })),
  bad('reordering', (random) => ({ reorder: { share: share(random, 50), byMs: 900 } })),
  bad('delay', (random) => ({ delayMs: { min: 50, max: 100 + random.below(1_500) } })),
  bad('small MTU', (random) => ({ mtu: 128 + random.below(200) })),
  (random, hosts) => {
    const [some, others] = split(random, hosts);
    return {
      name: `partition of ${some.join(' ')} from ${others.join(' ')}`,
      begin: ({ world }) => world.partition(some, others),
    };
  },
  (random, hosts) => {
    const [from, to] = split(random, hosts);
    return {
      name: `cut from ${from.join(' ')} to ${to.join(' ')}`,
      begin: ({ world }) => world.cut({ from, to }),
    };
  },
  (random, hosts) => {
    const to = [one(random, hosts)];
    return { name: `clog to ${to.join(' ')}`, begin: ({ world }) => world.clog({ to }) };
  },
  (random, hosts) => {
    const host = one(random, hosts);
    const keepsFiles = random.below(2) === 0;
    return {
      name: `crash of ${host} ${keepsFiles ? 'with' : 'without'} its files`,
      begin: (town) => town.crash(host, keepsFiles),
    };
  },
  (random, hosts) => {
    const host = one(random, hosts);
    const skewMs = random.below(600_001) - 300_000;
    const rate = 0.9 + share(random, 20);
    return {
      name: `clock of ${host} ${skewMs} ms ahead, at ${rate}`,
      begin({ world }) {
        world.setClock(host, { skewMs, rate });
        return () => world.setClock(host, {});
      },
    };
  },
  () => ({
    name: 'boxes forget',
    begin(town) {
      town.resetBoxes();
      return () => {};
    },
  }),
];

/** The same faults for the same seed. */
export function drawFaults(seed: number, hosts: readonly string[]): readonly Fault[] {
  const random = createSeededRandom(seed, 'faults');
  const count = FAULTS_MIN + random.below(FAULTS_MAX - FAULTS_MIN + 1);
  return Array.from({ length: count }, () => {
    const draw = pick(random, KINDS) ?? bad('loss', () => ({ loss: 0.1 }));
    const atMs = random.below(FAULTS_MS);
    return { ...draw(random, hosts), atMs, forMs: random.below(FAULTS_MS - atMs) };
  });
}
