import { open, readFile, rename, unlink } from 'node:fs/promises';
import { fail, ok, type Result } from '../base/result.ts';
import { type Storage, type StorageError, tooLarge } from './storage.ts';

/** Files of this machine. */
export function createNodeStorage(): Storage {
  return { read, createPrivate, replace };
}

async function read(path: string, bytesMax?: number): Promise<Result<Uint8Array, StorageError>> {
  try {
    if (bytesMax === undefined) return ok(Uint8Array.from(await readFile(path)));
    // A file may be a device without an end: not its size is asked, but that many bytes.
    const bytes = await readAtMost(path, bytesMax + 1);
    return bytes.length > bytesMax ? fail(tooLarge(path, bytesMax)) : ok(bytes);
  } catch (error) {
    return fail(storageError(`cannot read "${path}"`, error));
  }
}

async function readAtMost(path: string, bytesMax: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(bytesMax);
  const file = await open(path, 'r');
  try {
    let length = 0;
    for (;;) {
      const { bytesRead } = await file.read(bytes, length, bytesMax - length);
      length += bytesRead;
      if (bytesRead === 0 || length === bytesMax) return bytes.slice(0, length);
    }
  } finally {
    await file.close();
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

async function replace(path: string, bytes: Uint8Array): Promise<Result<undefined, StorageError>> {
  const beside = `${path}.new`;
  // What a program that was killed meanwhile left.
  await unlink(beside).catch(() => undefined);
  const created = await createPrivate(beside, bytes);
  if (!created.ok) return created;
  try {
    await rename(beside, path);
    return ok(undefined);
  } catch (error) {
    await unlink(beside).catch(() => undefined);
    return fail(storageError(`cannot replace "${path}"`, error));
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
