import type { CodecNode } from '../../ast/nodes.ts';
import { diagnose } from '../../diagnostics/diagnostic.ts';
import { codecsOf, type CheckContext } from '../context.ts';
import { declaredNameIn } from '../lower-type.ts';
import { suggestName } from '../near-name.ts';
import { shapeOf } from '../type-shape.ts';

/** How code is named in each target. */
const TARGETS: Readonly<Record<string, { readonly form: RegExp; readonly example: string }>> = {
  // A path or a package, and an exported name.
  ts: { form: /^[^\s#"'\\]+#[A-Za-z_$][\w$]*$/, example: '`ts: "./json.ts#json"`' },
  py: {
    form: /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*:[A-Za-z_]\w*$/,
    example: '`py: "app.codecs:json"`',
  },
};

/** The target that is generated. */
const NEEDED = 'ts';

/** A codec carries a built-in type, and says for TypeScript, or more, where its code is. */
export function codecsSound(context: CheckContext): void {
  for (const codec of codecsOf(context)) {
    checkCarrier(context, codec);
    checkTargets(context, codec);
  }
}

function checkCarrier(context: CheckContext, { carrier }: CodecNode): void {
  if (carrier === undefined || shapeOf(carrier).kind === 'malformed') return;
  const declared = declaredNameIn(carrier);
  // A name that is not known has been reported as that.
  if (declared === undefined || context.symbols.find(declared) === undefined) return;
  const help = ['let the codec read a declared type out of `bytes`, with its own `decode`'];
  const details = { at: declared.span, help };
  context.report(diagnose('codec/carrier', { name: declared.text }, details));
}

function checkTargets(context: CheckContext, { isBroken, name, targets }: CodecNode): void {
  const seen = new Map<string, CodecNode['targets'][number]>();
  for (const one of targets) {
    const { at, target } = one;
    const known = Object.hasOwn(TARGETS, target.text) ? TARGETS[target.text] : undefined;
    const first = seen.get(target.text);
    if (known === undefined) {
      const suggestions = suggestName(target, Object.keys(TARGETS));
      const details = { at: target.span, notes: ['targets are `ts` and `py`'], suggestions };
      context.report(diagnose('codec/unknown-target', { target: target.text }, details));
    } else if (first !== undefined) {
      const others = [{ span: first.target.span, text: 'first said here' }];
      const parameters = { name: target.text, owner: name.text };
      context.report(diagnose('name/duplicate-member', parameters, { at: target.span, others }));
    } else if (!known.form.test(at.text)) {
      const details = { at: at.span, help: [`for example ${known.example}`] };
      context.report(diagnose('codec/malformed-target', { target: target.text }, details));
    }
    seen.set(target.text, one);
  }
  if (isBroken || seen.has(NEEDED)) return;
  // A misspelt target is one fault.
  if (targets.some(({ target }) => !Object.hasOwn(TARGETS, target.text))) return;
  const help = ['for example `ts: "./json.ts#json"`'];
  context.report(
    diagnose('codec/missing-target', { name: name.text, target: NEEDED }, { at: name.span, help }),
  );
}
