/** Walker definitions to strategies at work. */
import { printAddress } from '../address/text.ts';
import type { Strategy, WalkerDefinition } from '../config/config.ts';
import type { Env } from '../env/env.ts';
import { printMid } from '../peer/peer.ts';
import { createRandomWalk } from '../walker/random-walk.ts';
import type { RandomWalkOptions } from '../walker/random-walk.ts';
import type { Walkable, WalkStrategy } from '../walker/strategy.ts';

/** Makes a strategy that walks in `overlay`. */
type WalkerFactory<Init> = (overlay: Walkable, init: Init, env: Env) => WalkStrategy;

/** Every strategy a configuration may name; a name without an entry does not compile. */
const WALKERS: {
  readonly [Name in Strategy]: WalkerFactory<
    Extract<WalkerDefinition, { readonly strategy: Name }>['init']
  >;
} = {
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

export function createStrategy(
  definition: WalkerDefinition,
  overlay: Walkable,
  env: Env,
): WalkStrategy {
  return WALKERS[definition.strategy](overlay, definition.init, env);
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
