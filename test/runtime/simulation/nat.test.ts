import { expect, test } from 'vitest';
import { createWorld, NAT, type NatBehaviour } from '../../../runtime/simulation/index.ts';
import { bytesOf, open, STEADY } from './hosts.ts';

const [INSIDE, NEIGHBOUR] = ['10.0.0.1:5', '10.0.0.2:5'] as const;
const SERVER = '50.0.0.1:1';

/** A box with two hosts behind it, three sockets of two hosts outside, and what the server saw. */
async function behind(behaviour: NatBehaviour) {
  const world = createWorld({ seed: 1, link: STEADY });
  const box = world.nat({ outside: '90.0.0.1', hosts: ['10.0.0.1', '10.0.0.2'], ...behaviour });
  const [inside, neighbour] = [await open(world, INSIDE), await open(world, NEIGHBOUR)];
  const server = await open(world, SERVER);
  const samePlace = await open(world, '50.0.0.1:2');
  const elsewhere = await open(world, '60.0.0.1:1');
  inside.send(1, SERVER);
  await world.run({ forMs: 10 });
  const seen = server.received[0]?.from ?? '';
  return { world, box, inside, neighbour, server, samePlace, elsewhere, seen };
}

test.each([
  ['fullCone', [1, 2, 3], 'same'],
  ['addressRestricted', [1, 2], 'same'],
  ['portRestricted', [1], 'same'],
  ['symmetric', [1], 'other'],
] as const)('a %s box lets in %j and maps to the %s port', async (kind, admitted, port) => {
  const { world, inside, server, samePlace, elsewhere, seen } = await behind(NAT[kind]);
  server.send(1, seen);
  samePlace.send(2, seen);
  elsewhere.send(3, seen);
  server.send(4, INSIDE);
  await world.run({ forMs: 10 });
  expect(bytesOf(inside)).toEqual(admitted);
  inside.send(2, '60.0.0.1:1');
  await world.run({ forMs: 10 });
  expect(elsewhere.received[0]?.from === seen).toBe(port === 'same');
  expect(seen).toMatch(/^90\.0\.0\.1:\d+$/);
  expect(seen).not.toBe(`90.0.0.1:5`);
});

test('a mapping lives from the last datagram out, and another one follows it', async () => {
  const { world, inside, server, seen } = await behind({ ...NAT.fullCone, expiryMs: 30_000 });
  await world.run({ forMs: 25_000 });
  inside.send(2, SERVER);
  await world.run({ forMs: 29_980 });
  server.send(1, seen);
  await world.run({ forMs: 10_000 });
  // What came in did not keep it.
  server.send(2, seen);
  await world.run({ forMs: 10 });
  expect(bytesOf(inside)).toEqual([1]);
  inside.send(3, SERVER);
  await world.run({ forMs: 10 });
  expect(server.received[1]?.from).toBe(seen);
  expect(server.received[2]?.from).not.toBe(seen);
});

test('a permission expires apart from its mapping', async () => {
  const { world, inside, server, seen } = await behind({ ...NAT.portRestricted, expiryMs: 30_000 });
  await world.run({ forMs: 20_000 });
  inside.send(2, '60.0.0.1:1');
  await world.run({ forMs: 20_000 });
  server.send(1, seen);
  await world.run({ forMs: 10 });
  expect(bytesOf(inside)).toEqual([]);
});

test('neighbours reach each other inside, and outside only through a box that turns back', async () => {
  const plain = await behind(NAT.fullCone);
  plain.neighbour.send(1, INSIDE);
  plain.neighbour.send(2, plain.seen);
  await plain.world.run({ forMs: 10 });
  expect(plain.inside.received.map(({ from }) => from)).toEqual([NEIGHBOUR]);
  const turning = await behind({ ...NAT.fullCone, hairpin: true });
  turning.neighbour.send(2, turning.seen);
  await turning.world.run({ forMs: 10 });
  expect(turning.inside.received[0]?.from).toMatch(/^90\.0\.0\.1:/);
});

