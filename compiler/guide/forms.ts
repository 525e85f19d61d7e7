/** Every form of the schema language with its syntax, in the order in which one learns them. */

export type Form = {
  readonly title: string;
  /** Rules of the grammar that read it. A test asks for every rule. */
  readonly rules: readonly string[];
  /** `[ ]` may be left out, `{ }` is repeated, `|` is a choice, words in capitals are names. */
  readonly syntax: readonly string[];
  readonly text: string;
  /** A schema without errors. */
  readonly example: string;
};

export const FORMS: readonly Form[] = [
  {
    title: 'Schema',
    rules: ['file', 'importDeclaration'],
    syntax: ['{ import "./OTHER.ipv8" } { declaration }'],
    text: `A file with declarations in any order. An import makes all declarations of another schema known here, but not what that schema imports itself. \`//\` begins a comment, \`///\` the documentation of what follows, which generated code repeats. Commas and line ends separate; there are no semicolons. Words are only special where they begin something: a field may be called \`message\`.`,
    example: `/// Where a peer is.
struct Place {
  address: ip
}
`,
  },
  {
    title: 'Community',
    rules: ['community', 'clause', 'identity', 'member'],
    syntax: [
      'community NAME [extends NAME] [version NUMBER] = identity { … }',
      'abstract community NAME [extends NAME] { … }',
      'identity: hex"40 digits" | sha1("text") | master("base64") | dynamic',
    ],
    text: `An overlay: its 20 bytes of identity, its version (2 when left out) and its messages. \`sha1\` hashes a text, \`master\` the public key of a master peer; \`dynamic\` is given when the overlay starts. Without \`=\` a community shares the identity of the one it extends. An abstract one is only extended. Ids 231 to 255 belong to the introduction protocol, which every community speaks.`,
    example: `community Chat version 1 = sha1("chat") {
}

community ChatWithRooms extends Chat version 1 {
}
`,
  },
  {
    title: 'Message',
    rules: ['message', 'via'],
    syntax: [
      'signed|unsigned [timed] message NAME = ID [via carrier {, carrier}] { fields }',
      'carrier: socket | cell | data',
    ],
    text: `One kind of packet and its one-byte id. \`signed\` messages begin with the sender's key and end with its signature, and their handler is given a verified peer; of \`unsigned\` ones only the address is known. One of both must be said. \`timed\` puts the overlay's global time in front of the fields. \`via\` says how it travels: alone (\`socket\`, the default), in a cell of a tunnel, or as a tunnel's data. What travels in cells begins with \`circuit_id: u32\`.`,
    example: `community Chat = sha1("chat") {
  signed timed message Say = 1 { text: string<u16, ..400> }
  unsigned message Knock = 2 via cell, socket { circuit_id: u32 }
}
`,
  },
  {
    title: 'Overriding message',
    rules: ['override'],
    syntax: ['signed|unsigned [timed] message NAME overrides NAME { fields }'],
    text: `Stands in front of a message of a community that is extended, under the same id. It is tried first; when one of its constants does not match, the other message's layout is read.`,
    example: `community Chat = sha1("chat") {
  signed message Hello = 1 { name: rest }
}

community NewChat extends Chat {
  signed message MarkedHello overrides Hello {
    const mark: u8 = 0x59
    name: rest
  }
}
`,
  },
  {
    title: 'Reserved ids',
    rules: ['reserved', 'reservedRange'],
    syntax: ['reserved ID | ID..ID {, ID | ID..ID} [for NAME]'],
    text: `Ids that no message of the community and of those that extend it may take. Reserve the id of every message you remove: peers of older versions go on sending it. \`for\` keeps ids for one community.`,
    example: `community Chat = sha1("chat") {
  reserved 4, 7..10 for ChatWithRooms
}

community ChatWithRooms extends Chat {
  signed message Enter = 7 {}
}
`,
  },
  {
    title: 'Request',
    rules: ['request', 'requestClause'],
    syntax: [
      'request NAME(MESSAGE): MESSAGE by FIELD [timeout DURATION] [retry COUNT]',
      'DURATION: NUMBERs | NUMBERms',
    ],
    text: `Pairs two messages by a field that both have. Without \`timeout\` it waits ten seconds; without \`retry\` it asks once.

The generated \`requestPing(overlay, peer)\` takes the other fields of the question and resolves with the answer, or with the reason why there is none. The number is drawn at random. The question's handler returns the other fields of the answer, or \`undefined\` for none; an answer has no handler.

Where the question or the answer travels only in cells of a tunnel (\`via cell\`), the request is in the protocol but has no function: a function sends to a peer or an address, and a cell goes into a circuit. Whoever carries cells asks there.`,
    example: `community Chat = sha1("chat") {
  signed message Ping = 1 { identifier: u32 }
  signed message Pong = 2 { identifier: u32 }
  request ping(Ping): Pong by identifier timeout 2s retry 1
}
`,
  },
  {
    title: 'Fields',
    rules: ['fields', 'field', 'value'],
    syntax: ['NAME: type [range]', 'const NAME: type = value'],
    text: `Their order is their order on the wire; there are no tags and no defaults. A range (\`1..65535\`) limits an integer. A constant is written by encoding and checked by decoding, and is no property of the class.`,
    example: `struct Service {
  const kind: u8 = 0x01
  port: u16 1..65535
  name: string<u8>
}
`,
  },
  {
    title: 'Types',
    rules: ['type', 'size', 'typeArguments', 'bound', 'expression'],
    syntax: [
      'NAME | inline NAME',
      'bytes[SIZE] | bytes<PREFIX[, bound]> | string<PREFIX[, bound]>',
      'list<type, PREFIX[, bound]> | list<type, rest> | array<ELEMENT[, bound]>',
      'bound: ..MAX | MIN..MAX | ..MAX send ..MAX',
      'PREFIX: u8 | u16 | u32',
    ],
    text: `Every length in front of something is said, and every limit can be. A bound counts bytes of \`bytes\` and \`string\`, elements of lists. It is what decoding accepts; \`send\` limits what encoding writes more tightly. Bounds are checked before anything is allocated, and they feed the size of the largest packet.`,
    example: `const TEXT_MAX = 400

struct Page {
  hash: bytes[20]
  text: string<u16, ..TEXT_MAX>
  links: list<bytes<u16, ..64>, u8, ..8 send ..7>
}
`,
  },
  {
    title: 'Bits',
    rules: ['bits', 'bitsMember'],
    syntax: ['bits { MEMBER[COUNT] | MEMBER | MEMBER: ENUM[COUNT] | _[COUNT] {, …} }'],
    text: `The eight bits of one byte, the high bit first. \`_\` is sent as 0 and ignored.`,
    example: `enum Link { unknown = 0, public = 1 }

struct Head {
  flags: bits { link: Link[2], is_new, _[5] }
}
`,
  },
  {
    title: 'Struct',
    rules: ['struct'],
    syntax: ['struct NAME { fields }'],
    text: `Fields that belong together. As a field's type it is framed: a u16 length stands in front. \`inline\` leaves the length out.`,
    example: `struct Point { x: i32, y: i32 }

struct Line {
  from: inline Point
  to: inline Point
}
`,
  },
  {
    title: 'Enum and flags',
    rules: ['enumeration', 'enumMember'],
    syntax: [
      'enum NAME[: PREFIX] { NAME = NUMBER {, …} }',
      'flags NAME: PREFIX { NAME = BIT {, …} }',
    ],
    text: `Names of numbers, and of single bits. Both are open: what has no name is kept and written back. An enum without a width stands in \`bits\` only.`,
    example: `enum Reason: u16 { unknown = 1, full = 2 }

flags Ability: u16 { relay = 1, exit = 2, seed = 0x8000 }
`,
  },
  {
    title: 'Union',
    rules: ['variant'],
    syntax: ['union NAME: PREFIX { TAG: STRUCT {, …} }'],
    text: `A tag and the struct it stands for. A union is closed: other tags are refused.`,
    example: `struct Text { text: string<u16> }
struct Picture { data: bytes<u16> }

union Content: u8 { 1: Text, 2: Picture }
`,
  },
  {
    title: 'Constant',
    rules: ['constDeclaration'],
    syntax: ['const NAME = NUMBER'],
    text: `A number with a name, for sizes, bounds, ids and values.`,
    example: `const HASH_SIZE = 20

struct Block { hash: bytes[HASH_SIZE] }
`,
  },
  {
    title: 'Codec',
    rules: ['codec', 'codecTarget'],
    syntax: ['codec NAME: type via { ts: "./FILE.ts#EXPORT" [, py: "MODULE:NAME"] }'],
    text: `A type whose values your own code makes from what is on the wire, for what cannot be declared. What it throws is an error of decoding or encoding.`,
    example: `codec json: string<u16> via { ts: "./json.ts#json", py: "app.codecs:json" }

struct Note { content: json }
`,
  },
  {
    title: 'Vector',
    rules: ['vector', 'object', 'objectEntry', 'literal', 'list'],
    syntax: [
      'vector "NAME" TYPE { FIELD: literal {, FIELD: literal} } = hex"…"',
      'malformed "NAME" TYPE hex"…"',
      'literal: 7 | -1 | 1.5 | true | hex"00" | "text" | MEMBER | 1.2.3.4:80 | [::1]:80 | [literal, …] | { … } | VARIANT { … }',
    ],
    text: `Bytes of a struct or message with the value that they stand for, or bytes that decoding must refuse. The compiler compares them with the layout, and with \`"tests"\` in the configuration they become tests of the generated code.`,
    example: `struct Place { address: ipv4, name: string<u8> }

vector "here" Place { address: 127.0.0.1:8090, name: "a" } = hex"7f0000011f9a0161"
malformed "half an address" Place hex"7f0000"
`,
  },
  {
    title: 'Allow',
    rules: ['allow'],
    syntax: ['#allow(GROUP/CODE, "REASON")'],
    text: `Takes away one kind of warning from what it stands in front of: a declaration, a message, a request, a field or a member. Errors cannot be allowed, and an allow that takes away nothing is a warning itself.`,
    example: `struct Peer {
  #allow(style/field-name, "as the other side calls it")
  publicKey: bytes<u16>
}
`,
  },
];

/** Rules that read what is no part of the language, so that its neighbours survive. */
export const RECOVERY_RULES: readonly string[] = ['junk', 'stray', 'unknown', 'deep'];
