/** The built-in types, measured and compiled: the reference says what the compiler does. */
import { emit } from '../emit/emitter.ts';
import { createLayout, type Size } from '../ir/layout.ts';
import type { Struct } from '../ir/model.ts';
import { loadProgram } from '../program/program.ts';

export type TypeRow = {
  /** As a schema writes it. */
  readonly type: string;
  /** How py-ipv8 calls it in a format list; empty where it has no word for it. */
  readonly format: string;
  readonly size: Size;
  /** Of the generated property. */
  readonly typescript: string;
};

/** Spelling → format of py-ipv8 (messaging/serialization.py, `Serializer.__init__`). */
const SPELLINGS: Readonly<Record<string, string>> = {
  bool: '?',
  u8: 'B',
  u16: 'H',
  u32: 'I, L',
  u64: 'Q',
  i8: '',
  i16: '',
  i32: 'l',
  i64: 'q',
  f32: 'f',
  f64: 'd',
  'bytes[20]': '20s, c, 32s, 64s, 74s',
  'bytes<u8>': '',
  'bytes<u16>': 'varlenH',
  'bytes<u32>': 'varlenI',
  'string<u16>': 'varlenHutf8',
  'string<u32>': 'varlenIutf8',
  'list<bytes<u16>, u8>': 'varlenH-list',
  'list<bytes[2], u8>': 'varlenBx2',
  'list<bytes[20], u16>': 'varlenHx20',
  Point: 'payload',
  'inline Point': '',
  'list<Point, u8>': 'payload-list',
  'list<inline Point, u8>': '',
  'list<inline Point, rest>': '',
  'array<i64>': 'arrayH-q',
  'array<f64>': 'arrayH-d',
  'array<bool>': 'arrayH-?',
  'bits { a, b, _[6] }': 'bits',
  ipv4: 'ipv4',
  ip: 'ip_address',
  address: 'address',
  rest: 'raw',
};

/** A row for each built-in type, alone in a struct. */
export async function typeRows(): Promise<readonly TypeRow[]> {
  const rows = Object.entries(SPELLINGS).map(([type, format]) => rowOf(type, format));
  return Promise.all(rows);
}

async function rowOf(type: string, format: string): Promise<TypeRow> {
  const text = `struct Point { x: u16, y: u16 }\nstruct Sample { value: ${type} }\n`;
  const host = { read: () => Promise.resolve(text), resolve: () => '' };
  const { model, diagnostics } = await loadProgram(host, ['sample.ipv8']);
  const fault = diagnostics.find(({ severity }) => severity === 'error');
  if (fault !== undefined) throw new Error(`${type}: ${fault.title}`);
  const structs = new Map(
    model.modules
      .flatMap(({ declarations }) => declarations)
      .filter((one): one is Struct => one.kind === 'struct')
      .map((one) => [one.name, one] as const),
  );
  const layout = createLayout((name) => structs.get(name), { kind: 'accepted' });
  const [module] = emit(model, () => ({
    codegen: 'ipv8/codegen',
    moduleOf: () => '',
    authorOf: () => '',
  }));
  const body = module?.text.slice(module.text.indexOf('export class Sample')) ?? '';
  const property = /\n {2}readonly value: ([^{}\n]+|\{.*?\n {2}\});\n/s.exec(body)?.[1] ?? '';
  return {
    type,
    format,
    size: layout.ofDeclared('Sample'),
    typescript: property.replace(/\s+/g, ' '),
  };
}
