/** The same messages in the languages of others, which have no addresses of their own. */
import type { MessageName } from './messages.ts';

/** A field's type; in a list when the list holds it alone. */
type Field = Scalar | StructName | readonly [Scalar | StructName];
type Scalar = 'bool' | 'u8' | 'u16' | 'u32' | 'bytes';
type StructName = 'Host' | 'Node' | 'Peer';

const INTRODUCTION: Readonly<Record<string, Field>> = {
  destination: 'Host',
  sourceLan: 'Host',
  sourceWan: 'Host',
  identifier: 'u16',
  extra: 'bytes',
  connection: 'u8',
};

/** Structs before what holds them. */
const TYPES: Readonly<Record<StructName | MessageName, Readonly<Record<string, Field>>>> = {
  Host: { bits: 'u32', port: 'u16' },
  Node: { address: 'Host', publicKey: 'bytes' },
  Peer: { address: 'Host', key: 'bytes', seederKey: 'bytes', source: 'u8' },
  Clock: { clock: 'u32' },
  IntroductionRequest: { ...INTRODUCTION, advice: 'bool' },
  IntroductionResponse: { ...INTRODUCTION, introducedLan: 'Host', introducedWan: 'Host' },
  FindRequest: {
    identifier: 'u32',
    lan: 'Host',
    target: 'bytes',
    offset: 'u32',
    forceNodes: 'bool',
  },
  StoreRequest: { identifier: 'u32', token: 'bytes', target: 'bytes', values: ['bytes'] },
  FindResponse: { identifier: 'u32', token: 'bytes', nodes: ['Node'] },
  Data: { circuitId: 'u32', destination: 'Host', origin: 'Host', data: 'bytes' },
  PeersResponse: { circuitId: 'u32', identifier: 'u16', infoHash: 'bytes', peers: ['Peer'] },
};

/** Numbers that may be anything are shortest with a fixed width, the others with a varying one. */
const PROTO: Readonly<Record<Scalar, string>> = {
  bool: 'bool',
  u8: 'uint32',
  u16: 'uint32',
  u32: 'fixed32',
  bytes: 'bytes',
};

/** For protobuf. */
export function protoText(): string {
  const messages = Object.entries(TYPES).map(([name, fields]) => {
    const lines = Object.entries(fields).map(([field, type], at) => {
      const [prefix, one] = typeof type === 'string' ? ['', type] : ['repeated ', type[0]];
      return `  ${prefix}${isScalar(one) ? PROTO[one] : one} ${field} = ${at + 1};\n`;
    });
    return `message ${name} {\n${lines.join('')}}\n`;
  });
  return `syntax = "proto3";\npackage bench;\n${messages.join('')}`;
}

const BEBOP: Readonly<Record<Scalar, string>> = {
  bool: 'bool',
  u8: 'byte',
  u16: 'uint16',
  u32: 'uint32',
  bytes: 'byte[]',
};

/** For bebop, which wants no field with the name of its struct. */
export function bebopText(): string {
  const structs = Object.entries(TYPES).map(([name, fields]) => {
    const lines = Object.entries(fields).map(([field, type]) => {
      const [one, suffix] = typeof type === 'string' ? [type, ''] : [type[0], '[]'];
      return `  ${isScalar(one) ? BEBOP[one] : `${one}Struct`}${suffix} ${field};\n`;
    });
    return `struct ${name}Struct {\n${lines.join('')}}\n`;
  });
  return structs.join('\n');
}

const HYPERSCHEMA: Readonly<Record<Scalar, string>> = {
  bool: 'bool',
  u8: 'uint8',
  u16: 'uint16',
  u32: 'uint32',
  bytes: 'buffer',
};

/** For hyperschema: what its program registers. */
export function hyperschemaTypes(): readonly object[] {
  return Object.entries(TYPES).map(([name, fields]) => ({
    name,
    // What never grows needs no length around it.
    compact: true,
    fields: Object.entries(fields).map(([field, type]) => {
      const one = typeof type === 'string' ? type : type[0];
      return {
        name: field,
        type: isScalar(one) ? HYPERSCHEMA[one] : `@bench/${one}`,
        required: true,
        array: typeof type !== 'string',
      };
    }),
  }));
}

function isScalar(name: Scalar | StructName): name is Scalar {
  return Object.hasOwn(PROTO, name);
}
