/** `add_packer`: formats that an application adds to the serializer. */
import { diagnose, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Span } from '../../source/span.ts';
import type { Modules } from '../names/modules.ts';
import type { ClassInfo, Scope } from '../names/scope.ts';
import type { Packed, Packers } from '../payloads/context.ts';
import { type Call, callsIn, functionsIn, methodOf } from '../python/walk.ts';
import type { CodecDraft, StructDraft } from '../schema/draft.ts';
import type { Evaluate } from '../values/evaluate.ts';
import { nameOf, type Value } from '../values/value.ts';
import { packerType } from './packer-type.ts';

type Added = { readonly name: string; readonly packer: Value; readonly span: Span };

/** All packers of the files, with the declarations that they make. */
export type PackerTable = Packers & {
  declarations(): readonly (StructDraft | CodecDraft)[];
};

export function createPackers(
  modules: Modules,
  evaluate: Evaluate,
  report: (diagnostic: Diagnostic) => void,
): PackerTable {
  const added = new Map<string, Added[]>();
  for (const one of addedPackers(modules, evaluate)) {
    const list = added.get(one.name) ?? [];
    // The same packer may be added by every community that needs it.
    if (!list.some(({ packer }) => keyOf(packer) === keyOf(one.packer))) list.push(one);
    added.set(one.name, list);
  }
  const declared = new Map<ClassInfo, StructDraft | CodecDraft>();
  const known = new Map<string, Packed>();
  return {
    names: [...added.keys()],
    declarations: () => [...declared.values()],
    find(name) {
      const list = added.get(name);
      const [first, second] = list ?? [];
      if (first === undefined) return undefined;
      const found = known.get(name);
      if (found !== undefined) return found;
      const type =
        second === undefined
          ? packerType(first.packer, { evaluate, report, declared, added: name })
          : undefined;
      const packed: Packed = type === undefined ? { isKnown: false } : { isKnown: true, type };
      known.set(name, packed);
      if (type === undefined) reportPacker(first, second, report);
      return packed;
    },
  };
}

function addedPackers({ all }: Modules, evaluate: Evaluate): readonly Added[] {
  return all.flatMap((module): readonly Added[] => {
    const bodies = [
      { body: module.python.body, scope: module.scope },
      ...functionsIn(module.scope).map(({ definition, scope }) => ({
        body: definition.body,
        scope,
      })),
    ];
    return bodies.flatMap(({ body, scope }) =>
      callsIn(body)
        .filter((call) => methodOf(call) === 'add_packer')
        .flatMap((call) => addedBy(call, scope, evaluate)),
    );
  });
}

function addedBy(call: Call, scope: Scope, evaluate: Evaluate): readonly Added[] {
  const argument = (at: number, keyword: string) =>
    (call.args.find(({ name }) => name === keyword) ?? call.args[at])?.value;
  const [name, packer] = [argument(0, 'name'), argument(1, 'packer')];
  if (name === undefined || packer === undefined) return [];
  const stated = evaluate(name, scope);
  return stated.kind === 'text'
    ? [{ name: stated.text, packer: evaluate(packer, scope), span: packer.span }]
    : [];
}

/** Tells packers apart as far as it matters: by what they are called, inside and out. */
function keyOf(packer: Value): string {
  if (packer.kind === 'text') return `'${packer.text}'`;
  if (packer.kind === 'integer') return String(packer.value);
  if (packer.kind !== 'call') return nameOf(packer);
  return `${nameOf(packer.callee)}(${packer.args.map(({ value }) => keyOf(value)).join(', ')})`;
}

function reportPacker(
  first: Added,
  second: Added | undefined,
  report: (diagnostic: Diagnostic) => void,
): void {
  const others = second === undefined ? [] : [{ span: second.span, text: 'and this one' }];
  const notes =
    second === undefined
      ? ['read are `struct.pack`, `serializer.pack`, and lengths in front of bytes']
      : [`two packers are added as \`${first.name}\``];
  const help =
    second === undefined
      ? ['declare what it writes by hand, as a struct or a codec']
      : ['import the files of each community by themselves'];
  report(
    diagnose(
      'python/custom-packer',
      { packer: first.name },
      { at: first.span, others, notes, help },
    ),
  );
}
