import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LogFields } from '../../../runtime/env/log.ts';
import { printLogEntry } from '../../../runtime/env/log-text.ts';
import { createNodeLog } from '../../../runtime/env/node-log.ts';

function print(fields: LogFields): string {
  const entry = { wallTime: Date.UTC(2026, 0, 31, 12), level: 'INFO', text: 'peer added' } as const;
  return printLogEntry({ ...entry, fields });
}

test('an entry is one line of time, level, text and fields', () => {
  expect(print({ address: '[::1]:8090', peers: 3, isNew: true, none: undefined })).toBe(
    '2026-01-31T12:00:00.000Z INFO peer added address=[::1]:8090 peers=3 isNew=true',
  );
});

test('values that could be taken for something else are quoted', () => {
  expect(print({ name: 'a b', empty: '', sign: 'x=y', quote: 'say "hi"' })).toContain(
    String.raw`name="a b" empty="" sign="x=y" quote="say \"hi\""`,
  );
  expect(print({ name: 'Zoë 漢字 ✓' })).toContain('name="Zoë 漢字 ✓"');
});

test('no value forges a line, steers a terminal or turns text around', () => {
  const hostile = '\r\n2026 ERROR forged\x1b[31m\u009b0m\u2028\u202e\u200b\u0000\ud800';
  const line = print({ text: hostile });
  expect(line).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
  expect(line).toContain(String.raw`text="\r\n2026 ERROR forged\u001b[31m\u009b0m\u2028\u202e`);
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (value, name) => {
      expect(print({ [name]: value })).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
    }),
  );
});

test('a peer may choose what is logged, not how much', () => {
  expect(print({ text: 'x'.repeat(100_000) }).length).toBeLessThan(400);
});

test('entries below the level are neither written nor on', () => {
  const lines: string[] = [];
  const log = createNodeLog({ logLevel: 'WARNING', write: (line) => lines.push(line) });
  for (const level of ['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL'] as const) {
    log.write(level, 'text');
    expect(log.isOn(level)).toBe(lines.some((line) => line.includes(level)));
  }
  expect(lines.map((line) => line.replace(/^\S+ /, ''))).toEqual([
    'WARNING text\n',
    'ERROR text\n',
    'CRITICAL text\n',
  ]);
  expect(createNodeLog().isOn('INFO')).toBe(true);
  expect(createNodeLog().isOn('DEBUG')).toBe(false);
});
