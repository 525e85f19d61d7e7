/** Walker definitions to strategies at work. */
import { printAddress } from '../address/text.ts';
import { assert } from '../base/assert.ts';
import type { Strategy, WalkerInits } from '../config/config.ts';
import type { Env } from '../env/env.ts';
import { printMid } from '../peer/peer.ts';
import { createRandomWalk } from '../walker/random-walk.ts';
import type { RandomWalkOptions } from '../walker/random-walk.ts';
import type { Walkable, WalkStrategy } from '../walker/strategy.ts';

/** Makes a strategy that walks in `overlay`. */
type WalkerFactory<Init> = (overlay: Walkable, init: Init, env: Env) => WalkStrategy;

/** The strategies there are. A configuration may name others of py-ipv8: `planOverlays` refuses them. */
const WALKERS: { readonly [Name in Strategy]?: WalkerFactory<WalkerInits[Name]> } = {
  RandomWalk: (overlay, init, { clock, random }) => {
    const options: Partial<RandomWalkOptions> = {
      ...(init.timeout !== undefined && { timeoutMs: init.timeout * 1_000 }),
      ...(init.windowSize !== undefined && { windowSize: init.windowSize }),
      ...(init.resetChance !== undefined && { resetChance: init.resetChance }),
      ...(init.targetInterval !== undefined && { targetIntervalMs: init.targetInterval * 1_000 }),
    };
    return createRandomWalk({ overlay, clock, random, options });
  },
};

/** The names of the strategies there are. */
export const STRATEGIES: readonly string[] = Object.keys(WALKERS);

/** The strategy that `definition` names, which must be there. */
export function createStrategy<Name extends Strategy>(
  definition: { readonly strategy: Name; readonly init: WalkerInits[Name] },
  overlay: Walkable,
  env: Env,
): WalkStrategy {
  const create: WalkerFactory<WalkerInits[Name]> | undefined = WALKERS[definition.strategy];
  assert(create !== undefined, `there is no ${definition.strategy}`);
  return create(overlay, definition.init, env);
}

/** The same overlay, whose walks show in the log at level DEBUG. */
export function logWalks(overlay: Walkable, name: string, { log }: Pick<Env, 'log'>): Walkable {
  return {
    peers: () => overlay.peers(),
    walkableAddresses: () => overlay.walkableAddresses(),
    walkTo(address) {
      if (log.isOn('DEBUG')) {
        log.write('DEBUG', 'walking to', { overlay: name, address: printAddress(address) });
      }
      overlay.walkTo(address);
    },
    requestIntroduction(peer) {
      if (log.isOn('DEBUG')) {
        const from = peer === undefined ? undefined : printMid(peer.mid);
        log.write('DEBUG', 'asking for an introduction', { overlay: name, from });
      }
      overlay.requestIntroduction(peer);
    },
    bootstrap: () => overlay.bootstrap(),
    forgetAddress(address) {
      if (log.isOn('DEBUG')) {
        log.write('DEBUG', 'no answer', { overlay: name, address: printAddress(address) });
      }
      overlay.forgetAddress(address);
    },
  };
}
