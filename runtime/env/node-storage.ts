import { open, readFile, unlink } from 'node:fs/promises';
import { fail, ok, type Result } from '../base/result.ts';
import type { Storage, StorageError } from './storage.ts';

/** Files of this machine. */
export function createNodeStorage(): Storage {
  return { read, createPrivate };
}

async function read(path: string): Promise<Result<Uint8Array, StorageError>> {
  try {
    return ok(Uint8Array.from(await readFile(path)));
  } catch (error) {
    return fail(storageError(`cannot read "${path}"`, error));
  }
}

async function createPrivate(
  path: string,
  bytes: Uint8Array,
): Promise<Result<undefined, StorageError>> {
  let isCreated = false;
  try {
    const file = await open(path, 'wx', 0o600);
    isCreated = true;
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    return ok(undefined);
  } catch (error) {
    // Half a key file would be worse than none: it is in the way of the next attempt.
    if (isCreated) await unlink(path).catch(() => undefined);
    return fail(storageError(`cannot create "${path}"`, error));
  }
}

const CODES: { readonly [systemCode: string]: StorageError } = {
  ENOENT: { code: 'missing', message: 'there is no such file or folder' },
  ENOTDIR: { code: 'missing', message: 'a part of its path is no folder' },
  EEXIST: { code: 'exists', message: 'there is a file already' },
  EACCES: { code: 'denied', message: 'permission denied' },
  EPERM: { code: 'denied', message: 'permission denied' },
  EROFS: { code: 'denied', message: 'the file system is read-only' },
  EISDIR: { code: 'failed', message: 'it is a folder' },
  ENOSPC: { code: 'failed', message: 'the disk is full' },
};

function storageError(action: string, error: unknown): StorageError {
  const systemCode = error instanceof Error && 'code' in error ? String(error.code) : '';
  const known = CODES[systemCode];
  const message = error instanceof Error ? error.message : String(error);
  return { code: known?.code ?? 'failed', message: `${action}: ${known?.message ?? message}` };
}
