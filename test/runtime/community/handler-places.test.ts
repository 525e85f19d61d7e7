import { expect, test } from 'vitest';
import { printAddress } from '../../../runtime/address/text.ts';
import { HandlerPlaces } from '../../../runtime/community/handler-places.ts';
import { HANDLERS_RUNNING_MAX, STRANGERS_HANDLERS_MAX } from '../../../runtime/community/limits.ts';
import { at } from './bench.ts';

/** Places, where `proved` are the addresses that answered us. */
function createPlaces(...proved: readonly string[]) {
  const known = new Set(proved);
  const places = new HandlerPlaces((address) => known.has(printAddress(address)));
  const leavers: (() => void)[] = [];
  /** Takes as many of `count` places as it gets. */
  const crowd = (from: string, count = 1): number => {
    let taken = 0;
    for (let tries = 0; tries < count; tries++) {
      if (!places.hasRoom(at(from))) continue;
      leavers.push(places.take(at(from)));
      taken += 1;
    }
    return taken;
  };
  return { crowd, leave: () => leavers.splice(0).forEach((leave) => leave()) };
}

const TOO_MANY = 10 * HANDLERS_RUNNING_MAX;

test('one network gets a fifth of what there is for it, and what ends makes room again', () => {
  const { crowd, leave } = createPlaces('2.2.2.2:2');
  expect(crowd('2.2.2.2:2', TOO_MANY)).toBe(HANDLERS_RUNNING_MAX / 5);
  expect(crowd('2.2.2.2:2')).toBe(0);
  leave();
  expect(crowd('66.6.6.6:6', TOO_MANY)).toBe(STRANGERS_HANDLERS_MAX / 5);
  expect(crowd('66.6.6.7:7', TOO_MANY)).toBe(0);
  leave();
  expect(crowd('66.6.6.6:6', TOO_MANY)).toBe(STRANGERS_HANDLERS_MAX / 5);
});

test('who answered us has room, whatever number of networks is forged', () => {
  const { crowd } = createPlaces('2.2.2.2:2', '3.3.3.3:3');
  let taken = 0;
  for (let count = 0; count < 10 * STRANGERS_HANDLERS_MAX; count++) {
    taken += crowd(`66.${count >> 8}.${count & 255}.1:1`);
  }
  expect(taken).toBe(STRANGERS_HANDLERS_MAX);
  expect(crowd('4.4.4.4:4')).toBe(0);
  // Somebody forges this peer's address too: that is the peer's bad luck, and nobody else's.
  expect(crowd('2.2.2.2:2', TOO_MANY)).toBe(STRANGERS_HANDLERS_MAX / 5);
  expect(crowd('3.3.3.3:3', 50)).toBe(50);
});

test('a stranger has room beside a greedy network, and peers beside fifteen greedy ones', () => {
  const greedy = Array.from({ length: 15 }, (_, index) => `66.6.${index}.6:6`);
  const { crowd } = createPlaces(...greedy, '2.2.2.2:2');
  expect(crowd('99.9.9.9:9', TOO_MANY)).toBe(STRANGERS_HANDLERS_MAX / 5);
  expect(crowd('4.4.4.4:4', 50)).toBe(50);
  for (const host of greedy) expect(crowd(host, TOO_MANY)).toBeGreaterThan(0);
  expect(crowd('2.2.2.2:2')).toBe(1);
});

test('machines of one local network are not one', () => {
  const { crowd } = createPlaces();
  for (const network of ['192.168.0', '127.0.0']) {
    const taken = [1, 2, 3].map((host) => crowd(`${network}.${host}:1`, 50));
    expect(taken).toEqual([50, 50, 50]);
  }
});
