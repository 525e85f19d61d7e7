/** Who gets how much of the core, whatever others do. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAddress } from '../../../runtime/address/text.ts';
import { PACED_SOURCES_MAX, SETTLED_MS_MAX, VERIFY_PACES } from '../../../runtime/budget/limits.ts';
import { VerifyBudget } from '../../../runtime/budget/verify-budget.ts';
import { verifyCostMs } from '../../../runtime/budget/verify-cost.ts';
import type { Curve } from '../../../runtime/crypto/keys.ts';

const ED25519_MS = verifyCostMs('curve25519', 'node');

type Sender = {
  readonly host: string;
  readonly port?: number;
  readonly curve?: Curve;
  readonly isExpected?: boolean;
  readonly session?: string;
};

/** A budget on a clock that the test moves. */
function createBudget() {
  let nowMs = 0;
  const budget = new VerifyBudget({
    clock: { now: () => nowMs },
    provider: 'node',
    paces: VERIFY_PACES,
  });
  const admit = (sender: Sender): boolean => {
    const { host, port = 1_000, curve = 'curve25519', isExpected = false, session } = sender;
    return budget.admit({
      from: createAddress(host, port),
      curve,
      isExpected,
      session: () => session,
    });
  };
  return {
    budget,
    admit,
    pass: (ms: number): void => void (nowMs += ms),
    /**
     * Lets all of them send evenly for so long, each so many a second; gives what each was
     * admitted, in milliseconds of checking a second.
     */
    run(seconds: number, senders: readonly { sender: (at: number) => Sender; pps: number }[]) {
      const admitted = senders.map(() => 0);
      const due = senders.map(({ pps }) => 1_000 / pps);
      const endMs = nowMs + seconds * 1_000;
      const next = senders.map((_, index) => nowMs + (due[index] ?? 0) * 0.5);
      for (let count = 0; ; count++) {
        const index = next.indexOf(Math.min(...next));
        const at = next[index] ?? 0;
        if (at >= endMs) break;
        nowMs = at;
        next[index] = at + (due[index] ?? 0);
        const sender = senders[index]?.sender(count);
        if (sender !== undefined && admit(sender)) {
          admitted[index] =
            (admitted[index] ?? 0) + verifyCostMs(sender.curve ?? 'curve25519', 'node');
        }
      }
      nowMs = endMs;
      return admitted.map((ms) => ms / seconds);
    },
  };
}

/** Another address for each number, each in a /24 of its own. */
const anywhere = (at: number): string =>
  `${20 + ((at >> 16) % 100)}.${(at >> 8) & 255}.${at & 255}.1`;

test('a flood of strangers takes its share of the core and no more', () => {
  const { run } = createBudget();
  const [flood = 0] = run(10, [{ sender: (at) => ({ host: anywhere(at) }), pps: 8_000 }]);
  const { share, burstMs } = VERIFY_PACES.strangers;
  expect(flood).toBeGreaterThan(share * 990);
  expect(flood).toBeLessThan(share * 1_000 + burstMs / 10 + 1);
});

test('sessions and answers lose nothing to a flood of strangers, whatever it claims to be', () => {
  const { run } = createBudget();
  // The flood comes from the session's very address, and from that of the answer, too.
  const [session = 0, answer = 0] = run(10, [
    { sender: () => ({ host: '9.9.9.9', session: 'a peer' }), pps: 500 },
    { sender: () => ({ host: '8.8.8.8', isExpected: true }), pps: 50 },
    { sender: () => ({ host: '9.9.9.9' }), pps: 4_000 },
    { sender: () => ({ host: '8.8.8.8' }), pps: 4_000 },
    { sender: (at) => ({ host: anywhere(at) }), pps: 8_000 },
  ]);
  expect(session).toBeCloseTo(500 * ED25519_MS, 5);
  expect(answer).toBeCloseTo(50 * ED25519_MS, 5);
});

/** Those who want no more than is usual. */
const MODEST = [
  { sender: () => ({ host: '7.7.7.7', session: 'a peer' }), pps: 300 },
  { sender: () => ({ host: '8.8.8.8', isExpected: true }), pps: 50 },
  { sender: (at: number) => ({ host: anywhere(at) }), pps: 30 },
] as const;

test.each([1, 3, 4, 30])(
  'whoever forges the addresses and keys of %i sessions takes nothing from others',
  (count) => {
    const { run } = createBudget();
    const forge = (at: number) => ({ host: '9.9.9.9', session: `forged ${at % count}` });
    const [forged = 0, ...modest] = run(10, [{ sender: forge, pps: 8_000 }, ...MODEST]);
    for (const [at, { pps }] of MODEST.entries()) {
      expect(modest[at]).toBeCloseTo(pps * ED25519_MS, 5);
    }
    // All that nobody else wants: while there is room, nobody is held to a pace of its own.
    const all = modest.reduce((sum, ms) => sum + ms, forged);
    expect(all).toBeGreaterThan(950 * VERIFY_PACES.total.share);
    expect(all).toBeLessThan(1_000 * VERIFY_PACES.total.share + 41);
  },
);

