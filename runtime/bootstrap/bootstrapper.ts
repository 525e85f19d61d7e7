/** Where an overlay without peers begins. */
import type { Address } from '../address/address.ts';
import type { Env } from '../env/env.ts';
import type { TaskScope } from '../tasks/task-scope.ts';

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
   * The same array for as long as they are the same.
   */
  readonly hosts: readonly Address[];
  /**
   * Addresses that introduce but take part in nothing: never peers, never introduced to others. The
   * same array for as long as they are the same.
   */
  readonly trackers: readonly Address[];
};

/** The overlay that a bootstrapper is made for, and what it may use. */
export type BootstrapperParts = {
  readonly env: Pick<Env, 'clock' | 'random' | 'log' | 'datagrams' | 'interfaces' | 'names'>;
  /** The overlay's name, for the log. */
  readonly overlay: string;
  /** What is started here ends when the overlay is left. */
  readonly tasks: TaskScope;
  /** What all datagrams of the overlay begin with: 22 bytes. */
  readonly prefix: Uint8Array;
  /** Sends an introduction request there. */
  walkTo(address: Address): void;
};

/** Makes a bootstrapper of one's own. `init` are the settings of the configuration. */
export type BootstrapperFactory = (
  parts: BootstrapperParts,
  init: Readonly<Record<string, unknown>>,
) => Bootstrapper;
