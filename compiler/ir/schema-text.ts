/**
 * Modules back into the schema language, in one form whatever the order and the words they were
 * declared with: names are sorted, messages by their ids, constants are numbers, comments and
 * vectors are left out. What is on the wire reads back the same.
 */
import type {
  Codec,
  Community,
  ConstantValue,
  Declaration,
  Enum,
  Field,
  Flags,
  Message,
  Module,
  Request,
  Reserved,
  Struct,
  Union,
} from './model.ts';
import { typeText } from './type-text.ts';

export type SchemaTextOptions = {
  /** What a schema writes to import the module of that path. */
  readonly specifierOf: (path: string) => string;
  /** A comment in front of a message, without its slashes; empty for none. */
  readonly remarkOn: (message: Message) => string;
};

/** The text of one schema. */
export function schemaText(module: Module, options: SchemaTextOptions): string {
  const imports = module.imports.map((path) => {
    return `import ${JSON.stringify(options.specifierOf(path))}\n`;
  });
  const parts = module.declarations
    .toSorted((a, b) => rankOf(a) - rankOf(b) || (a.name < b.name ? -1 : 1))
    .map((one) => declarationText(one, options));
  const head = imports.toSorted().join('');
  return (head === '' ? parts : [head, ...parts]).join('\n');
}

const RANKS = ['codec', 'enum', 'flags', 'union', 'struct', 'community'] as const;

function rankOf({ kind }: Declaration): number {
  return RANKS.indexOf(kind);
}

function declarationText(declaration: Declaration, options: SchemaTextOptions): string {
  switch (declaration.kind) {
    case 'codec':
      return codecText(declaration);
    case 'enum':
    case 'flags':
      return enumText(declaration);
    case 'union':
      return unionText(declaration);
    case 'struct':
      return structText(declaration);
    case 'community':
      return communityText(declaration, options);
  }
}

function codecText({ name, carrier, targets }: Codec): string {
  const entries = Object.entries(targets).map(([key, at]) => `${key}: ${JSON.stringify(at)}`);
  return `codec ${name}: ${typeText(carrier)} via { ${entries.toSorted().join(', ')} }\n`;
}

function enumText({ kind, name, bits, members }: Enum | Flags): string {
  const lines = members
    .toSorted((a, b) => a.value - b.value)
    .map((member) => `${member.name} = ${member.value}`);
  return block(`${kind} ${name}${bits === undefined ? '' : `: u${bits}`}`, lines);
}

function unionText({ name, bits, variants }: Union): string {
  const lines = variants
    .toSorted((a, b) => a.tag - b.tag)
    .map(({ tag, structName }) => `${tag}: ${structName}`);
  return block(`union ${name}: u${bits}`, lines);
}

function structText({ name, fields }: Struct): string {
  return block(`struct ${name}`, fields.map(fieldText));
}

function fieldText({ name, type, constant }: Field): string {
  const value = constant === undefined ? '' : ` = ${constantText(constant)}`;
  const word = constant === undefined ? '' : 'const ';
  return `${word}${name}: ${typeText(type)}${value}`;
}

function constantText(constant: ConstantValue): string {
  return constant.kind === 'bytes' ? `hex"${constant.hex}"` : String(constant.value);
}

function communityText(community: Community, { remarkOn }: SchemaTextOptions): string {
  const { name, parent, version, identity, messages, requests, reserved } = community;
  const words = [
    ...(identity.kind === 'abstract' ? ['abstract'] : []),
    `community ${name}`,
    ...(parent === undefined ? [] : [`extends ${parent}`]),
    `version ${version}`,
    ...(identity.kind === 'fixed' ? [`= hex"${identity.communityId}"`] : []),
    ...(identity.kind === 'dynamic' ? ['= dynamic'] : []),
  ];
  const lines = [
    ...reserved.toSorted((a, b) => a.from - b.from || a.to - b.to).map(reservedText),
    ...messages
      .toSorted((a, b) => a.id - b.id || (a.name < b.name ? -1 : 1))
      .map((one) => `${remarkOn(one) && `// ${remarkOn(one)}\n`}${messageText(one)}`),
    ...requests.toSorted((a, b) => (a.name < b.name ? -1 : 1)).map(requestText),
  ];
  return block(words.join(' '), lines);
}

function reservedText({ from, to, owner }: Reserved): string {
  const range = from === to ? `${from}` : `${from}..${to}`;
  return `reserved ${range}${owner === undefined ? '' : ` for ${owner}`}`;
}

function messageText(message: Message): string {
  const { name, id, auth, isTimed, overrides, via, fields } = message;
  const identity = overrides === undefined ? `= ${id}` : `overrides ${overrides}`;
  const carriers = via.join(', ');
  const road = carriers === 'socket' ? '' : ` via ${carriers}`;
  const words = `${auth}${isTimed ? ' timed' : ''} message ${name} ${identity}${road}`;
  return block(words, fields.map(fieldText)).trimEnd();
}

function requestText({ name, request, response, by, timeoutMs, retries }: Request): string {
  const head = `request ${name}(${request}): ${response} by ${by}`;
  return `${head} timeout ${timeoutMs}ms retry ${retries}`;
}

function block(head: string, members: readonly string[]): string {
  if (members.length === 0) return `${head} {}\n`;
  const body = members.join('\n').replaceAll(/^/gm, '  ');
  return `${head} {\n${body}\n}\n`;
}