test('a host that we asked, answering from all its ports, takes nothing from others', () => {
  const { run } = createBudget();
  const flood = (at: number) => ({ host: '9.9.9.9', port: 1 + (at % 60_000), isExpected: true });
  const [, ...modest] = run(10, [{ sender: flood, pps: 8_000 }, ...MODEST]);
  for (const [at, { pps }] of MODEST.entries()) {
    expect(modest[at]).toBeCloseTo(pps * ED25519_MS, 5);
  }
});

test.each([
  { forged: 1, sessionPps: 500 },
  { forged: 8, sessionPps: 500 },
  { forged: 40, sessionPps: 55 },
])(
  '$forged forged sessions crowd another, of $sessionPps packets a second, for a moment only, and so do hosts that we asked',
  ({ forged, sessionPps }) => {
    const strangers = { sender: (at: number) => ({ host: anywhere(at) }), pps: 4_000 };
    const sessions = (at: number) => ({ host: '9.9.9.9', session: `forged ${at % forged}` });
    const answers = (at: number) => ({ host: `9.9.${at % forged}.9`, isExpected: true });
    for (const sender of [sessions, answers]) {
      const { run } = createBudget();
      const [, , session = 0, answer = 0] = run(10, [
        strangers,
        { sender, pps: 4_000 },
        { ...MODEST[0], pps: sessionPps },
        MODEST[1],
      ]);
      expect(session).toBeGreaterThan(0.95 * sessionPps * ED25519_MS);
      // Of answers there are a third as many, so that half as many hosts are enough to crowd them.
      if (forged <= 30) expect(answer).toBeGreaterThan(0.95 * 50 * ED25519_MS);
    }
  },
);

test.each([100, 200])(
  '%i forged sessions, or asked hosts, crowd nobody who is modest',
  (forged) => {
    const sessions = (at: number) => ({ host: '9.9.9.9', session: `forged ${at % forged}` });
    const answers = (at: number) => ({
      host: `${30 + ((at % forged) >> 8)}.${(at % forged) & 255}.9.9`,
      isExpected: true,
    });
    const session = { sender: () => ({ host: '7.7.7.7', session: 'a peer' }), pps: 5 };
    const answer = { sender: () => ({ host: '8.8.8.8', isExpected: true }), pps: 5 };
    for (const sender of [sessions, answers]) {
      const { run } = createBudget();
      const senders = [{ sender, pps: 10_000 }, session, answer];
      // Each of them begins with what one may have at once, which crowds for a moment.
      run(10, senders);
      const [, ofSession = 0, ofAnswer = 0] = run(20, senders);
      expect(ofSession).toBeGreaterThan(0.95 * 5 * ED25519_MS);
      expect(ofAnswer).toBeGreaterThan(0.95 * 5 * ED25519_MS);
    }
  },
);

test('however many hosts we asked and are forged, sessions lose nothing', () => {
  const { run } = createBudget();
  const flood = (at: number) => ({ host: `9.9.${at % 250}.9`, isExpected: true });
  const [, session = 0] = run(10, [{ sender: flood, pps: 8_000 }, ...MODEST]);
  expect(session).toBeCloseTo(300 * ED25519_MS, 5);
});

test('one liar, or one network of liars, leaves room for newcomers', () => {
  const { run } = createBudget();
  const [oneHost = 0, oneNet = 0, newcomers = 0] = run(10, [
    { sender: () => ({ host: '66.6.6.6' }), pps: 4_000 },
    { sender: (at) => ({ host: `77.7.7.${at & 255}` }), pps: 4_000 },
    { sender: (at) => ({ host: anywhere(at) }), pps: 100 },
  ]);
  expect(newcomers).toBeCloseTo(100 * ED25519_MS, 5);
  expect(oneHost + oneNet).toBeLessThan(1_000 * VERIFY_PACES.strangers.share + 20);
});

test('an address in IPv6 is its /64', () => {
  const { run } = createBudget();
  const [liar = 0, newcomers = 0] = run(10, [
    { sender: (at) => ({ host: `2001:db8::${(at & 0xffff).toString(16)}` }), pps: 4_000 },
    { sender: (at) => ({ host: `2001:db8:${(at & 0xffff).toString(16)}::1` }), pps: 100 },
  ]);
  expect(newcomers).toBeCloseTo(100 * ED25519_MS, 5);
  expect(liar).toBeLessThan(1_000 * VERIFY_PACES.strangers.share + 20);
});

