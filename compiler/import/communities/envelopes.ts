/** How a handler's message travels: told by its decorator, or by how it unpacks by hand. */
import type { FunctionInfo } from '../names/scope.ts';
import type { Expression } from '../python/tree.ts';
import { type Call, methodOf, statementsIn } from '../python/walk.ts';
import type { Evaluate } from '../values/evaluate.ts';
import { nameOf, type Value } from '../values/value.ts';

export type Envelope = {
  readonly auth: 'signed' | 'unsigned';
  /** The global time stands in front. */
  readonly isTimed: boolean;
  /** What is unpacked, one behind the other. */
  readonly payloads: readonly Value[];
};

/** The decorators of lazy_community.py, and `unpack_cell` of the tunnels. */
const DECORATORS: ReadonlyMap<string, Envelope['auth']> = new Map([
  ['lazy_wrapper', 'signed'],
  ['lazy_wrapper_wd', 'signed'],
  ['lazy_wrapper_unsigned', 'unsigned'],
  ['lazy_wrapper_unsigned_wd', 'unsigned'],
  ['unpack_cell', 'unsigned'],
]);

const GLOBAL_TIME = 'GlobalTimeDistributionPayload';

/** Undefined for a handler that says neither. */
export function envelopeOf(
  { definition, owner, scope }: FunctionInfo,
  evaluate: Evaluate,
): Envelope | undefined {
  const outside = owner?.scope ?? scope;
  for (const decorator of definition.decorators) {
    if (decorator.kind !== 'call') continue;
    const auth = DECORATORS.get(nameOf(evaluate(decorator.callee, outside)));
    if (auth === undefined) continue;
    const values = decorator.args.map(({ value }) => evaluate(value, outside));
    return {
      auth,
      isTimed: values.some((value) => nameOf(value) === GLOBAL_TIME),
      payloads: values.filter((value) => nameOf(value) !== GLOBAL_TIME),
    };
  }
  const calls = statementsIn(definition.body).flatMap((statement) =>
    'value' in statement && statement.value !== undefined ? callsInside(statement.value) : [],
  );
  for (const call of calls) {
    const envelope = unpackedBy(call, (value) => evaluate(value, scope));
    if (envelope !== undefined) return envelope;
  }
  return undefined;
}

/** `_ez_unpack_auth(Payload, data)` and `_ez_unpack_noauth(Payload, data, global_time=…)`. */
function unpackedBy(call: Call, valueOf: (value: Expression) => Value): Envelope | undefined {
  const method = methodOf(call);
  const isSigned = method === '_ez_unpack_auth';
  if (!isSigned && method !== '_ez_unpack_noauth') return undefined;
  const argument = (at: number, keyword: string): Value | undefined => {
    const found = call.args.find(({ name }) => name === keyword) ?? call.args[at];
    return found === undefined ? undefined : valueOf(found.value);
  };
  const payload = argument(0, 'payload_class');
  const time = isSigned ? undefined : argument(2, 'global_time');
  return {
    auth: isSigned ? 'signed' : 'unsigned',
    isTimed: time?.kind !== 'truth' || time.value,
    payloads: payload === undefined ? [] : [payload],
  };
}

/** A call, and those in its arguments. */
function callsInside(value: Expression): readonly Call[] {
  if (value.kind !== 'call') return [];
  return [value, ...value.args.flatMap((argument) => callsInside(argument.value))];
}
