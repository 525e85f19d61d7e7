/** What can stand in a place, by the brackets around it and the words in front. */
import type { CommunityNode, DeclarationNode, MessageNode } from '../ast/nodes.ts';
import { freeIds } from '../check/message-ids.ts';
import { BUILT_IN_DOCS } from './built-ins.ts';
import { CARRIERS, KEYWORDS } from './keywords.ts';
import type { Frame, Spot } from './spot.ts';
import type { View } from './view.ts';

/** Something that can be written. */
export type Candidate = {
  readonly text: string;
  readonly kind: 'Keyword' | 'Class' | 'Struct' | 'Enum' | 'Constant' | 'Event' | 'Field' | 'Value';
  readonly doc: string;
  /** The schema that has to be imported for it. */
  readonly from?: string;
};

type DeclarationKind = DeclarationNode['kind'];

const TYPE_KINDS: readonly DeclarationKind[] = ['struct', 'enum', 'flags', 'union', 'codec'];
const PREFIXES = ['u8', 'u16', 'u32'];

/** The likeliest first. */
export function candidatesAt(view: View, { frames }: Spot): readonly Candidate[] {
  const frame = frames.at(-1);
  if (frame === undefined) return [];
  switch (frame.body) {
    case 'file':
      return inFile(view, frame);
    case 'community':
      return inCommunity(view, frames, frame);
    case 'fields':
      return inFields(view, frame);
    case 'members':
      return frame.entry.at(-1) === '=' ? declared(view, ['const']) : [];
    case 'variants':
      return frame.entry.at(-1) === ':' ? declared(view, ['struct']) : [];
    case 'bits':
      return frame.entry.at(-1) === ':' ? declared(view, ['enum']) : [];
    case 'type-parameters':
      return inParameters(view, frame);
    case 'size':
      return declared(view, ['const']);
    case 'parentheses':
      return frame.head[0] === 'request' ? messagesOf(family(view, frames)) : [];
    case 'object':
      return inObject(view, frames, frame);
    case 'targets':
      return frame.entry.length === 0 ? words({ ts: 'TypeScript.', py: 'Python.' }) : [];
  }
}

function inFile(view: View, { entry }: Frame): readonly Candidate[] {
  const [first, last] = [entry[0], entry.at(-1)];
  if (last === undefined) {
    return keywords(
      'struct',
      'community',
      'enum',
      'flags',
      'union',
      'const',
      'import',
      'abstract',
      'codec',
      'vector',
      'malformed',
    );
  }
  if (last === 'extends') return declared(view, ['community']);
  if (entry.includes('community')) {
    if (last === '=') return keywords('sha1', 'master', 'hex', 'dynamic');
    return entry.includes('=') || entry.at(-1) === 'community'
      ? []
      : keywords('extends', 'version');
  }
  if (first === 'abstract') return keywords('community');
  if (first === 'codec') return last === ':' ? types(view) : last === '>' ? keywords('via') : [];
  if (last === ':') return builtIns(PREFIXES);
  if (first === 'const') return last === '=' ? keywords('hex') : [];
  const isVector = first === 'vector' || first === 'malformed';
  return isVector && last.startsWith('"')
    ? [...declared(view, ['struct']), ...messagesOf(communitiesIn(view))]
    : [];
}

function inCommunity(view: View, frames: readonly Frame[], { entry }: Frame): readonly Candidate[] {
  const last = entry.at(-1);
  if (last === undefined) return keywords('signed', 'unsigned', 'request', 'reserved');
  const relatives = family(view, frames);
  if (entry[0] === 'reserved')
    return last === 'for' ? declared(view, ['community']) : keywords('for');
  if (entry[0] === 'request') return inRequest(relatives, entry);
  if (last === 'overrides') return messagesOf(relatives.slice(1));
  const via = entry.indexOf('via');
  if (via >= 0) return last === 'via' || last === ',' ? unused(words(CARRIERS), entry) : [];
  if (entry.includes('message')) {
    if (last === '=') return idsOf(view, relatives[0]);
    return entry.includes('=')
      ? keywords('via')
      : last === 'message'
        ? []
        : keywords('overrides', 'via');
  }
  return last === 'timed' ? keywords('message') : keywords('message', 'timed');
}

function inRequest(
  relatives: readonly CommunityNode[],
  entry: readonly string[],
): readonly Candidate[] {
  const last = entry.at(-1);
  if (last === ':') return messagesOf(relatives);
  if (last === 'by') return commonFields(relatives);
  if (last === 'timeout' || last === 'retry' || !entry.includes(':')) return [];
  return unused(keywords('by', 'timeout', 'retry'), entry);
}

