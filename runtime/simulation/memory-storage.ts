import { fail, ok } from '../base/result.ts';
import type { Storage } from '../env/storage.ts';

/**
 * The files of one simulated host; gone with the world. Grows by what the program on that host
 * writes only.
 */
export function createMemoryStorage(): Storage {
  const files = new Map<string, Uint8Array>();
  return {
    async read(path) {
      const bytes = files.get(path);
      if (bytes !== undefined) return ok(bytes.slice());
      const message = `cannot read "${path}": there is no such file or folder`;
      return fail({ code: 'missing', message });
    },
    async createPrivate(path, bytes) {
      if (files.has(path)) {
        return fail({
          code: 'exists',
          message: `cannot create "${path}": there is a file already`,
        });
      }
      files.set(path, bytes.slice());
      return ok(undefined);
    },
  };
}
