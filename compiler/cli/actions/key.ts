import { writeFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { EXIT_CODE, type ExitCode } from '../exit-code.ts';
import { KEY_LEVELS } from '../key-levels.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

/** What `ipv8c key new` was asked for. */
export type KeyCommand = { readonly file: string; readonly level: string };

/**
 * `ipv8c key new`: makes a private key, writes it for its owner's eyes only, and prints the public
 * half. A file that
 * exists is never overwritten.
 */
export async function keyNew(command: KeyCommand, terminal: Terminal): Promise<ExitCode> {
  const level = KEY_LEVELS.find((one) => one === command.level);
  if (level === undefined) throw new UsageError(`"${command.level}" is not a key level`);
  // Loaded here, because no other command needs cryptography.
  const { createCrypto, createPeer, printMid, toBase64 } =
    await import('../../../runtime/index.ts');
  const crypto = await createCrypto();
  const key = crypto.generateKey(level);
  if (!key.ok) {
    terminal.err(`error: no ${level} key can be made here: ${key.error.message}\n`);
    return EXIT_CODE.failed;
  }
  const file = resolve(terminal.cwd, command.file);
  await writeNew(file, key.value.secret);
  const publicKey = toBase64(key.value.publicKey.bytes);
  terminal.out(
    `written ${relative(terminal.cwd, file)}\n` +
      `mid         ${printMid(createPeer(key.value.publicKey).mid)}\n` +
      `public key  ${publicKey}\n` +
      `in a schema master("${publicKey}")\n`,
  );
  return EXIT_CODE.fine;
}

async function writeNew(file: string, secret: Uint8Array): Promise<void> {
  try {
    await writeFile(file, secret, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
      throw new UsageError(`${file} exists; a key is never overwritten`);
    }
    throw error;
  }
}
