import type { Address } from '../address/address.ts';
import type { Bootstrapper } from './bootstrapper.ts';

/** Several bootstrappers as one. */
export function combined(all: readonly Bootstrapper[]): Bootstrapper {
  const [only] = all;
  if (only !== undefined && all.length === 1) return only;
  const hosts = joined(() => all.map((one) => one.hosts));
  const trackers = joined(() => all.map((one) => one.trackers));
  return {
    addresses: () => all.flatMap((one) => one.addresses()),
    get hosts() {
      return hosts();
    },
    get trackers() {
      return trackers();
    },
  };
}

/** The lists as one, made anew only when one of them is another: it is asked for every datagram. */
function joined(lists: () => readonly (readonly Address[])[]): () => readonly Address[] {
  let parts: readonly (readonly Address[])[] = [];
  let whole: readonly Address[] = [];
  return () => {
    const now = lists();
    if (now.length !== parts.length || now.some((list, at) => list !== parts[at])) {
      parts = now;
      whole = now.flat();
    }
    return whole;
  };
}
