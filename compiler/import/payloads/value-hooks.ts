/** `fix_pack_x` and `fix_unpack_x`: they change values, not what the bytes look like. */
import { diagnose } from '../../diagnostics/diagnostic.ts';
import type { ClassInfo } from '../names/scope.ts';
import type { Context } from './context.ts';

/** Says of each field with such a method that the schema holds what is on the wire. */
export function reportHooks(info: ClassInfo, names: readonly string[], context: Context): void {
  const { evaluate, report } = context;
  for (const name of names) {
    for (const hook of [`fix_pack_${name}`, `fix_unpack_${name}`]) {
      const value = evaluate.attribute(info, hook);
      if (value === undefined) continue;
      const own = info.scope.bindings.get(hook);
      // Of a class that inherits the method it was said before.
      if (own === undefined) break;
      const at =
        value.kind === 'function' ? value.info.definition.name.span : info.definition.name.span;
      const help = [`do in a handler what \`${hook}\` does, or declare a codec`];
      const notes = [`the schema has \`${name}\` as it is on the wire`];
      report(diagnose('python/value-hook', { hook, field: name }, { at, notes, help }));
      break;
    }
  }
}
