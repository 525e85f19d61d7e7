/** Real nodes behind boxes as they are found in homes, offices and at providers. */
import { expect, test } from 'vitest';
import { createAddress } from '../../../runtime/address/text.ts';
import {
  createWorld,
  NAT,
  type NatBehaviour,
  type World,
} from '../../../runtime/simulation/index.ts';
import { STEADY } from '../simulation/hosts.ts';
import { knows, PORT, startNode } from './fixtures.ts';

const INTRODUCER = '50.0.0.1';
const [ONE, TWO] = ['10.1.0.1', '10.2.0.1'] as const;

type Meeting = {
  /** Builds the boxes in front of both nodes. */
  readonly boxes: (world: World) => void;
  /** Where both bind, if not at their own addresses. */
  readonly bind?: string;
};

const ONE_ADDRESS = {};

/** Both walk; what each knows of the other after ten seconds. */
async function meet({ boxes, bind }: Meeting) {
  const world = createWorld({ seed: 1, link: STEADY });
  boxes(world);
  const introducer = await startNode(world, INTRODUCER);
  const settings = { introducer: INTRODUCER, peers: 2, ...(bind !== undefined && { bind }) };
  const [one, two] = [await startNode(world, ONE, settings), await startNode(world, TWO, settings)];
  const met = await world.runUntil(() => knows(one, two) && knows(two, one), { withinMs: 10_000 });
  expect([knows(one, introducer), knows(two, introducer)]).toEqual([true, true]);
  const peer = two.overlay('Lamport')?.myPeer;
  const at = peer === undefined ? undefined : one.overlay('Lamport')?.addressOf(peer);
  return { world, met, at };
}

/** A home's box: a mapping for each socket, and a permission for each place that was sent to. */
const HOME = NAT.portRestricted;

function homes(world: World, behaviours: readonly [NatBehaviour, NatBehaviour]): void {
  world.nat({ outside: '90.0.0.1', hosts: [ONE], ...behaviours[0] });
  world.nat({ outside: '91.0.0.1', hosts: [TWO], ...behaviours[1] });
}

/** Two homes behind the boxes of one provider, or of two. */
function providers(world: World, carrier: NatBehaviour, outsides: readonly [string, string]): void {
  world.nat({ outside: '100.64.0.1', hosts: [ONE], ...HOME });
  world.nat({ outside: '100.64.0.2', hosts: [TWO], ...HOME });
  const [first, second] = outsides;
  if (first === second) {
    world.nat({ outside: first, hosts: ['100.64.0.1', '100.64.0.2'], ...carrier });
    return;
  }
  world.nat({ outside: first, hosts: ['100.64.0.1'], ...carrier });
  world.nat({ outside: second, hosts: ['100.64.0.2'], ...carrier });
}

test.each([
  ['two homes', (world: World) => homes(world, [HOME, HOME])],
  [
    'two homes whose boxes keep ports',
    (world: World) =>
      homes(world, [
        { ...HOME, keepsPorts: true },
        { ...HOME, keepsPorts: true },
      ]),
  ],
  [
    'two homes behind two providers’ boxes',
    (world: World) => providers(world, NAT.addressRestricted, ['90.0.0.1', '91.0.0.1']),
  ],
])('%s: they meet', async (_, boxes) => {
  const { met, at } = await meet({ boxes });
  expect(met).toBe(true);
  expect(at?.host).toBe('91.0.0.1');
});

test.each([
  ['keeps ports', { ...HOME, keepsPorts: true }, ONE_ADDRESS],
  ['does not', HOME, ONE_ADDRESS],
  ['does not, bound to all addresses', HOME, { bind: '0.0.0.0' }],
])('behind one box that %s, they meet inside', async (_, behaviour, bound) => {
  const { met, at } = await meet({
    ...bound,
    boxes: (world) => void world.nat({ outside: '90.0.0.1', hosts: [ONE, TWO], ...behaviour }),
  });
  expect(met).toBe(true);
  expect(at).toEqual(createAddress(TWO, PORT));
});

test.each([
  [
    'two homes with symmetric boxes',
    (world: World) => homes(world, [NAT.symmetric, NAT.symmetric]),
  ],
  [
    'two homes behind two providers’ boxes, of which each gives a port to each target',
    (world: World) => providers(world, NAT.symmetric, ['90.0.0.1', '91.0.0.1']),
  ],
])('%s: they do not meet', async (_, boxes) => {
  const { met } = await meet({ boxes });
  expect(met).toBe(false);
});

test.each([
  ['that turns back', true],
  ['that does not', false],
])('two homes behind the box of one provider %s', async (_, hairpin) => {
  const carrier = { ...NAT.portRestricted, hairpin };
  const { met, at } = await meet({
    boxes: (world) => providers(world, carrier, ['90.0.0.1', '90.0.0.1']),
  });
  expect([met, at?.host]).toEqual([hairpin, hairpin ? '90.0.0.1' : undefined]);
});

test('a mapping that ends after 30 s ends reachability; one of 120 s lasts through a minute', async () => {
  for (const [expiryMs, isReachable] of [
    [30_000, false],
    [120_000, true],
  ] as const) {
    const world = createWorld({ seed: 1, link: STEADY });
    homes(world, [HOME, { ...HOME, expiryMs }]);
    const introducer = await startNode(world, INTRODUCER);
    const two = await startNode(world, TWO, { introducer: INTRODUCER, peers: 1 });
    await world.run({ forMs: 60_000 });
    // It walks no more, and nothing keeps its mapping.
    expect(knows(introducer, two)).toBe(true);
    const one = await startNode(world, ONE, { introducer: INTRODUCER, peers: 2 });
    expect(await world.runUntil(() => knows(one, two), { withinMs: 10_000 })).toBe(isReachable);
  }
});
