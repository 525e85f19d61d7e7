/** Machines with several addresses, of both families. */
import { expect, test } from 'vitest';
import { createWorld, NAT, type World } from '../../../runtime/simulation/index.ts';
import { at, bytesOf, open, STEADY } from './hosts.ts';

const FOUR = '1.0.0.1';
const SIX = '2001:db8:1::1';

function dual(): World {
  const world = createWorld({ seed: 1, link: STEADY });
  world.addHost({ addresses: [FOUR, SIX] });
  return world;
}

test('a machine is the same one by each of its addresses', () => {
  const world = dual();
  expect(world.env(SIX)).toBe(world.env(FOUR));
  expect(world.env(SIX).interfaces.addresses()).toEqual([
    { kind: 'ipv4', host: FOUR },
    { kind: 'ipv6', host: SIX },
  ]);
  expect(() => world.addHost({ addresses: [SIX] })).toThrow('a second host');
  expect(() => world.addHost({ addresses: [] })).toThrow('without an address');
  expect(() => world.addHost({ addresses: ['::1'] })).toThrow('give it an IP address');
});

test('a socket of each family on one port, and each datagram by its own', async () => {
  const world = dual();
  const { datagrams } = world.env(FOUR);
  const heard: string[] = [];
  const bind = (text: string) =>
    datagrams.bind(at(text), {
      onDatagram: (bytes, from) => void heard.push(`${text} ${bytes[0]} ${from.host}`),
      onError: (error) => {
        throw error;
      },
    });
  const four = await bind('0.0.0.0:8090');
  const six = await bind('[::]:8090');
  expect([four.ok, six.ok]).toEqual([true, true]);
  expect(await bind('[::1]:8090')).toMatchObject({ error: { code: 'port-taken' } });
  const oldPeer = await open(world, '2.0.0.1:1');
  const newPeer = await open(world, '[2001:db8:2::1]:1');
  oldPeer.send(4, `${FOUR}:8090`);
  newPeer.send(6, `[${SIX}]:8090`);
  await world.run({ forMs: 20 });
  expect(heard).toEqual(['0.0.0.0:8090 4 2.0.0.1', '[::]:8090 6 2001:db8:2::1']);
  if (four.ok) four.value.send(Uint8Array.of(1), at('2.0.0.1:1'));
  if (six.ok) six.value.send(Uint8Array.of(2), at('[2001:db8:2::1]:1'));
  await world.run({ forMs: 20 });
  expect(oldPeer.received).toMatchObject([{ byte: 1, from: `${FOUR}:8090` }]);
  expect(newPeer.received).toMatchObject([{ byte: 2, from: `[${SIX}]:8090` }]);
});

test('its own other address is the machine itself, without a wire between', async () => {
  const world = dual();
  world.cut({ from: [SIX], to: [SIX] });
  const one = await open(world, `[${SIX}]:1`);
  const other = await open(world, `[${SIX}]:2`);
  one.send(7, `[${SIX}]:2`);
  await world.run({ forMs: 1 });
  expect(bytesOf(other)).toEqual([7]);
});

test('cuts and NAT boxes are about one address: the other family goes on', async () => {
  const world = dual();
  world.nat({ outside: '3.0.0.1', hosts: [FOUR], ...NAT.portRestricted });
  const peer = await open(world, '2.0.0.1:1');
  const peer6 = await open(world, '[2001:db8:2::1]:1');
  const four = await open(world, `${FOUR}:8090`);
  const six = await open(world, `[${SIX}]:8090`);
  four.send(1, '2.0.0.1:1');
  peer6.send(2, `[${SIX}]:8090`);
  await world.run({ forMs: 20 });
  expect(peer.received[0]?.from.startsWith('3.0.0.1:')).toBe(true);
  expect(bytesOf(six)).toEqual([2]);
  const mend = world.cut({ from: ['2001:db8:2::1'], to: [SIX] });
  peer6.send(3, `[${SIX}]:8090`);
  peer.send(4, peer.received[0]?.from ?? '');
  await world.run({ forMs: 20 });
  expect([bytesOf(four), bytesOf(six)]).toEqual([[4], [2]]);
  mend();
  peer6.send(5, `[${SIX}]:8090`);
  await world.run({ forMs: 20 });
  expect(bytesOf(six)).toEqual([2, 5]);
});

test('a crash takes the sockets of both families', async () => {
  const world = dual();
  const four = await open(world, `${FOUR}:8090`);
  const six = await open(world, `[${SIX}]:8090`);
  const peer = await open(world, '2.0.0.1:1');
  const peer6 = await open(world, '[2001:db8:2::1]:1');
  world.crash(SIX);
  peer.send(1, `${FOUR}:8090`);
  peer6.send(1, `[${SIX}]:8090`);
  await world.run({ forMs: 20 });
  expect([bytesOf(four), bytesOf(six)]).toEqual([[], []]);
  expect(world.counts.refuse).toBe(2);
});
