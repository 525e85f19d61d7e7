/**
 * Six pairs of places in network namespaces, joined by real routers, with a real node in a process at each: whether
 * they meet must be what the simulated world says.
 */
import { build } from 'esbuild';
import { beforeAll, expect, test } from 'vitest';
import { createWorld } from '../../../../runtime/simulation/index.ts';
import { STEADY } from '../../simulation/hosts.ts';
import { knows, startNode } from '../fixtures.ts';
import { createLab, INTRODUCER, type Lab, type Place, ROUTERS, whatIsMissing } from './lab.ts';
import { type PeerEvent, type PeerOptions, PeerProcess } from './peer-process.ts';

const PROGRAM = '.cache/nat-peer.js';

/**
 * Each timeout of a walk outside is one more introduction, with its puncture, that led to no meeting. Those that
 * cannot meet show it in a few; those that can are given many, since a busy machine may answer too late.
 */
const TRIES = { cannot: 3, can: 20 } as const;

/** Who walks to whom, and whether they meet. */
const PAIRS: readonly (readonly [walker: Place, walked: Place, met: boolean])[] = [
  ['masquerade persistent', 'masquerade persistent', true],
  ['masquerade persistent', 'masquerade random', false],
  ['public', 'masquerade random', true],
  ['masquerade random', 'forwarded port', true],
  ['forward filter', 'masquerade persistent', true],
  ['masquerade random', 'forward filter', false],
];

const missing = whatIsMissing();
if (missing !== undefined) console.log(`skipped: NAT in network namespaces needs ${missing}`);

beforeAll(async () => {
  if (missing !== undefined) return;
  await build({
    entryPoints: [new URL('peer.ts', import.meta.url).pathname],
    outfile: PROGRAM,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
    logLevel: 'warning',
  });
});

async function predict(walkerAt: Place, walkedAt: Place): Promise<boolean> {
  const world = createWorld({ seed: 1, link: STEADY });
  const put = (place: Place, at: number): string => {
    if (place === 'public') return `9${at}.0.0.1`;
    world.nat({ ...ROUTERS[place].box, outside: `9${at}.0.0.1`, hosts: [`10.${at}.0.1`] });
    return `10.${at}.0.1`;
  };
  const introducer = await startNode(world, INTRODUCER);
  const settings = { introducer: INTRODUCER };
  const walked = await startNode(world, put(walkedAt, 2), { ...settings, peers: 1 });
  const isKnown = () => knows(introducer, walked) && knows(walked, introducer);
  expect(await world.runUntil(isKnown, { withinMs: 2_000 })).toBe(true);
  const walker = await startNode(world, put(walkerAt, 1), { ...settings, peers: 2 });
  return world.runUntil(() => knows(walker, walked), { withinMs: 10_000 });
}

async function meet({ introducer, hosts }: Lab, tries: number): Promise<boolean> {
  const running: PeerProcess[] = [];
  const start = ({ namespace, host }: Lab['introducer'], options: Omit<PeerOptions, 'host'>) => {
    const peer = new PeerProcess(namespace, PROGRAM, { host, ...options });
    running.push(peer);
    return peer;
  };
  const hears = (peer: PeerProcess, id: string): Promise<void> =>
    peer.until((events) => events.some((each) => each.event === 'peer' && each.id === id));
  try {
    const middle = start(introducer, { peers: 0 });
    const middleId = await middle.started();
    const walked = start(hosts[1], { introducer: INTRODUCER, peers: 1 });
    const walkedId = await walked.started();
    await Promise.all([hears(middle, walkedId), hears(walked, middleId)]);
    const walker = start(hosts[0], { introducer: INTRODUCER, peers: 2 });
    let isMet = false;
    await walker.until((events) => {
      isMet = events.some((each) => each.event === 'peer' && each.id === walkedId);
      const isTry = (each: PeerEvent) => each.event === 'no answer' && !each.from.startsWith('10.');
      return isMet || events.filter(isTry).length >= tries;
    });
    return isMet;
  } finally {
    await Promise.all(running.map((peer) => peer.stop()));
  }
}

test.skipIf(missing !== undefined).for(PAIRS)(
  'in network namespaces, %s walks to %s: met %s',
  async ([walkerAt, walkedAt, expected]) => {
    expect(await predict(walkerAt, walkedAt)).toBe(expected);
    const at = PAIRS.findIndex(([one, other]) => one === walkerAt && other === walkedAt);
    const lab = createLab(`ipv8-${process.pid}-${at}`, [walkerAt, walkedAt]);
    try {
      expect(await meet(lab, expected ? TRIES.can : TRIES.cannot)).toBe(expected);
    } finally {
      lab.close();
    }
  },
);
