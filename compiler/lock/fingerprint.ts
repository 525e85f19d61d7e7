/**
 * A name for what a message is on the wire. Two messages with one fingerprint read each other's
 * bytes; what fields are called does not count.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Field, Message, Model, Struct, Union } from '../ir/model.ts';
import { typeText } from '../ir/type-text.ts';
import type { WireType } from '../ir/wire-type.ts';

/** Of the text that is hashed: another way to write it is another version. */
const VERSION = 'ipv8fp1';

/** Enough that two messages of one overlay never meet by chance. */
const HEX_DIGITS = 16;

/** Gives the fingerprint of each message of a model: `ipv8fp1:` and 16 hexadecimal digits. */
export function createFingerprints(model: Model): (message: Message) => string {
  const declared = new Map<string, Struct | Union>();
  for (const one of model.modules.flatMap(({ declarations }) => declarations)) {
    if (one.kind === 'struct' || one.kind === 'union') declared.set(one.name, one);
  }
  const known = new Map<string, string>();
  // A struct counts by its hash: what it holds is looked at once, however often it is used.
  const hashOf = (name: string): string => {
    const made = known.get(name) ?? hash(partsOf(declared.get(name)));
    known.set(name, made);
    return made;
  };
  const partsOf = (one: Struct | Union | undefined): string => {
    if (one?.kind === 'struct') return `struct ${fieldsOf(one.fields)}`;
    const variants = one?.variants.toSorted((a, b) => a.tag - b.tag) ?? [];
    const tags = variants.map(({ tag, structName }) => `${tag}:${hashOf(structName)}`);
    return `union u${one?.bits} ${tags.join(' ')}`;
  };
  const fieldsOf = (fields: readonly Field[]): string =>
    fields.map(({ type, constant }) => `${wireOf(type)} ${constantOf(constant)}`).join('\n');
  const wireOf = (type: WireType): string => {
    switch (type.kind) {
      case 'struct':
        return `${type.isInline ? 'inline' : 'framed'} ${hashOf(type.structName)}`;
      case 'union':
        return `${type.isInline ? 'inline' : 'framed'} ${hashOf(type.unionName)}`;
      case 'list': {
        const { min, max, sendMax } = type.bound;
        return `list ${type.count} ${min} ${max} ${sendMax} ${wireOf(type.element)}`;
      }
      case 'enum':
      case 'flags':
        return `u${type.bits}`;
      case 'bits':
        return `bits ${type.members.map((one) => ('bits' in one ? one.bits : 1)).join(' ')}`;
      case 'codec':
        return `codec ${wireOf(type.carrier)}`;
      default:
        return typeText(type);
    }
  };
  return ({ id, auth, isTimed, overrides, via, fields }) => {
    const replaces = overrides === undefined ? '' : 'overrides';
    const envelope = [id, auth, isTimed ? 'timed' : '', replaces, ...via.toSorted()].join(' ');
    return `${VERSION}:${hash(`${envelope}\n${fieldsOf(fields)}`)}`;
  };
}

function constantOf(constant: Field['constant']): string {
  if (constant === undefined) return '';
  return constant.kind === 'bytes' ? constant.hex : String(constant.value);
}

function hash(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text))).slice(0, HEX_DIGITS);
}
