/** `community_id` and `version` of a community. */
import { diagnose } from '../../diagnostics/diagnostic.ts';
import type { ClassInfo } from '../names/scope.ts';
import { type Context, spanOfAttribute } from '../payloads/context.ts';
import { statementsIn } from '../python/walk.ts';
import { nameOf, type Value } from '../values/value.ts';

/** As Python has it when a community says nothing (community.py). */
const VERSION = 2;

export type Identity = {
  /** `hex"…"`, `sha1("…")` or `dynamic`; undefined for a class that says nothing. */
  readonly text: string | undefined;
  readonly version: number;
};

type Reading = Pick<Context, 'evaluate' | 'report'>;

export function identityOf(info: ClassInfo, reading: Reading): Identity {
  const { evaluate, report } = reading;
  const stated = evaluate.attribute(info, 'version');
  const [byte] = stated?.kind === 'bytes' && stated.bytes.length === 1 ? stated.bytes : [];
  const version = byte ?? VERSION;
  const isOwn =
    info.scope.bindings.has('community_id') ||
    info.outer.writes.some(
      ({ name, object }) => name === 'community_id' && object === info.definition.name.name,
    );
  const value = isOwn ? evaluate.attribute(info, 'community_id') : undefined;
  if (value === undefined || value.kind === 'none') {
    return { text: setsItself(info) ? 'dynamic' : undefined, version };
  }
  const text = textOfIdentity(value);
  if (text !== undefined) return { text, version };
  const size = value.kind === 'bytes' ? value.bytes.length : undefined;
  const at = spanOfAttribute(info, 'community_id', evaluate);
  const community = info.definition.name.name;
  const notes =
    size === undefined
      ? ['it is declared as `dynamic`: given when the overlay starts']
      : [`an id has 20 bytes, not ${size}; it is declared as \`dynamic\``];
  report(diagnose('python/unreadable-identity', { community }, { at, notes }));
  return { text: 'dynamic', version };
}

function textOfIdentity(value: Value): string | undefined {
  if (value.kind === 'bytes') {
    const digits = Array.from(value.bytes, (byte) => byte.toString(16).padStart(2, '0'));
    return digits.length === 20 ? `hex"${digits.join('')}"` : undefined;
  }
  // `sha1(b"…").digest()`.
  const hash = value.kind === 'call' && value.callee.kind === 'member' ? value.callee : undefined;
  if (hash?.name !== 'digest' || hash.object.kind !== 'call') return undefined;
  const { args, callee } = hash.object;
  const [argument] = args;
  if (nameOf(callee) !== 'sha1' || argument?.value.kind !== 'bytes') return undefined;
  const text = plainText(argument.value.bytes);
  return text === undefined ? undefined : `sha1("${text.replace(/["\\]/g, '\\$&')}")`;
}

/** Text that a schema can write on one line. */
function plainText(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return /^[\p{L}\p{N}\p{P}\p{S} ]*$/u.test(text) ? text : undefined;
  } catch {
    return undefined;
  }
}

/** True when a method gives the object its id. */
function setsItself({ scope }: ClassInfo): boolean {
  return scope.functions.some(({ definition }) =>
    statementsIn(definition.body).some(
      (statement) =>
        statement.kind === 'assign' &&
        statement.targets.some(
          (target) =>
            target.kind === 'attribute' &&
            target.name === 'community_id' &&
            target.object.kind === 'name' &&
            target.object.name === 'self',
        ),
    ),
  );
}
