/** That the bench works and compares like with like; what it measures is for `npm run bench:codec`. */
import { expect, test } from 'vitest';
import { runCodecBench } from './bench.ts';
import { contender as handWritten } from './contenders/hand-written.ts';
import { contender as ours } from './contenders/ipv8.ts';
import { MESSAGE_NAMES, variantsOf } from './messages.ts';

test.each(MESSAGE_NAMES)('%s written by hand has the bytes of the generated one', (name) => {
  const generated = ours.codecs[name];
  const byHand = handWritten.codecs[name];
  for (const [at, variant] of variantsOf(name).entries()) {
    const bytes = generated?.encode(at) as Uint8Array;
    expect(byHand?.encode(at)).toEqual(bytes);
    expect(byHand?.plain(byHand.decode(bytes) as never)).toEqual(variant);
    // Each cut costs as much as many messages, and two values have all the lengths there are.
    const cuts = at < 2 ? bytes.length : 0;
    for (let cut = 0; cut < cuts; cut++) {
      const isRefused = isThrown(() => generated?.decode(bytes.subarray(0, cut)));
      expect(isThrown(() => byHand?.decode(bytes.subarray(0, cut)))).toBe(isRefused);
    }
  }
});

test('every figure is measured, and the report is one plain object', async () => {
  const report = await runCodecBench({
    rounds: 1,
    milliseconds: 1,
    messages: ['Clock'],
    withPeers: false,
    log: () => undefined,
  });
  expect(report.cases.map(({ name, unit }) => `${name} ${unit}`)).toEqual([
    'Clock size bytes',
    'Clock encode ns',
    'Clock encodeInto ns',
    'Clock decode ns',
    'Clock decodeOwned ns',
  ]);
  for (const { ours: figure, ratios } of report.cases) {
    expect(figure).toBeGreaterThan(0);
    expect(Object.keys(ratios)).toEqual(['hand-written']);
  }
  expect(JSON.parse(JSON.stringify(report))).toEqual(report);
});

function isThrown(call: () => unknown): boolean {
  try {
    call();
    return false;
  } catch {
    return true;
  }
}