test('binary curves cost what they cost, and have a small pace of their own', () => {
  const { run } = createBudget();
  const [high = 0, newcomers = 0] = run(10, [
    { sender: (at) => ({ host: anywhere(at), curve: 'sect571r1' }), pps: 1_000 },
    { sender: (at) => ({ host: anywhere(at + 999) }), pps: 100 },
  ]);
  expect(high).toBeLessThan(1_000 * VERIFY_PACES.binaryCurves.share + 3);
  expect(newcomers).toBeCloseTo(100 * ED25519_MS, 5);
});

test('one sender of dear keys leaves room for another, in bursts that nobody notices', () => {
  const { admit, pass } = createBudget();
  const high = { host: '66.6.6.6', curve: 'sect571r1' } as const;
  const results = Array.from({ length: 100 }, () => admit(high));
  expect(results.filter(Boolean).length).toBe(3);
  pass(200);
  let others = 0;
  for (let second = 0; second < 20; second++) {
    for (let count = 0; count < 50; count++) admit(high);
    others += admit({ host: `5.5.${second}.5`, curve: 'sect409k1' }) ? 1 : 0;
    pass(1_000);
  }
  expect(others).toBe(20);
});

test('nobody is remembered while there is room, and all are forgotten when there is again', () => {
  const { admit, budget, pass, run } = createBudget();
  run(1, [{ sender: (at) => ({ host: anywhere(at) }), pps: 500 }]);
  expect(budget.size).toBe(0);
  run(1, [{ sender: (at) => ({ host: anywhere(at) }), pps: 8_000 }]);
  expect(budget.size).toBeGreaterThan(0);
  pass(2_000);
  expect(admit({ host: '1.2.3.4' })).toBe(true);
  expect(budget.size).toBe(0);
});

test('a sender without room has some again within a second', () => {
  const { admit, pass } = createBudget();
  while (admit({ host: '66.6.6.6' }));
  expect(admit({ host: '66.6.6.6' })).toBe(false);
  pass(1_000);
  expect(admit({ host: '66.6.6.6' })).toBe(true);
});

test('PACED_SOURCES_MAX: ten times as many senders are not remembered', () => {
  const { admit, budget, pass } = createBudget();
  for (let at = 0; at < PACED_SOURCES_MAX * 10; at++) {
    // So slowly that each is admitted, and so fast that the pressure stays.
    while (!admit({ host: anywhere(at) })) pass(0.4);
  }
  expect(budget.size).toBeGreaterThan(PACED_SOURCES_MAX);
  expect(budget.size).toBeLessThanOrEqual(2 * PACED_SOURCES_MAX);
});

test('what a message took beyond its signature is charged to its sender, up to what can be its fault', () => {
  const { admit, budget, pass } = createBudget();
  /** How many of them are handled in ten seconds, each taking so long. */
  const handled = (eachMs: number): number => {
    let count = 0;
    for (let passedMs = 0; passedMs < 10_000;) {
      const isAdmitted = admit({ host: anywhere(count) });
      if (isAdmitted) {
        pass(eachMs);
        budget.settle();
        count += 1;
      } else pass(1);
      passedMs += isAdmitted ? eachMs : 1;
    }
    pass(10_000);
    return count;
  };
  const { share, burstMs } = VERIFY_PACES.strangers;
  for (const eachMs of [0.5, 1, 5]) {
    expect(handled(eachMs) * eachMs).toBeGreaterThan(9_500 * share);
    expect(handled(eachMs) * eachMs).toBeLessThan(10_000 * share + burstMs + 50);
  }
  // One that took ten times as much as is charged keeps nobody out for longer.
  expect(admit({ host: '1.2.3.4' })).toBe(true);
  pass(SETTLED_MS_MAX * 10);
  budget.settle();
  expect(admit({ host: '1.2.3.4' })).toBe(true);
  // A machine that slept.
  expect(admit({ host: '1.2.3.4' })).toBe(true);
  pass(3_600_000);
  budget.settle();
  for (let count = 0; count < 100; count++) expect(admit({ host: '1.2.3.4' })).toBe(true);
});

test('all together never get more than the total', () => {
  const sender = fc.record({
    host: fc.integer({ min: 0, max: 50 }).map(anywhere),
    curve: fc.constantFrom<Curve>('curve25519', 'sect163k1', 'sect409k1', 'sect571k1'),
    isExpected: fc.boolean(),
    session: fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined }),
    waitMs: fc.integer({ min: 0, max: 3 }),
  });
  fc.assert(
    fc.property(fc.array(sender, { minLength: 500, maxLength: 2_000 }), (senders) => {
      const { admit, pass } = createBudget();
      let admittedMs = 0;
      let passedMs = 0;
      for (const { waitMs, ...one } of senders) {
        pass(waitMs);
        passedMs += waitMs;
        if (admit(one as Sender)) admittedMs += verifyCostMs(one.curve, 'node');
        const { share, burstMs } = VERIFY_PACES.total;
        expect(admittedMs).toBeLessThanOrEqual(share * passedMs + burstMs + 1e-6);
      }
    }),
    { numRuns: 30 },
  );
});
