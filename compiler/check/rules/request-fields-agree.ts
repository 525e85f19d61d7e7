import type { FieldNode, MessageNode, Name } from '../../ast/nodes.ts';
import { diagnose } from '../../diagnostics/diagnostic.ts';
import type { CheckContext } from '../context.ts';
import { lowerFieldType } from '../lower-type.ts';
import { suggestName } from '../near-name.ts';
import { findMessage, requestsOf } from '../requests.ts';

/** The field behind `by` is an integer of one type in both messages, and no constant; some number fits both. */
export function requestFieldsAgree(context: CheckContext): void {
  for (const { community, request: node } of requestsOf(context)) {
    const { by } = node;
    if (by === undefined) continue;
    const messages = [node.request, node.response]
      .map((name) => findMessage(context.symbols, community, name))
      .filter((message) => message !== undefined);
    const fields = messages.map((message) => fieldOf(message, by));
    const without = messages.filter((_, at) => fields[at] === undefined);
    const [lacking] = without;
    if (lacking !== undefined) {
      reportUnknown(context, by, [lacking, ...without.slice(1)]);
      continue;
    }
    const [first, second] = fields;
    const [asking, answering] = messages;
    if (first === undefined || asking === undefined) continue;
    if (!checkInteger(context, by, { field: first, message: asking })) continue;
    if (second === undefined || answering === undefined) continue;
    if (!checkInteger(context, by, { field: second, message: answering })) continue;
    const both: readonly [FieldNode, FieldNode] = [first, second];
    if (typeOf(context, first) !== typeOf(context, second)) {
      const label = `is ${typeOf(context, first)} in one message and ${typeOf(context, second)} in the other`;
      report(context, by, { fields: both, label });
    } else if (areApart(context, both)) {
      report(context, by, { fields: both, label: 'has no number that fits both messages' });
    }
  }
}

function fieldOf(message: MessageNode, by: Name): FieldNode | undefined {
  return message.fields.find(({ name }) => name.text === by.text);
}

/** Once, whether one message lacks it or both do. */
function reportUnknown(
  context: CheckContext,
  by: Name,
  messages: readonly [MessageNode, ...MessageNode[]],
): void {
  const [message] = messages;
  const names = message.fields.map(({ name }) => name.text);
  context.report(
    diagnose(
      'request/unknown-field',
      { field: by.text, message: message.name.text },
      {
        at: by.span,
        others: messages.map(({ name }) => ({ span: name.span, text: 'has no such field' })),
        suggestions: suggestName(by, names),
      },
    ),
  );
}

/** True for an integer; a type that cannot be known has been reported as that. */
function checkInteger(
  context: CheckContext,
  by: Name,
  { field, message }: { readonly field: FieldNode; readonly message: MessageNode },
): boolean {
  const type = lowerFieldType(context.symbols, field);
  if (type === undefined) return false;
  if (type.kind === 'integer' && !field.isConstant) return true;
  const what = field.isConstant ? 'a constant' : `\`${field.type?.name.text ?? ''}\``;
  report(context, by, { fields: [field], label: `is ${what} in \`${message.name.text}\`` });
  return false;
}

function report(
  context: CheckContext,
  by: Name,
  { fields, label }: { readonly fields: readonly FieldNode[]; readonly label: string },
): void {
  const others = fields.map(({ span }) => ({ span, text: 'declared here' }));
  const help = ['for example `u32` in both messages: the answer repeats what was asked'];
  const details = { at: by.span, label, others, help };
  context.report(diagnose('request/field-type', { field: by.text }, details));
}

function typeOf(context: CheckContext, field: FieldNode): string {
  const type = lowerFieldType(context.symbols, field);
  return type?.kind === 'integer' ? `\`${type.isSigned ? 'i' : 'u'}${type.bits}\`` : '';
}

function areApart(context: CheckContext, fields: readonly [FieldNode, FieldNode]): boolean {
  const [first, second] = fields.map((field) => {
    const type = lowerFieldType(context.symbols, field);
    return type?.kind === 'integer' ? type.range : undefined;
  });
  if (first === undefined || second === undefined) return false;
  return first.max < second.min || second.max < first.min;
}
