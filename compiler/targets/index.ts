/** The targets that come with the compiler, each loaded when it is asked for. */
import type { Target } from './target.ts';

/** The target that is meant where none is named. `emit/` writes it. */
export const TYPESCRIPT = 'typescript';

/** All others by their names. */
export const TARGETS: Readonly<Record<string, () => Promise<Target>>> = {
  json: async () => (await import('./json/json.ts')).json,
  markdown: async () => (await import('./markdown/markdown.ts')).markdown,
  python: async () => (await import('./python/python.ts')).python,
  vectors: async () => (await import('./vectors/vectors.ts')).vectors,
  wireshark: async () => (await import('./wireshark/wireshark.ts')).wireshark,
};

/** Every name of a target. */
export const TARGET_NAMES: readonly string[] = [TYPESCRIPT, ...Object.keys(TARGETS)];
