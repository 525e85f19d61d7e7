import { expect, test } from 'vitest';
import { createAddress } from '../../../runtime/address/text.ts';
import type { Bootstrapper } from '../../../runtime/bootstrap/bootstrapper.ts';
import { guarded } from '../../../runtime/bootstrap/guarded.ts';

test('a bootstrapper that throws knows nothing, until it knows something', () => {
  const errors: unknown[] = [];
  const host = createAddress('10.0.0.1', 1);
  let isBroken = true;
  const broken: Bootstrapper = {
    addresses() {
      if (isBroken) throw new Error('no list');
      return [host];
    },
    hosts: [host],
    trackers: [],
  };
  const one = guarded(broken, (error) => void errors.push(error));
  expect(one.addresses()).toEqual([]);
  expect(errors.map(String)).toEqual(['Error: no list']);
  isBroken = false;
  expect(one.addresses()).toEqual([host]);
  expect(one.hosts).toEqual([host]);
});
