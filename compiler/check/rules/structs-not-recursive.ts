import type { EnumNode, Name, StructNode, TypeNode } from '../../ast/nodes.ts';
import { diagnose } from '../../diagnostics/diagnostic.ts';
import { enumsOf, structsOf, type CheckContext } from '../context.ts';
import { STRUCT_DEPTH_MAX } from '../sizes.ts';

/** A struct, or a union. */
type Holder = StructNode | EnumNode;

type Step = { readonly struct: Holder; readonly uses: readonly Name[]; next: number };

/** No struct or union contains itself, directly or through others; each circle is reported once. */
export function structsNotRecursive(context: CheckContext): void {
  const done = new Map<Holder, number>();
  const unions = enumsOf(context).filter(({ kind }) => kind === 'union');
  for (const start of [...structsOf(context), ...unions]) {
    if (!done.has(start)) search(context, start, done);
  }
}

/** Depth first without recursion, so that a long chain cannot exhaust the stack. */
function search(context: CheckContext, start: Holder, done: Map<Holder, number>): void {
  const open: Step[] = [stepOf(start)];
  const inside = new Map<Holder, number>([[start, 0]]);
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const name = top.uses[top.next++];
    const used = name === undefined ? undefined : findHolder(context, name);
    if (name === undefined) {
      finish(context, top, done);
      inside.delete(top.struct);
      open.pop();
    } else if (used !== undefined && inside.has(used)) {
      reportCycle(context, open.slice(inside.get(used)));
    } else if (used !== undefined && !done.has(used)) {
      inside.set(used, open.length);
      open.push(stepOf(used));
    }
  }
}

function finish(context: CheckContext, step: Step, done: Map<Holder, number>): void {
  let depth = 0;
  for (const name of step.uses) {
    const used = findHolder(context, name);
    depth = Math.max(depth, (used === undefined ? 0 : (done.get(used) ?? 0)) + 1);
  }
  done.set(step.struct, depth);
  if (depth !== STRUCT_DEPTH_MAX + 1) return;
  const parameters = { limit: String(STRUCT_DEPTH_MAX) };
  context.report(diagnose('layout/struct-too-deep', parameters, { at: step.struct.name.span }));
}

function reportCycle(context: CheckContext, cycle: readonly Step[]): void {
  const [first] = cycle;
  const names = cycle.flatMap((step) => step.uses[step.next - 1] ?? []);
  const [primary, ...others] = names;
  if (first === undefined || primary === undefined) return;
  const path = [first.struct.name.text, ...names.map(({ text }) => text)].slice(0, 8);
  context.report(
    diagnose(
      'layout/recursive-struct',
      { what: first.struct.kind, name: first.struct.name.text },
      {
        at: primary.span,
        others: others.slice(0, 3).map(({ span }) => ({ span, text: 'goes on here' })),
        notes: [`the circle is ${path.join(' → ')}; such a value would have no end`],
      },
    ),
  );
}

function findHolder({ symbols }: CheckContext, name: Name): Holder | undefined {
  return symbols.findStruct(name) ?? symbols.findUnion(name);
}

function stepOf(struct: Holder): Step {
  if (struct.kind !== 'struct') {
    return { struct, uses: struct.members.map(({ name }) => name), next: 0 };
  }
  const uses: Name[] = [];
  for (const { type } of struct.fields) if (type !== undefined) addNames(uses, type);
  return { struct, uses, next: 0 };
}

function addNames(names: Name[], type: TypeNode): void {
  names.push(type.name);
  for (const parameter of type.parameters ?? []) {
    if (parameter.kind === 'type') addNames(names, parameter);
  }
}
