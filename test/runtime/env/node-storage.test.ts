import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createNodeStorage } from '../../../runtime/env/node-storage.ts';

const storage = createNodeStorage();
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ipv8-storage-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('what was created privately is read back, and only its owner may', async () => {
  const path = join(folder, 'key.pem');
  const bytes = Uint8Array.from({ length: 1_000 }, (_, at) => at);
  expect(await storage.createPrivate(path, bytes)).toEqual({ ok: true, value: undefined });
  const found = await storage.read(path);
  expect(found).toEqual({ ok: true, value: bytes });
  if (found.ok) expect(found.value.constructor).toBe(Uint8Array);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('a file that is there is never written over', async () => {
  const path = join(folder, 'key.pem');
  await writeFile(path, 'precious');
  expect(await storage.createPrivate(path, new Uint8Array(3))).toEqual({
    ok: false,
    error: { code: 'exists', message: `cannot create "${path}": there is a file already` },
  });
  expect(await storage.read(path)).toMatchObject({ value: new TextEncoder().encode('precious') });
});

test('errors name the path and the reason', async () => {
  const missing = join(folder, 'missing');
  expect(await storage.read(missing)).toEqual({
    ok: false,
    error: {
      code: 'missing',
      message: `cannot read "${missing}": there is no such file or folder`,
    },
  });
  const below = join(missing, 'key.pem');
  expect(await storage.createPrivate(below, new Uint8Array(1))).toMatchObject({
    error: {
      code: 'missing',
      message: `cannot create "${below}": there is no such file or folder`,
    },
  });
  expect(await storage.read(folder)).toMatchObject({
    error: { code: 'failed', message: `cannot read "${folder}": it is a folder` },
  });
  expect(await storage.read('\0')).toMatchObject({ ok: false, error: { code: 'failed' } });
  expect(await readdir(folder)).toEqual([]);
});

test('replaces a file, or creates it, whole and readable by nobody else', async () => {
  const path = join(folder, 'replaced');
  expect(await storage.replace(path, Uint8Array.of(1))).toEqual({ ok: true, value: undefined });
  expect(await storage.replace(path, Uint8Array.of(2, 3))).toEqual({ ok: true, value: undefined });
  expect(await storage.read(path)).toEqual({ ok: true, value: Uint8Array.of(2, 3) });
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).not.toContain('replaced.new');
});

test('does not read more than it may, of a file without an end either', async () => {
  const path = join(folder, 'five');
  await storage.replace(path, new Uint8Array(5));
  expect(await storage.read(path, 5)).toMatchObject({ ok: true });
  for (const [file, bytesMax] of [[path, 4] as const, ['/dev/zero', 1_000] as const]) {
    const read = await storage.read(file, bytesMax);
    expect(read).toMatchObject({ ok: false, error: { code: 'too-large' } });
    if (!read.ok) expect(read.error.message).toContain(`more than ${bytesMax} bytes`);
  }
});
