import type { Result } from '../base/result.ts';

/** A file could not be read or written; `message` says which and why. */
export type StorageError = {
  readonly code: 'missing' | 'exists' | 'denied' | 'failed';
  readonly message: string;
};

/** Small files: keys, snapshots. Paths are those of the host. */
export type Storage = {
  read(path: string): Promise<Result<Uint8Array, StorageError>>;
  /** Creates the file with mode 0600, whole or not at all; `exists` when there is one already. */
  createPrivate(path: string, bytes: Uint8Array): Promise<Result<undefined, StorageError>>;
};
