import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ContactRecord } from '../../../runtime/network/contact.ts';
import { SilenceOrder } from '../../../runtime/network/silence-order.ts';
import { address, peer } from './fixtures.ts';

function contact(name: number): ContactRecord {
  return {
    peer: peer(name),
    lastHeard: name,
    services: [],
    addresses: [address(name)],
    isConfirmed: false,
    isNewStyle: false,
    before: undefined,
    after: undefined,
  };
}

function namesIn(order: SilenceOrder): readonly number[] {
  const names: number[] = [];
  for (let at = order.first; at !== undefined; at = at.after) names.push(at.lastHeard);
  return names;
}

test('an order is that of a list where each that is heard goes to the end', () => {
  const contacts = Array.from({ length: 10 }, (_, name) => contact(name));
  const steps = fc.array(fc.record({ heard: fc.constantFrom(...contacts), stays: fc.boolean() }));
  fc.assert(
    fc.property(steps, (given) => {
      const order = new SilenceOrder();
      let model: readonly number[] = [];
      for (const { heard, stays } of given) {
        const name = heard.lastHeard;
        if (model.includes(name)) order.remove(heard);
        if (stays) order.add(heard);
        model = [...model.filter((other) => other !== name), ...(stays ? [name] : [])];
        expect(namesIn(order)).toEqual(model);
      }
      for (const name of model)
        contacts.filter((one) => one.lastHeard === name).forEach((one) => order.remove(one));
      expect(order.first).toBeUndefined();
    }),
  );
});
