/**
 * Runs before every test file. Sockets reach this machine only. After every test, what endpoints, overlays and nodes
 * counted must agree with what their sockets gave them.
 */
import { takeAmplifications, watchAmplification } from './amplification-ledger.ts';
import { afterAll, afterEach, expect, vi } from 'vitest';
import {
  countReceived,
  findMiscounts,
  forgetWatched,
  watchEndpoint,
  watchJoin,
  watchNode,
} from './datagram-ledger.ts';
import { stayOnLoopback } from './loopback-only.ts';

stayOnLoopback();

// The functions are the real ones, with somebody watching what they give. Both run when a test imports the module.
vi.mock(import('../runtime/endpoint/udp-endpoint.ts'), async (importOriginal) => {
  const original = await importOriginal();
  return {
    ...original,
    async openUdpEndpoint(env, options) {
      const counted = { received: 0, bytes: 0 };
      const opened = await original.openUdpEndpoint(countReceived(env, counted), options);
      if (opened.ok) watchEndpoint(opened.value, counted);
      return opened;
    },
  };
});
vi.mock(import('../runtime/community/join.ts'), async (importOriginal) => {
  const original = await importOriginal();
  return {
    ...original,
    join(parts) {
      const running = original.join(parts);
      watchJoin(parts, running);
      return running;
    },
  };
});
vi.mock(import('../runtime/node/node.ts'), async (importOriginal) => {
  const original = await importOriginal();
  return {
    ...original,
    createNode(config, options) {
      const node = original.createNode(config, options);
      watchNode(node);
      return node;
    },
  };
});
vi.mock(import('../runtime/endpoint/budgeted-endpoint.ts'), async (importOriginal) => {
  const original = await importOriginal();
  return {
    ...original,
    createBudgetedEndpoint: (endpoint, parts) =>
      original.createBudgetedEndpoint(watchAmplification(endpoint, parts), parts),
  };
});
afterEach(() => {
  expect(findMiscounts()).toEqual([]);
  expect(takeAmplifications()).toEqual([]);
});
// What a file made is the business of its tests, not of those of the next file in the same process.
afterAll(forgetWatched);
