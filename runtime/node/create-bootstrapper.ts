import type { Bootstrapper, BootstrapperParts } from '../bootstrap/bootstrapper.ts';
import { combined } from '../bootstrap/combined.ts';
import { guarded } from '../bootstrap/guarded.ts';
import { countDatagrams } from '../endpoint/counted-datagrams.ts';
import type { EndpointTally } from '../endpoint/counters.ts';
import type { Failures } from '../operations/failures.ts';
import type { PlannedBootstrapper } from './plan.ts';

/**
 * All bootstrappers of an overlay as one; what one of them throws is reported, and what passes through
 * sockets that they open is counted.
 */
export function createBootstrapper(
  planned: readonly PlannedBootstrapper[],
  parts: BootstrapperParts,
  failures: Failures,
  tally: EndpointTally,
): Bootstrapper {
  const { clock, datagrams, interfaces, log, names, random } = parts.env;
  const counted = countDatagrams(datagrams, tally);
  const env = { clock, datagrams: counted, interfaces, log, names, random };
  const onError = (error: unknown): void =>
    failures.report('bootstrapper', error, { overlay: parts.overlay });
  const all = planned.map(({ create, init }) => create({ ...parts, env }, init));
  return combined(all.map((one) => guarded(one, onError)));
}
