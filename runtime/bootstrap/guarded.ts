import type { Bootstrapper } from './bootstrapper.ts';

/**
 * The same bootstrapper, which never throws: what it threw goes to `onError`, and it then knew
 * nothing. The overlay's other ones are asked all the same.
 */
export function guarded(one: Bootstrapper, onError: (error: unknown) => void): Bootstrapper {
  const attempt = <T>(ask: () => readonly T[]): readonly T[] => {
    try {
      return ask();
    } catch (error) {
      onError(error);
      return [];
    }
  };
  return {
    addresses: () => attempt(() => one.addresses()),
    get hosts() {
      return attempt(() => one.hosts);
    },
    get trackers() {
      return attempt(() => one.trackers);
    },
  };
}
