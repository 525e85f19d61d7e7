import { discoveryCommunity } from '../communities/discovery/discovery.ts';
import type { AnyCommunity } from '../community/any-community.ts';

/**
 * The communities that a configuration may name without bringing them, by py-ipv8's class names.
 */
export const COMMUNITIES: Readonly<Record<string, AnyCommunity>> = Object.freeze({
  DiscoveryCommunity: discoveryCommunity,
});
