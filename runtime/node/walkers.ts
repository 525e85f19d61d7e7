/** The strategies that every community may use. */
import type { Overlay, StrategyFactory } from '../community/overlay.ts';
import type { WalkerInits } from '../config/config.ts';
import { createEdgeWalk } from '../walker/edge-walk.ts';
import { createRandomWalk } from '../walker/random-walk.ts';
import type { WalkStrategy } from '../walker/strategy.ts';

/** By the names a configuration may use. */
export const STRATEGIES: Readonly<Record<string, StrategyFactory>> = Object.freeze({
  RandomWalk: known<'RandomWalk'>(({ walkable, clock, random }, init) =>
    createRandomWalk({
      overlay: walkable,
      clock,
      random,
      options: {
        ...(init.timeout !== undefined && { timeoutMs: init.timeout * 1_000 }),
        ...(init.windowSize !== undefined && { windowSize: init.windowSize }),
        ...(init.resetChance !== undefined && { resetChance: init.resetChance }),
        ...(init.targetInterval !== undefined && { targetIntervalMs: init.targetInterval * 1_000 }),
      },
    }),
  ),
  EdgeWalk: known<'EdgeWalk'>(({ walkable, network, clock, random }, init) =>
    createEdgeWalk({
      overlay: walkable,
      network,
      clock,
      random,
      options: {
        ...(init.edgeLength !== undefined && { edgeLength: init.edgeLength }),
        ...(init.neighborhoodSize !== undefined && { neighborhoodSize: init.neighborhoodSize }),
        ...(init.edgeTimeout !== undefined && { edgeTimeoutMs: init.edgeTimeout * 1_000 }),
      },
    }),
  ),
});

function known<Name extends keyof WalkerInits>(
  create: (overlay: Overlay, init: WalkerInits[Name]) => WalkStrategy,
): StrategyFactory {
  // `parseConfig` judged the settings by this name.
  return (overlay, init) => create(overlay, init as WalkerInits[Name]);
}
