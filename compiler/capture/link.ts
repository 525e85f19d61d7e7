/**
 * The link's header in front of IP.
 * Source: tcpdump.org/linktypes.html.
 */

const LINK = {
  null: 0,
  ethernet: 1,
  rawBsd: 12,
  rawOpenBsd: 14,
  raw: 101,
  loop: 108,
  cooked: 113,
  ipv4: 228,
  ipv6: 229,
  cooked2: 276,
} as const;

const ETHER_TYPES_OF_IP: ReadonlySet<number> = new Set([0x0800, 0x86dd]);
const ETHER_TYPES_OF_VLAN: ReadonlySet<number> = new Set([0x8100, 0x88a8, 0x9100]);

/** Two tags are in use (802.1ad); more are a frame that wants to keep us busy. */
const VLAN_TAGS_MAX = 4;

/** The bytes from the IP header on, or why there are none. */
export function readLink(
  bytes: Uint8Array,
  linkType: number,
): Uint8Array | 'unknown-link' | 'not-udp' | 'malformed' {
  switch (linkType) {
    case LINK.raw:
    case LINK.rawBsd:
    case LINK.rawOpenBsd:
    case LINK.ipv4:
    case LINK.ipv6:
      return bytes;
    // The family has a number of its own on every system; IP itself says which one it is.
    case LINK.null:
    case LINK.loop:
      return bytes.length < 4 ? 'malformed' : bytes.subarray(4);
    case LINK.ethernet:
      return behindEtherType(bytes, 12);
    case LINK.cooked:
      return behindEtherType(bytes, 14);
    case LINK.cooked2:
      return behindEtherType(bytes, 0, 20);
    default:
      return 'unknown-link';
  }
}

/** `at` is where the type of what follows stands; `start` where that begins. */
function behindEtherType(
  bytes: Uint8Array,
  at: number,
  start = at + 2,
): Uint8Array | 'not-udp' | 'malformed' {
  let place = at;
  let content = start;
  for (let tags = 0; tags <= VLAN_TAGS_MAX; tags++) {
    const high = bytes[place];
    const low = bytes[place + 1];
    if (high === undefined || low === undefined || content > bytes.length) return 'malformed';
    const type = (high << 8) | low;
    if (ETHER_TYPES_OF_IP.has(type)) return bytes.subarray(content);
    if (!ETHER_TYPES_OF_VLAN.has(type)) return 'not-udp';
    place = content + 2;
    content += 4;
  }
  return 'malformed';
}
