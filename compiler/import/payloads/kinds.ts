/** Which classes are payloads, and of which of py-ipv8's styles. */
import type { ClassInfo } from '../names/scope.ts';
import type { Evaluate } from '../values/evaluate.ts';
import { nameOf, type Value } from '../values/value.ts';

/**
 * `variable`: `format_list` and `names` (messaging/lazy_payload.py). `dataclass`: annotations
 * (messaging/payload_dataclass.py). `plain`: `format_list`, and methods that pack and unpack
 * (messaging/serialization.py).
 */
export type PayloadKind = 'variable' | 'dataclass' | 'plain';

const LIBRARY: ReadonlyMap<string, PayloadKind> = new Map([
  ['Serializable', 'plain'],
  ['Payload', 'plain'],
  ['VariablePayload', 'variable'],
  ['VariablePayloadWID', 'variable'],
  ['DataClassPayload', 'dataclass'],
  ['DataClassPayloadWID', 'dataclass'],
]);

/** py-ipv8's own files, where they are among those that are read. */
const LIBRARY_FILES = /(?:^|\/)messaging\/(?:lazy_payload|serialization|payload_dataclass)$/;

/** True of a class that py-ipv8 brings for others to extend. */
export function isLibraryClass({ definition, outer }: ClassInfo): boolean {
  return LIBRARY.has(definition.name.name) && LIBRARY_FILES.test(outer.module().path);
}

/** The style of a payload class; undefined for a class that is none. */
export function payloadKind(info: ClassInfo, evaluate: Evaluate): PayloadKind | undefined {
  if (isLibraryClass(info)) return undefined;
  const line = evaluate.lineage(info);
  const kinds = line
    .flatMap((one) => evaluate.bases(one))
    .map(withoutIndex)
    .flatMap((base) => {
      const isLibrary =
        base.kind === 'library' || (base.kind === 'class' && isLibraryClass(base.info));
      const kind = LIBRARY.get(nameOf(base));
      return isLibrary && kind !== undefined ? [kind] : [];
    });
  if (kinds.includes('dataclass') || line.some((one) => isOldDataclass(one, evaluate))) {
    return 'dataclass';
  }
  const packs = line.some((one) => one.scope.bindings.has('to_pack_list') && !isLibraryClass(one));
  if (kinds.includes('variable')) {
    const hasNames = evaluate.attribute(info, 'names') !== undefined;
    return packs && !hasNames ? 'plain' : 'variable';
  }
  if (kinds.length > 0) return 'plain';
  // A base that nobody showed: what the class itself says may be enough.
  if (unknownBase(info, evaluate) === undefined) return undefined;
  if (evaluate.attribute(info, 'format_list') === undefined) return undefined;
  return evaluate.attribute(info, 'names') === undefined ? 'plain' : 'variable';
}

/**
 * True of a class that packs something. One without formats and without a message id is there for
 * others to extend.
 */
export function isPayload(info: ClassInfo, evaluate: Evaluate): boolean {
  const kind = payloadKind(info, evaluate);
  const hasId = messageIdOf(info, evaluate) !== undefined;
  if (kind === undefined) {
    const isNamed = info.definition.name.name.endsWith('Payload') || hasId;
    return isNamed && unknownBase(info, evaluate) !== undefined;
  }
  if (hasId) return true;
  if (kind !== 'dataclass') return evaluate.attribute(info, 'format_list') !== undefined;
  return evaluate
    .lineage(info)
    .some(({ definition }) =>
      definition.body.some((one) => one.kind === 'assign' && one.annotation !== undefined),
    );
}

/** A base that is called a payload and is in no file. */
export function unknownBase(info: ClassInfo, evaluate: Evaluate): Value | undefined {
  return evaluate
    .lineage(info)
    .flatMap((one) => evaluate.bases(one))
    .map(withoutIndex)
    .find((base) => {
      const name = nameOf(base);
      return base.kind === 'library' && name.endsWith('Payload') && !LIBRARY.has(name);
    });
}

/** `@dataclass(msg_id=1)` with py-ipv8's own decorator, which older versions had. */
function isOldDataclass(info: ClassInfo, evaluate: Evaluate): boolean {
  return info.definition.decorators.some((decorator) => {
    const value = evaluate(decorator, info.outer);
    const callee = value.kind === 'call' ? value.callee : value;
    const isCalled = nameOf(callee) === 'dataclass';
    if (callee.kind === 'call') return nameOf(callee.callee) === 'overwrite_dataclass';
    return isCalled && callee.kind === 'library' && callee.from.endsWith('payload_dataclass');
  });
}

/** What a class says its message id is: in its body, its bases or its decorator. */
export function messageIdOf(info: ClassInfo, evaluate: Evaluate): Value | undefined {
  const line = evaluate.lineage(info);
  const stated = evaluate.attribute(info, 'msg_id');
  if (stated !== undefined) return stated;
  for (const one of line) {
    for (const base of evaluate.bases(one)) {
      const hasIndex = base.kind === 'index' && nameOf(base.object) === 'DataClassPayload';
      if (hasIndex) return base.items[0];
    }
    for (const decorator of one.definition.decorators) {
      const value = evaluate(decorator, one.outer);
      const found =
        value.kind === 'call' ? value.args.find(({ name }) => name === 'msg_id') : undefined;
      if (found !== undefined) return found.value;
    }
  }
  return undefined;
}

function withoutIndex(base: Value): Value {
  return base.kind === 'index' ? base.object : base;
}
