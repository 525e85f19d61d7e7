/** Payloads with a message id that no community of the files handles. */
import { diagnose } from '../diagnostics/diagnostic.ts';
import type { ClassInfo, Module } from './names/scope.ts';
import type { Context } from './payloads/context.ts';
import { messageIdOf } from './payloads/kinds.ts';

/** More are counted. */
const NAMED_MAX = 3;

/** Once a file: they are structs until the file of their community is there. */
export function reportUnsent(
  classes: readonly ClassInfo[],
  { evaluate, report }: Pick<Context, 'evaluate' | 'report'>,
): void {
  const byModule = new Map<Module, ClassInfo[]>();
  for (const info of classes) {
    if (messageIdOf(info, evaluate) === undefined) continue;
    const module = info.outer.module();
    byModule.set(module, [...(byModule.get(module) ?? []), info]);
  }
  for (const group of byModule.values()) {
    const [first] = group;
    if (first === undefined) continue;
    const names = group.slice(0, NAMED_MAX).map(({ definition }) => `\`${definition.name.name}\``);
    const more = group.length - names.length;
    const payloads = more > 0 ? `${names.join(', ')} and ${more} more` : names.join(', ');
    const notes = [
      'they are declared as structs, which have the same bytes but no id and no sender',
    ];
    const help = ['import the file of the community that handles them too'];
    const at = first.definition.name.span;
    report(diagnose('python/no-community', { payloads }, { at, notes, help }));
  }
}
