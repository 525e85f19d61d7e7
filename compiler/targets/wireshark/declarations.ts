/** Structs, unions, enums and messages, each as a part of the Lua file. */
import type { Community, Enum, Field, Message, Place, Struct, Union } from '../../ir/model.ts';
import { typeText } from '../../ir/type-text.ts';
import { readLines } from './field-reads.ts';
import { snakeCase } from './filter-names.ts';
import { comment, indented, member, quote, valueNames } from './lua-text.ts';
import { type FieldScope, protoFieldLine, protoFields } from './proto-fields.ts';

export function enumText({ members, name, place }: Enum, { prefix }: FieldScope): string {
  const names = valueNames(members.map((one) => [one.value, one.name] as const));
  return [
    `-- enum ${name} (${placeText(place)})`,
    `${member('values', `${prefix}${name}`)} = ${names}`,
  ].join('\n');
}

export function structText({ doc, fields, name, place }: Struct, scope: FieldScope): string {
  const filter = scope.names.claim(`ipv8.${snakeCase(name)}`);
  const declared = declareLines(fields, { filter, scope, itself: [] });
  return blockText(
    [`struct ${name} (${placeText(place)})`, doc],
    [
      ...declared,
      `${member('structs', `${scope.prefix}${name}`)} = function(r, tree)`,
      ...indented(fieldLines(fields, { scope, kept: NOTHING_KEPT })),
      'end',
    ],
  );
}

export function unionText({ bits, doc, name, place, variants }: Union, scope: FieldScope): string {
  const filter = scope.names.claim(`ipv8.${snakeCase(name)}`);
  const names = valueNames(variants.map(({ structName, tag }) => [tag, structName] as const));
  const readers = variants.map(
    ({ structName, tag }) => `[${tag}] = ${member('structs', `${scope.prefix}${structName}`)}`,
  );
  const tag = quote(scope.names.claim(`${filter}.tag`));
  return blockText(
    [`union ${name} (${placeText(place)})`, doc],
    [
      `local f = declare({ tag = ProtoField.uint${bits}(${tag}, "tag", base.DEC, ${names}) })`,
      `${member('structs', `${scope.prefix}${name}`)} = function(r, tree)`,
      `  variant(r, tree, f.tag, ${bits / 8}, { ${readers.join(', ')} })`,
      'end',
    ],
  );
}

/** What is to be known of a message beside itself. */
export type MessageOptions = {
  readonly scope: FieldScope;
  /** Fields whose numbers pair it with another message. */
  readonly kept: ReadonlySet<string>;
  /** True for what carries the messages that have `via cell`. */
  readonly isCell: boolean;
};

export function messageText(
  community: Community,
  message: Message,
  { isCell, kept, scope }: MessageOptions,
): string {
  const { auth, doc, fields, id, isTimed, name, overrides, place, via } = message;
  const wanted = `ipv8.${snakeCase(community.name)}.${snakeCase(name)}`;
  const filter = scope.names.claim(wanted);
  const itself = `ProtoField.none(${quote(filter)}, ${quote(name)}${doc === '' ? '' : `, ${quote(doc)}`}),`;
  const isInCells = via.includes('cell') && fields[0]?.name === CIRCUIT_ID;
  const facts = [
    `name = ${quote(name)}, words = ${quote(snakeCase(name).replaceAll('_', '-'))},`,
    ...(community.identity.kind === 'abstract' ? [] : [`community = ${quote(community.name)},`]),
    `is_signed = ${auth === 'signed'}, is_timed = ${isTimed}, is_override = ${overrides !== undefined},`,
    `is_in_cells = ${isInCells}, asks = {}, answers = {},`,
    'field = f[1],',
  ];
  const lines = isCell ? cellLines(fields, { scope, kept }) : fieldLines(fields, { scope, kept });
  const time = isTimed ? ' timed' : '';
  const head = `${auth}${time} message ${name} = ${id} of ${community.name} (${placeText(place)})`;
  return blockText(
    [head, doc],
    [
      ...declareLines(fields, { filter, scope, itself: [itself] }),
      `${messageKey(community, message, scope)} = {`,
      ...indented([
        ...facts,
        `read = function(r, tree${isInCells ? ', is_in_cell' : ''})`,
        ...indented(isInCells ? behindCircuit(lines) : lines),
        'end,',
      ]),
      '}',
    ],
  );
}

/** `messages["Dht.FindRequest"]`. */
export function messageKey(
  community: Pick<Community, 'name'>,
  message: Pick<Message, 'name'>,
  { prefix }: Pick<FieldScope, 'prefix'>,
): string {
  return `messages[${quote(`${prefix}${community.name}.${message.name}`)}]`;
}

/** The first field of a message that has `via cell`; in a cell, the cell has it. */
const CIRCUIT_ID = 'circuit_id';

const NOTHING_KEPT: ReadonlySet<string> = new Set();

function behindCircuit([first = '', ...others]: readonly string[]): readonly string[] {
  return [`if not is_in_cell then ${first} end`, ...others];
}

type FieldLines = { readonly scope: FieldScope; readonly kept: ReadonlySet<string> };

function fieldLines(fields: readonly Field[], { kept, scope }: FieldLines): readonly string[] {
  return fields.flatMap((field) => readLines(field, { scope, isKept: kept.has(field.name) }));
}

/** A cell says of its last field whether it is encrypted. */
function cellLines(fields: readonly Field[], options: FieldLines): readonly string[] {
  const name = fields.at(-1)?.name ?? '';
  const before = fields.slice(0, -1).flatMap((field) => {
    const lines = fieldLines([field], options);
    return field.name === PLAINTEXT ? lines.map((line) => `local is_plaintext = ${line}`) : lines;
  });
  const last = `cell_content(r, tree, ${member('f', name)}, ${quote(name)}, is_plaintext)`;
  return [...before, last];
}

/** The field of a cell that says whether what it carries can be read. */
const PLAINTEXT = 'plaintext';

/** True for the message that carries others: a circuit's id, whether they are encrypted, and they. */
export function carriesMessages({ fields }: Message): boolean {
  const [first, second] = fields;
  return (
    first?.name === CIRCUIT_ID &&
    second?.name === PLAINTEXT &&
    second.type.kind === 'bool' &&
    fields.at(-1)?.type.kind === 'rest'
  );
}

function declareLines(
  fields: readonly Field[],
  given: {
    readonly filter: string;
    readonly scope: FieldScope;
    readonly itself: readonly string[];
  },
): readonly string[] {
  const { filter, itself, scope } = given;
  const lines = fields.flatMap((field) => [
    `-- ${field.constant === undefined ? '' : 'const '}${field.name}: ${typeText(field.type)}`,
    ...protoFields(field, { filter, scope }).map(protoFieldLine),
  ]);
  if (lines.length === 0 && itself.length === 0) return [];
  return ['local f = declare({', ...indented([...itself, ...lines]), '})'];
}

function blockText(head: readonly string[], lines: readonly string[]): string {
  return [...head.flatMap(comment), 'do', ...indented(lines), 'end'].join('\n');
}

function placeText({ line, path }: Place): string {
  return `${path}:${line}`;
}
