import { networkInterfaces } from 'node:os';
import { isLinkLocal } from '../address/ranges.ts';
import { createAddress } from '../address/text.ts';
import type { HostAddress, Interfaces } from './interfaces.ts';

type Listing = ReturnType<typeof networkInterfaces>;

/** The interfaces of this machine. `list` is the system's own list unless given. */
export function createNodeInterfaces(list: () => Listing = networkInterfaces): Interfaces {
  return { addresses: () => usable(listOrNone(list)) };
}

/** Some sandboxes forbid to look. */
function listOrNone(list: () => Listing): Listing {
  try {
    return list();
  } catch {
    return {};
  }
}

function usable(listing: Listing): readonly HostAddress[] {
  return Object.values(listing).flatMap((all) =>
    (all ?? []).flatMap(({ address, internal }) => {
      const found = createAddress(address, 0);
      if (internal || found.kind === 'domain' || isLinkLocal(found)) return [];
      return [{ kind: found.kind, host: found.host }];
    }),
  );
}
