/** What is the same in every dissector, as Lua. */
import { ADDRESSES } from './addresses.ts';
import { CONTAINERS } from './containers.ts';
import { CURSOR } from './cursor.ts';
import { ENTRY } from './entry.ts';
import { ENVELOPE } from './envelope.ts';
import { KEYS } from './keys.ts';
import { LEAVES } from './leaves.ts';
import { LINKS } from './links.ts';
import { PROTOCOL } from './protocol.ts';
import { SHA1 } from './sha1.ts';

/** In front of what the schemas declare. */
export const BEFORE: readonly string[] = [
  PROTOCOL,
  CURSOR,
  LEAVES,
  ADDRESSES,
  CONTAINERS,
  SHA1,
  KEYS,
  ENVELOPE,
  LINKS,
];

/** Behind it: Wireshark takes the fields once, when all are declared. */
export const BEHIND: readonly string[] = [ENTRY];
