import { fail, ok } from '../base/result.ts';
import { type Storage, type StorageError, tooLarge } from '../env/storage.ts';
import type { Life } from './host.ts';

/** What is on the disk of a simulated host: bytes by path. */
export type Files = Map<string, Uint8Array>;

/**
 * The files of one simulated host, as a program sees them until it crashes; gone with the world.
 * Grows by what the programs on that host write only.
 */
export function createMemoryStorage(files: Files, life: Life): Storage {
  return {
    async read(path, bytesMax = Infinity) {
      if (life.isOver) return fail(crashed(`read "${path}"`));
      const bytes = files.get(path);
      if (bytes !== undefined && bytes.length > bytesMax) return fail(tooLarge(path, bytesMax));
      if (bytes !== undefined) return ok(bytes.slice());
      const message = `cannot read "${path}": there is no such file or folder`;
      return fail({ code: 'missing', message });
    },
    async createPrivate(path, bytes) {
      if (life.isOver) return fail(crashed(`create "${path}"`));
      if (files.has(path)) {
        return fail({
          code: 'exists',
          message: `cannot create "${path}": there is a file already`,
        });
      }
      files.set(path, bytes.slice());
      return ok(undefined);
    },
    async replace(path, bytes) {
      if (life.isOver) return fail(crashed(`replace "${path}"`));
      files.set(path, bytes.slice());
      return ok(undefined);
    },
  };
}

function crashed(what: string): StorageError {
  return { code: 'failed', message: `cannot ${what}: the host crashed` };
}
