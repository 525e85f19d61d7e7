import type { Bootstrapper } from './bootstrapper.ts';

/**
 * The same bootstrapper, which never throws: what it threw goes to `onError`, and it then knew
 * nothing. The overlay's other ones are asked all the same.
 */
export function guarded(one: Bootstrapper, onError: (error: unknown) => void): Bootstrapper {
  return {
    ...one,
    addresses() {
      try {
        return one.addresses();
      } catch (error) {
        onError(error);
        return [];
      }
    },
  };
}
