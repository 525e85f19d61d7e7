/** The same messages for every compiler: a number, 20 bytes, a text, and up to eight lists of bytes. */

/** Files of one compilation, by path. */
export type Files = Readonly<Record<string, string>>;

/** A community has at most this many messages here; ids end at 255. */
const COMMUNITY_SIZE = 200;

/** How many messages, in how many files. */
export type Size = { readonly messages: number; readonly files: number };

/** What a compiler is given. */
export type Language = 'ipv8' | 'proto' | 'tsp' | 'bop' | 'json';

/** Schemas of that size in one of the languages. */
export function schemas({ messages, files }: Size, language: Language): Files {
  const share = Math.ceil(messages / files);
  const made: Record<string, string> = {};
  for (let file = 0; file * share < messages; file++) {
    const first = file * share;
    const count = Math.min(share, messages - first);
    const numbers = Array.from({ length: count }, (_, at) => first + at);
    made[`schemas/bench${file}.${language}`] = LANGUAGES[language](numbers);
  }
  return made;
}

const LANGUAGES: Readonly<Record<Language, (numbers: readonly number[]) => string>> = {
  ipv8: ipv8Schema,
  proto: (numbers) => `syntax = "proto3";\npackage bench;\n${numbers.map(protoMessage).join('')}`,
  tsp: (numbers) => numbers.map(typeSpecModel).join(''),
  bop: (numbers) => numbers.map(bebopStruct).join(''),
  json: (numbers) => JSON.stringify(numbers.map(hyperschemaStruct)),
};

/** A schema of ours whose messages carry those numbers. */
export function ipv8Schema(numbers: readonly number[]): string {
  const parts: string[] = [];
  for (let at = 0; at < numbers.length; at += COMMUNITY_SIZE) {
    const some = numbers.slice(at, at + COMMUNITY_SIZE);
    const name = `Bench${some[0] ?? 0}`;
    const messages = some.map(
      (number, id) => `
  /// Message ${number}.
  signed message Ping${number} = ${id} {
    identifier: u32
    target: bytes[20]
    name: string<u16, ..100>
    values: list<bytes<u16, ..100>, u8, ..8>
  }
`,
    );
    parts.push(`/// ${name}.\ncommunity ${name} = sha1("${name}") {\n${messages.join('')}}\n`);
  }
  return parts.join('\n');
}

function protoMessage(number: number): string {
  return `
// Message ${number}.
message Ping${number} {
  uint32 identifier = 1;
  bytes target = 2;
  string name = 3;
  repeated bytes values = 4;
}
`;
}

function typeSpecModel(number: number): string {
  return `
/** Message ${number}. */
model Ping${number} {
  identifier: uint32;
  target: bytes;
  name: string;
  values: bytes[];
}
`;
}

function bebopStruct(number: number): string {
  return `
/* Message ${number}. */
struct Ping${number} {
  uint32 identifier;
  byte[] target;
  string name;
  byte[][] values;
}
`;
}

function hyperschemaStruct(number: number): object {
  const field = (name: string, type: string) => ({ name, type, required: true });
  return {
    name: `ping-${number}`,
    fields: [
      field('identifier', 'uint32'),
      field('target', 'buffer'),
      field('name', 'string'),
      { ...field('values', 'buffer'), array: true },
    ],
  };
}