/** Fields that two messages have: what a request can go by. */
function commonFields(relatives: readonly CommunityNode[]): readonly Candidate[] {
  const counts = new Map<string, number>();
  for (const { fields } of relatives.flatMap(({ messages }) => messages)) {
    for (const { name } of fields) counts.set(name.text, (counts.get(name.text) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count > 1)
    .map(([text]) => ({ text, kind: 'Field', doc: '' }));
}

function inFields(view: View, { entry }: Frame): readonly Candidate[] {
  const last = entry.at(-1);
  if (last === undefined) return keywords('const');
  if (last === ':') return [...keywords('inline'), ...types(view)];
  if (last === 'inline') return declared(view, ['struct', 'union']);
  if (last === '=')
    return [...keywords('hex'), ...words({ true: '', false: '' }), ...declared(view, ['const'])];
  return last === '..' ? declared(view, ['const']) : [];
}

function inParameters(view: View, { commas, entry, head }: Frame): readonly Candidate[] {
  const [outer, last] = [head.at(-1), entry.at(-1)];
  if (last === '..') return declared(view, ['const']);
  if (last === 'inline') return declared(view, ['struct', 'union']);
  if (last !== undefined) return last === 'send' ? [] : keywords('send');
  if (outer === 'array') return commas === 0 ? builtIns(['i64', 'f64', 'bool']) : [];
  if (outer !== 'list') return commas === 0 ? builtIns(PREFIXES) : [];
  if (commas === 0) return [...keywords('inline'), ...types(view)];
  return commas === 1 ? builtIns([...PREFIXES, 'rest']) : [];
}

/** Only the outermost value of a vector has a type that its head names. */
function inObject(view: View, frames: readonly Frame[], frame: Frame): readonly Candidate[] {
  const depth = frames.filter(({ body }) => body === 'object').length;
  if (depth !== 1 || frame.entry.length > 0) return [];
  const name = frame.head.at(-1) ?? '';
  const found = view.symbols.findAnywhere(name);
  const owner =
    found?.kind === 'struct'
      ? found
      : communitiesIn(view)
          .flatMap(({ messages }) => messages)
          .find((message) => message.name.text === name);
  return (owner?.fields ?? [])
    .filter(({ isConstant }) => !isConstant)
    .map((field) => ({ text: field.name.text, kind: 'Field', doc: field.doc }));
}

function communitiesIn({ schema }: View): readonly CommunityNode[] {
  return schema.declarations.filter((node) => node.kind === 'community');
}

/** The community around the place and its ancestors. */
function family(view: View, frames: readonly Frame[]): readonly CommunityNode[] {
  const head = frames.find(({ body }) => body === 'community')?.head ?? [];
  const found = view.symbols.findAnywhere(head[head.indexOf('community') + 1] ?? '');
  return found?.kind === 'community' ? [found, ...view.symbols.ancestorsOf(found)] : [];
}

function messagesOf(communities: readonly CommunityNode[]): readonly Candidate[] {
  return communities
    .flatMap(({ messages }): readonly MessageNode[] => messages)
    .map(({ doc, name }) => ({ text: name.text, kind: 'Event', doc }));
}

function idsOf(view: View, community: CommunityNode | undefined): readonly Candidate[] {
  if (community === undefined) return [];
  return freeIds(view, community).map((id) => ({ text: String(id), kind: 'Value', doc: '' }));
}

function types(view: View): readonly Candidate[] {
  return [...declared(view, TYPE_KINDS), ...words(BUILT_IN_DOCS)];
}

/** Those of the schema and its imports first, then those that an import would bring. */
function declared(view: View, kinds: readonly DeclarationKind[]): readonly Candidate[] {
  const [near, far]: [Candidate[], Candidate[]] = [[], []];
  const { source } = view.schema;
  for (const { doc, kind, name } of view.symbols.all()) {
    if (!kinds.includes(kind)) continue;
    const candidate = { text: name.text, kind: KINDS[kind], doc };
    const here = { text: name.text, span: { source, start: 0, end: 0 } };
    if (view.symbols.find(here) !== undefined) near.push(candidate);
    else far.push({ ...candidate, from: name.span.source.path });
  }
  return [...near, ...far];
}

const KINDS = {
  community: 'Class',
  struct: 'Struct',
  enum: 'Enum',
  flags: 'Enum',
  union: 'Struct',
  codec: 'Struct',
  const: 'Constant',
} as const;

function keywords(...texts: readonly string[]): readonly Candidate[] {
  return texts.map((text) => ({ text, kind: 'Keyword', doc: KEYWORDS[text] ?? '' }));
}

function builtIns(texts: readonly string[]): readonly Candidate[] {
  return texts.map((text) => ({ text, kind: 'Keyword', doc: BUILT_IN_DOCS[text] ?? '' }));
}

function words(docs: Readonly<Record<string, string>>): readonly Candidate[] {
  return Object.entries(docs).map(([text, doc]) => ({ text, kind: 'Keyword', doc }));
}

function unused(candidates: readonly Candidate[], entry: readonly string[]): readonly Candidate[] {
  return candidates.filter(({ text }) => !entry.includes(text));
}
