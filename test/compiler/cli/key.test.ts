import { readFileSync, statSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { createCrypto } from '../../../runtime/crypto/create-crypto.ts';
import { readKeyFile } from '../../../runtime/crypto/key-file.ts';
import { createPeer, printMid } from '../../../runtime/peer/peer.ts';
import { createWorkspace } from './workspace.ts';

function workspace() {
  const here = createWorkspace({});
  onTestFinished(() => here.remove());
  return here;
}

test.each([[[]], [['--level', 'medium']]])('key new %j writes what it prints', async (options) => {
  const here = workspace();
  const outcome = await here.run(['key', 'new', ...options, 'peer.key']);
  expect(outcome).toMatchObject({ code: 0, err: '' });
  expect(statSync(here.path('peer.key')).mode & 0o777).toBe(0o600);
  const key = readKeyFile(readFileSync(here.path('peer.key')), await createCrypto());
  if (!key.ok) throw new Error(key.error.message);
  const { publicKey } = key.value;
  const base64 = Buffer.from(publicKey.bytes).toString('base64');
  expect(outcome.out).toContain(printMid(createPeer(publicKey).mid));
  expect(outcome.out).toContain(`master("${base64}")`);
  const secret = Buffer.from(key.value.secret);
  expect(outcome.out).not.toContain(secret.toString('base64').slice(-20));
});

test('a key is never overwritten', async () => {
  const here = workspace();
  here.write('peer.key', 'precious');
  const outcome = await here.run(['key', 'new', 'peer.key']);
  expect(outcome.code).toBe(2);
  expect(outcome.err).toContain('exists; a key is never overwritten');
  expect(here.read('peer.key')).toBe('precious');
});

test('a level nobody defined is refused with those there are', async () => {
  const here = workspace();
  const outcome = await here.run(['key', 'new', '--level', 'hihg', 'peer.key']);
  expect(outcome.code).toBe(2);
  expect(outcome.err).toContain('curve25519, very-low, low, medium, high');
});
