/**
 * `npm run vectors [-- DIR]`: checks a folder of vector files, `test/vectors` unless another is named. A line per
 * file, every failure, the reasons for what is skipped, and at the end `N passed, N failed, N skipped`.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createCrypto } from '../../runtime/crypto/create-crypto.ts';
import { checkText } from './check-file.ts';

const FAILURES_SHOWN_MAX = 20;

const folder = process.argv[2] ?? new URL('../vectors', import.meta.url).pathname;
const crypto = await createCrypto();
const total = { passed: 0, failed: 0, skipped: 0 };

for (const name of [
  'keys.json',
  'formats.json',
  'packets.json',
  'payloads.json',
  'crypto.json',
  'identity.json',
]) {
  const text = await readFile(join(folder, name), 'utf8').catch(() => undefined);
  if (text === undefined) {
    console.log(`${name}: not in ${folder}`);
    continue;
  }
  const results = checkText(name, text, crypto);
  const count = { passed: 0, failed: 0, skipped: 0 };
  for (const { status } of results) count[status] += 1;
  console.log(`${name}: ${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);

  for (const { id, detail } of results
    .filter(({ status }) => status === 'failed')
    .slice(0, FAILURES_SHOWN_MAX)) {
    console.log(`  failed ${id}: ${detail}`);
  }
  const notes = new Map<string, number>();
  for (const { status, detail, difference } of results) {
    if (status === 'skipped')
      notes.set(`skipped: ${detail}`, (notes.get(`skipped: ${detail}`) ?? 0) + 1);
    if (difference !== undefined)
      notes.set(`differs: ${difference}`, (notes.get(`differs: ${difference}`) ?? 0) + 1);
  }
  for (const [note, times] of [...notes].sort()) console.log(`  ${times} × ${note}`);
  for (const status of ['passed', 'failed', 'skipped'] as const) total[status] += count[status];
}

console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
if (total.failed > 0 || total.passed === 0) process.exitCode = 1;
