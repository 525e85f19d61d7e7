import type { VectorNode } from '../../ast/nodes.ts';
import { diagnose } from '../../diagnostics/diagnostic.ts';
import type { CheckContext } from '../context.ts';
import { KIND_NAMES } from '../kind-names.ts';
import { suggestName } from '../near-name.ts';
import { vectorBytes, vectorTarget, vectorValue } from '../vectors.ts';

/** A vector is of a struct or message, its value fits that, and its bytes are bytes. */
export function vectorsFit(context: CheckContext): void {
  for (const { schema } of context.schemas) {
    const seen = new Map<string, VectorNode>();
    for (const vector of schema.vectors) {
      const { bytes, name, of } = vector;
      const first = seen.get(`${of.text} ${name.text}`);
      if (first === undefined) seen.set(`${of.text} ${name.text}`, vector);
      else {
        const others = [{ span: first.name.span, text: 'first said here' }];
        const parameters = { name: name.text, of: of.text };
        context.report(diagnose('vector/repeated', parameters, { at: name.span, others }));
      }
      if (vectorTarget(context.symbols, of) === undefined) reportTarget(context, vector);
      vectorValue(context.symbols, vector, context.report);
      if (vectorBytes(vector) !== undefined) continue;
      const help = ['two digits `0`–`9`, `a`–`f` for each byte, and nothing between them'];
      context.report(diagnose('vector/bytes', { name: name.text }, { at: bytes.span, help }));
    }
  }
}

function reportTarget(context: CheckContext, { of }: VectorNode): void {
  const found = context.symbols.find(of);
  if (found !== undefined) {
    const others = [{ span: found.name.span, text: 'declared here' }];
    const parameters = {
      name: of.text,
      found: KIND_NAMES[found.kind],
      expected: 'a struct or a message',
    };
    context.report(diagnose('name/wrong-kind', parameters, { at: of.span, others }));
    return;
  }
  const names = context.schemas.flatMap(({ schema }) =>
    schema.declarations.flatMap((node) => {
      if (node.kind === 'struct') return [node.name];
      return node.kind === 'community' ? node.messages.map(({ name }) => name) : [];
    }),
  );
  const near = names
    .map(({ text }) => ({ text, span: of.span }))
    .filter((name) => vectorTarget(context.symbols, name) !== undefined);
  const suggestions = suggestName(
    of,
    near.map(({ text }) => text),
  );
  const parameters = { what: 'struct or message', name: of.text };
  context.report(diagnose('name/unknown', parameters, { at: of.span, suggestions }));
}
