import type { Chance } from '../../compiler/values/chance.ts';

/** One thing that takes bytes from outside. */
export type Target = {
  /** Unique: `decoders/discovery.Ping`. What a stored case names. */
  readonly name: string;
  /** What inputs are: texts are shown and stored as such. */
  readonly form: 'bytes' | 'text';
  /** An input, drawn from nothing but the given chance. */
  readonly generate: (chance: Chance) => Uint8Array;
  /**
   * Takes the input in and looks at what became of it, at once or by a promise. Whatever it throws is
   * a finding.
   */
  readonly check: (input: Uint8Array) => unknown;
  /** How many inputs this one stands for, each of which may take its time; one unless given. */
  readonly partsOf?: (input: Uint8Array) => number;
};

/** Targets that are made, and chosen by `--target`, together. */
export type Family = {
  readonly name: string;
  /** Cases of it among 100,000 of all. */
  readonly share: number;
  /** `seed` is for the values that inputs are made from. */
  readonly targets: (seed: number) => Promise<readonly Target[]>;
};

/** What is wrong, as a target says it. */
export class Finding extends Error {
  override readonly name = 'Finding';
}

/** @throws Finding unless the claim holds. `say` is asked only then. */
export function claim(holds: boolean, say: () => string): asserts holds {
  if (!holds) throw new Finding(say());
}
