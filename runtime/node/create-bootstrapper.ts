import type { Bootstrapper, BootstrapperParts } from '../bootstrap/bootstrapper.ts';
import { combined } from '../bootstrap/combined.ts';
import { guarded } from '../bootstrap/guarded.ts';
import type { Failures } from '../operations/failures.ts';
import type { PlannedBootstrapper } from './plan.ts';

/** All bootstrappers of an overlay as one; what one of them throws is reported. */
export function createBootstrapper(
  planned: readonly PlannedBootstrapper[],
  parts: BootstrapperParts,
  failures: Failures,
): Bootstrapper {
  const onError = (error: unknown): void =>
    failures.report('bootstrapper', error, { overlay: parts.overlay });
  const all = planned.map(({ create, init }) => create(parts, init));
  return combined(all.map((one) => guarded(one, onError)));
}