test('a box that keeps ports does while they are free; one that restarts forgets', async () => {
  const { world, box, neighbour, server, inside, seen } = await behind({
    ...NAT.fullCone,
    keepsPorts: true,
  });
  expect(seen).toBe('90.0.0.1:5');
  neighbour.send(2, SERVER);
  await world.run({ forMs: 10 });
  expect(server.received[1]?.from).not.toBe(seen);
  box.reset();
  server.send(1, seen);
  await world.run({ forMs: 10 });
  expect(bytesOf(inside)).toEqual([]);
  expect(world.entries.at(-1)?.event).toBe('block');
});

test('two boxes: hosts behind one do not reach those behind the other by their inner addresses', async () => {
  const { world, server, inside } = await behind(NAT.fullCone);
  world.nat({ outside: '91.0.0.1', hosts: ['10.9.0.1'], ...NAT.fullCone });
  const other = await open(world, '10.9.0.1:5');
  other.send(1, INSIDE);
  other.send(2, SERVER);
  await world.run({ forMs: 10 });
  expect(bytesOf(inside)).toEqual([]);
  expect(server.received.at(-1)?.from).toMatch(/^91\.0\.0\.1:/);
  for (const options of [
    { outside: '90.0.0.1', hosts: [] },
    { outside: '92.0.0.1', hosts: ['10.9.0.1'] },
    { outside: 'example.org', hosts: [] },
  ]) {
    expect(() => world.nat({ ...options, ...NAT.fullCone })).toThrow(/: give /);
  }
});

test('a way to a host behind a box is cut by the name it has inside', async () => {
  const { world, inside, server, seen } = await behind(NAT.fullCone);
  const mend = world.cut({ from: ['50.0.0.1'], to: ['10.0.0.1'] });
  server.send(1, seen);
  await world.run({ forMs: 10 });
  mend();
  server.send(2, seen);
  await world.run({ forMs: 10 });
  expect(bytesOf(inside)).toEqual([2]);
});

test('a provider’s box has customers’ boxes behind it', async () => {
  const world = createWorld({ seed: 1, link: STEADY });
  world.nat({ outside: '100.64.0.1', hosts: ['10.1.0.1'], ...NAT.fullCone });
  world.nat({ outside: '100.64.0.2', hosts: ['10.2.0.1'], ...NAT.portRestricted });
  const customers = ['100.64.0.1', '100.64.0.2', '100.64.0.3'];
  world.nat({ outside: '90.0.0.1', hosts: customers, ...NAT.addressRestricted, hairpin: true });
  const one = await open(world, '10.1.0.1:5');
  const two = await open(world, '10.2.0.1:5');
  const unboxed = await open(world, '100.64.0.3:5');
  const [server, samePlace] = [await open(world, SERVER), await open(world, '50.0.0.1:2')];
  const elsewhere = await open(world, '60.0.0.1:1');
  for (const each of [one, two, unboxed]) each.send(1, SERVER);
  await world.run({ forMs: 10 });
  const seen = server.received.map(({ from }) => from);
  for (const from of seen) expect(from).toMatch(/^90\.0\.0\.1:/);
  expect(new Set(seen).size).toBe(3);
  // Each of the two boxes on the way must let it in.
  for (const [at = '', admitted] of [
    [seen[0], [2, 3]],
    [seen[1], [2]],
  ] as const) {
    server.send(2, at);
    samePlace.send(3, at);
    elsewhere.send(4, at);
    await world.run({ forMs: 10 });
    expect(bytesOf(at === seen[0] ? one : two)).toEqual(admitted);
  }
  // In the provider's network by the addresses there; outside through a box that turns back.
  unboxed.send(5, '100.64.0.1:1024');
  one.send(6, '100.64.0.3:5');
  two.send(7, '10.1.0.1:5');
  await world.run({ forMs: 10 });
  expect(unboxed.received.map(({ from }) => from)).toEqual(['100.64.0.1:1024']);
  unboxed.send(8, seen[0] ?? '');
  await world.run({ forMs: 10 });
  expect(bytesOf(one)).toEqual([2, 3, 5]);
  one.send(9, seen[2] ?? '');
  unboxed.send(10, seen[0] ?? '');
  await world.run({ forMs: 10 });
  expect(bytesOf(one)).toEqual([2, 3, 5, 10]);
});
