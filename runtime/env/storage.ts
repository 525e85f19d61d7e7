import type { Result } from '../base/result.ts';

/** A file could not be read or written; `message` says which and why. */
export type StorageError = {
  readonly code: 'missing' | 'exists' | 'denied' | 'too-large' | 'failed';
  readonly message: string;
};

/** Small files: keys, snapshots. Paths are those of the host. */
export type Storage = {
  /** All of the file; `too-large`, without reading on, when it has more than `bytesMax` bytes. */
  read(path: string, bytesMax?: number): Promise<Result<Uint8Array, StorageError>>;
  /** Creates the file with mode 0600, whole or not at all; `exists` when there is one already. */
  createPrivate(path: string, bytes: Uint8Array): Promise<Result<undefined, StorageError>>;
  /** As `createPrivate`, in the place of the file that may be there: it is the old one or the new. */
  replace(path: string, bytes: Uint8Array): Promise<Result<undefined, StorageError>>;
};

export function tooLarge(path: string, bytesMax: number): StorageError {
  const message = `cannot read "${path}": it has more than ${bytesMax} bytes`;
  return { code: 'too-large', message };
}
