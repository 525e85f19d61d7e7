/** `add_message_handler` and `add_cell_handler`: which messages a community handles, and how. */
import { diagnose } from '../../diagnostics/diagnostic.ts';
import type { Span } from '../../source/span.ts';
import type { ClassInfo, FunctionInfo } from '../names/scope.ts';
import type { Context } from '../payloads/context.ts';
import { messageIdOf } from '../payloads/kinds.ts';
import type { Expression } from '../python/tree.ts';
import { type Call, callsIn, functionsIn, methodOf } from '../python/walk.ts';
import type { Value } from '../values/value.ts';
import { type Envelope, envelopeOf } from './envelopes.ts';

export type Registration = {
  readonly id: number;
  /** One behind the other on the wire. */
  readonly payloads: readonly ClassInfo[];
  readonly auth: Envelope['auth'];
  readonly isTimed: boolean;
  /** `cell`: registered for what comes out of a circuit. */
  readonly from: 'socket' | 'cell';
  readonly span: Span;
};

type Reading = Pick<Context, 'evaluate' | 'report'>;

export type Registrations = {
  readonly found: readonly Registration[];
  /** Payloads of which a handler does not say whether they are signed. */
  readonly doubtful: readonly ClassInfo[];
};

/** What the class itself registers; what its bases register is theirs. */
export function registrationsOf(info: ClassInfo, reading: Reading): Registrations {
  const bare: Bare[] = [];
  const doubtful: ClassInfo[] = [];
  const found = functionsIn(info.scope).flatMap((method) =>
    callsIn(method.definition.body).flatMap((call) => {
      const name = methodOf(call);
      const isCell = name === 'add_cell_handler';
      if (!isCell && name !== 'add_message_handler') return [];
      const from = isCell ? 'cell' : 'socket';
      const one = registrationOf({ call, info, method, from, bare, doubtful }, reading);
      return one === undefined ? [] : [one];
    }),
  );
  reportBare(bare, info, reading);
  return { found, doubtful };
}

/** A message whose handler takes bytes. */
type Bare = { readonly id: number; readonly span: Span };

/** More are counted. */
const BARE_MAX = 4;

function reportBare(bare: readonly Bare[], info: ClassInfo, { report }: Reading): void {
  const [first] = bare;
  if (first === undefined) return;
  const ids = bare.slice(0, BARE_MAX).map(({ id }) => String(id));
  const more = bare.length - ids.length;
  const parameters = {
    community: info.definition.name.name,
    ids: more > 0 ? `${ids.join(', ')} and ${more} more` : ids.join(', '),
  };
  const notes = ['a handler that reads the bytes by itself says nothing of them'];
  report(diagnose('python/no-payload', parameters, { at: first.span, notes }));
}

type Registering = {
  readonly call: Call;
  readonly info: ClassInfo;
  readonly method: FunctionInfo;
  readonly from: Registration['from'];
  readonly bare: Bare[];
  readonly doubtful: ClassInfo[];
};

function registrationOf(
  { bare, call, doubtful, from, info, method }: Registering,
  reading: Reading,
): Registration | undefined {
  const { evaluate, report } = reading;
  const community = info.definition.name.name;
  const argument = (at: number, ...keywords: readonly string[]): Expression | undefined =>
    (call.args.find(({ name }) => keywords.includes(name ?? '')) ?? call.args[at])?.value;
  const what = argument(0, 'msg_num', 'payload_cls');
  const handler = argument(1, 'handler', 'callback');
  const { span } = call;
  const named = what === undefined ? undefined : evaluate(what, method.scope);
  const isKnown = named?.kind === 'class' || named?.kind === 'integer';
  if (!isKnown) {
    const isLibrary = named?.kind === 'library' && named.from !== '';
    const help = isLibrary
      ? [`import the file with \`${named.name}\` (\`${named.from}\`) too`]
      : ['write each message out: `self.add_message_handler(Payload, self.on_message)`'];
    report(diagnose('python/unreadable-handler', { community }, { at: span, help }));
    return undefined;
  }
  const envelope = handlerEnvelope(handler, info, reading);
  const payloads = payloadsOf(named, envelope);
  const id = idOf(named, payloads, reading);
  if (payloads.length === 0) {
    if (id !== undefined) bare.push({ id, span });
    return undefined;
  }
  const [first] = payloads;
  const message = first?.definition.name.name ?? '';
  if (id === undefined) {
    report(diagnose('python/unreadable-value', { owner: message, what: 'msg_id' }, { at: span }));
    return undefined;
  }
  if (from === 'cell') return { id, payloads, auth: 'unsigned', isTimed: false, from, span };
  if (envelope === undefined) {
    const help = ['decorate its handler: `@lazy_wrapper(…)` or `@lazy_wrapper_unsigned(…)`'];
    doubtful.push(...payloads);
    report(diagnose('python/unknown-auth', { message }, { at: span, help }));
    return undefined;
  }
  const { auth, isTimed } = envelope;
  return { id, payloads, auth, isTimed, from, span };
}

/** `self.on_message`, perhaps inside of `cast` or `partial`. */
function handlerEnvelope(
  handler: Expression | undefined,
  info: ClassInfo,
  { evaluate }: Reading,
): Envelope | undefined {
  if (handler === undefined) return undefined;
  if (handler.kind === 'call') {
    const found = handler.args.map(({ value }) =>
      handlerEnvelope(value, info, { evaluate, report: () => {} }),
    );
    return found.find((one) => one !== undefined);
  }
  if (handler.kind !== 'attribute' && handler.kind !== 'name') return undefined;
  const value =
    handler.kind === 'attribute'
      ? evaluate.attribute(info, handler.name)
      : evaluate(handler, info.outer);
  return value?.kind === 'function' ? envelopeOf(value.info, evaluate) : undefined;
}

/** What the handler unpacks; what is registered where the handler does not say. */
function payloadsOf(named: Value, envelope: Envelope | undefined): readonly ClassInfo[] {
  const unpacked = (envelope?.payloads ?? []).flatMap((one) =>
    one.kind === 'class' ? [one.info] : [],
  );
  const isWhole = unpacked.length > 0 && unpacked.length === envelope?.payloads.length;
  if (isWhole) return unpacked;
  return named.kind === 'class' ? [named.info] : [];
}

function idOf(
  named: Value,
  [first]: readonly ClassInfo[],
  { evaluate }: Reading,
): number | undefined {
  const id =
    named.kind === 'class'
      ? messageIdOf(named.info, evaluate)
      : named.kind === 'integer' || first === undefined
        ? named
        : messageIdOf(first, evaluate);
  return id?.kind === 'integer' ? Number(id.value) : undefined;
}
