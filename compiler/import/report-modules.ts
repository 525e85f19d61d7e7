/** What is said of whole files: where they are no Python, and that nothing was found. */
import { diagnose } from '../diagnostics/diagnostic.ts';
import type { Span } from '../source/span.ts';
import { isCommunity } from './communities/kinds.ts';
import type { Modules } from './names/modules.ts';
import type { ClassInfo } from './names/scope.ts';
import type { Context } from './payloads/context.ts';
import { isLibraryClass, isPayload, payloadKind } from './payloads/kinds.ts';

export function reportModules(
  modules: Modules,
  classes: readonly ClassInfo[],
  { evaluate, report }: Pick<Context, 'evaluate' | 'report'>,
): void {
  const read = classes.filter(
    (info) =>
      isPayload(info, evaluate) ||
      payloadKind(info, evaluate) !== undefined ||
      isCommunity(info, evaluate) ||
      isLibraryClass(info),
  );
  for (const module of modules.all) {
    const own = read.filter(({ outer }) => outer.module() === module);
    // In a function that nobody reads it hides nothing.
    const faults = module.python.faults.filter(
      ({ isInFunction, span }) =>
        !isInFunction || own.some(({ definition }) => isInside(span, definition.span)),
    );
    for (const { span } of faults) {
      const help = ['check it with Python; what is whole beside it is imported'];
      report(diagnose('python/syntax', {}, { at: span, help }));
    }
    const isUsed = own.length > 0 || faults.length > 0 || modules.used.has(module);
    if (isUsed || !module.isNamed) continue;
    const { source } = module.python;
    const at = { source, start: 0, end: 0 };
    const notes = ['payloads extend `Payload`, `VariablePayload` or `DataClassPayload`'];
    report(diagnose('python/nothing-found', { path: source.path }, { at, notes }));
  }
}

function isInside(span: Span, outer: Span): boolean {
  return span.source === outer.source && span.start >= outer.start && span.end <= outer.end;
}
