/** The world as an argument: everything the runtime may ask of its surroundings. */
import type { Clock } from './clock.ts';
import type { Datagrams } from './datagrams.ts';
import type { Interfaces } from './interfaces.ts';
import type { Log } from './log.ts';
import type { Names } from './names.ts';
import type { Random } from './random.ts';
import type { Storage } from './storage.ts';
import type { Workers } from './workers.ts';

export type Env = {
  readonly clock: Clock;
  readonly random: Random;
  readonly datagrams: Datagrams;
  readonly interfaces: Interfaces;
  readonly names: Names;
  readonly storage: Storage;
  readonly log: Log;
  readonly workers: Workers;
};
