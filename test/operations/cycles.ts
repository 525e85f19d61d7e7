/**
 * Starts and stops nodes again and again, each with something under way when it stops, and tells what is left of them:
 * `npm run cycles -- --cycles 1000`. Ends with 1 when anything is.
 */
import { parseArgs } from 'node:util';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { requestTemperature } from '../../generated/weather.ts';
import { createAddress } from '../../runtime/address/text.ts';
import { forever } from '../fixtures/jobs/jobs.ts';
import { createLoopbackNode, namesAsked, overlayOf } from './loopback.ts';

/**
 * What the heap may grow by in all the cycles. V8 itself keeps something of code that runs often: that grows for a few
 * hundred cycles, which are run before, and then no more. A node that was kept would be some 100 KB in every cycle.
 */
const GROWTH_BYTES_MAX = 1024 * 1024;

const { values } = parseArgs({
  options: {
    cycles: { type: 'string', default: '1000' },
    warmup: { type: 'string', default: '1000' },
  },
});

/** Every how many cycles a thread runs on, and a task hears of its end but does not end. */
const THREAD_EVERY = 20;
const STUCK_EVERY = 200;

async function cycle(at: number): Promise<void> {
  const node = createLoopbackNode([['127.0.0.1', 9]], [['somewhere.example', 8090]]);
  const starting = node.start();
  // Every tenth is stopped in the middle of its start.
  if (at % 10 === 9) {
    await node.stop();
    await starting.catch(() => undefined);
    return;
  }
  await starting;
  // The first step, which begins to look the name up.
  await sleep(5);
  const overlay = overlayOf(node, 'First');
  // Nobody is there who would answer.
  const asking = requestTemperature(overlay, createAddress('127.0.0.1', 9), { place: '' });
  overlay.tasks.repeat('interval', { intervalMs: 1 }, () => {});
  overlay.tasks.after('much later', 3_600_000, () => {});
  const isThreadOn = at % THREAD_EVERY === 0;
  const working = isThreadOn ? overlay.tasks.work('job', forever, undefined) : undefined;
  if (at % STUCK_EVERY === 0) overlay.tasks.run('stuck', () => new Promise<void>(() => {}));
  await node.stop();
  await node.stop();
  const answer = await asking;
  if (answer.ok || answer.error.code !== 'closed') throw new Error('a request is left');
  const result = await working;
  if (result?.ok === true) throw new Error('a job that never ends has ended');
}

/** Bytes on the heap that something holds, and what keeps the process alive. */
async function measure(): Promise<{ heapBytes: number; resources: string[] }> {
  // What was closed is taken away in the event loop's next turns.
  for (let turn = 0; turn < 3; turn++) await setImmediate();
  for (let times = 0; times < 3; times++) gc?.();
  const resources = process.getActiveResourcesInfo().toSorted();
  return { heapBytes: process.memoryUsage().heapUsed, resources };
}

if (gc === undefined) throw new Error('run me with --expose-gc');
const { resources: resourcesBefore } = await measure();
for (let at = 0; at < Number(values.warmup); at++) await cycle(at);
const before = await measure();
const startedAt = performance.now();
for (let at = 0; at < Number(values.cycles); at++) await cycle(at);
const cycleMs = (performance.now() - startedAt) / Number(values.cycles);
const after = await measure();
const growthBytes = after.heapBytes - before.heapBytes;
const isClean =
  growthBytes <= GROWTH_BYTES_MAX && String(after.resources) === String(resourcesBefore);
const report = {
  cycles: Number(values.cycles),
  growthBytes,
  cycleMs: Math.round(cycleMs * 10) / 10,
  namesAsked: namesAsked(),
  resourcesBefore,
  resourcesAfter: after.resources,
};
console.log(JSON.stringify(report));
process.exitCode = isClean ? 0 : 1;
