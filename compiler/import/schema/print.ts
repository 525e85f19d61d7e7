/** A draft as the text of a schema, and which lines are of what. */
import { codecExport } from '../packers/packer-type.ts';
import type {
  CodecDraft,
  CommunityDraft,
  Draft,
  FieldDraft,
  MessageDraft,
  StructDraft,
  TypeText,
} from './draft.ts';
import type { Named } from './names.ts';

export type Printed = {
  readonly text: string;
  /** What a line, from 1, is of. */
  readonly owners: readonly (Named | undefined)[];
};

/** Prints what is not left out, in the order given. */
export function printSchema(
  drafts: readonly Draft[],
  names: ReadonlyMap<Named, string>,
  leftOut: ReadonlySet<Named>,
): Printed {
  const lines: string[] = [];
  const owners: (Named | undefined)[] = [undefined];
  const nameOf = (draft: Named): string => names.get(draft) ?? '';
  const write = (owner: Named, ...more: readonly string[]): void => {
    for (const line of more) {
      lines.push(line);
      owners.push(owner);
    }
  };
  for (const draft of drafts) {
    if (leftOut.has(draft)) continue;
    if (lines.length > 0) write(draft, '');
    if (draft.kind === 'struct') write(draft, ...structLines(draft, nameOf));
    else if (draft.kind === 'codec') write(draft, ...codecLines(draft, nameOf));
    else {
      write(draft, ...headLines(draft, nameOf));
      for (const message of draft.messages) {
        if (leftOut.has(message)) continue;
        write(message, '', ...messageLines(message, nameOf).map((line) => `  ${line}`));
      }
      write(draft, '}');
    }
  }
  return { text: lines.length === 0 ? '' : `${lines.join('\n')}\n`, owners };
}

type NameOf = (draft: Named) => string;

function structLines(struct: StructDraft, nameOf: NameOf): readonly string[] {
  return [
    ...docLines(struct.doc),
    `struct ${nameOf(struct)} {`,
    ...fieldLines(struct.fields, nameOf),
    '}',
  ];
}

function codecLines(codec: CodecDraft, nameOf: NameOf): readonly string[] {
  const name = nameOf(codec);
  // None for Python: there a codec is an object that encodes and decodes, which a packer is not.
  const place = `ts: "./codecs.ts#${codecExport(name)}"`;
  return [...docLines(codec.doc), `codec ${name}: ${codec.carrier} via { ${place} }`];
}

/** As py-ipv8 has it for a community that says nothing. */
const VERSION = 2;

function headLines(community: CommunityDraft, nameOf: NameOf): readonly string[] {
  const { doc, identity, isAbstract, parent, version } = community;
  const words = [
    isAbstract ? 'abstract community' : 'community',
    nameOf(community),
    ...(parent === undefined ? [] : ['extends', nameOf(parent)]),
    ...(version === VERSION ? [] : ['version', String(version)]),
    ...(identity === undefined ? [] : ['=', identity]),
    '{',
  ];
  return [...docLines(doc), words.join(' ')];
}

function messageLines(message: MessageDraft, nameOf: NameOf): readonly string[] {
  const { auth, doc, fields, id, isTimed, via } = message;
  const words = [
    auth,
    ...(isTimed ? ['timed'] : []),
    'message',
    nameOf(message),
    '=',
    String(id),
    ...(via.length === 0 ? [] : ['via', via.join(', ')]),
    '{',
  ];
  const head = words.join(' ');
  const inner = fieldLines(fields, nameOf);
  return [...docLines(doc), ...(inner.length === 0 ? [`${head}}`] : [head, ...inner, '}'])];
}

function fieldLines(fields: readonly FieldDraft[], nameOf: NameOf): readonly string[] {
  return fields.flatMap(({ constant, doc, name, type }) => {
    const text = typeText(type, nameOf);
    const line =
      constant === undefined ? `${name}: ${text}` : `const ${name}: ${text} = ${constant}`;
    return [...docLines(doc === undefined ? [] : [doc]), line].map((one) => `  ${one}`);
  });
}

function typeText(type: TypeText, nameOf: NameOf): string {
  return type.map((part) => (typeof part === 'string' ? part : nameOf(part))).join('');
}

/** Lines of text in front of a declaration; what would break a line is left out. */
function docLines(doc: readonly string[]): readonly string[] {
  return doc.map((line) => `/// ${line.replace(/[\p{Cc}\u2028\u2029\ufffd]/gu, ' ')}`.trimEnd());
}
