/** Where an overlay without peers begins. */
import type { Address } from '../address/address.ts';

/**
 * A source of addresses to ask for a first introduction.
 *
 * It never throws. It returns nothing when it knows nothing, cannot reach its source, or was asked
 * a moment ago; the walker asks again. Making one does no network traffic. What cannot work at all,
 * such as a missing setting, is a problem of the configuration and found before one is made.
 */
export type Bootstrapper = {
  /**
   * Addresses to send an introduction request to now; none while the last ones still have time to
   * answer.
   */
  addresses(): readonly Address[];
  /**
   * All addresses, whenever they were asked; to ask one of them now and then while we have peers.
   */
  readonly hosts: readonly Address[];
  /** Addresses that introduce but take part in nothing: never peers, never introduced to others. */
  readonly trackers: readonly Address[];
  /** Names it was given that are not looked up, as text; for people. */
  readonly unresolved: readonly string[];
};
