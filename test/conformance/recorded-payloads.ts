/** The recorded payloads of py-ipv8 as cases for generated Python: an expression, its bytes, and these cut. */
import { readdir, readFile } from 'node:fs/promises';
import type { Message, Model, Struct } from '../../compiler/ir/model.ts';
import { loadProgram } from '../../compiler/program/program.ts';
import { createModelNames, type ModelNames } from '../../compiler/targets/python/model-names.ts';
import { createDeclarations, type Declarations } from '../../compiler/wire/declarations.ts';
import { encodeValue } from '../../compiler/wire/encode-value.ts';
import { interpretHex } from '../../compiler/wire/interpret.ts';
import { payloadType } from '../vector-runner/payload-types.ts';
import { payloadExpression } from './python-values.ts';

/** What payloads.py is given. */
type PayloadCase = {
  readonly id: string;
  /** `dht.PingRequestPayload` */
  readonly class: string;
  readonly hex: string;
  /** A Python expression; undefined for bytes that are no such payload. */
  readonly value: string | undefined;
  /** False for a value that a schema's bounds refuse to send. */
  readonly isSent: boolean;
  /** Where reading ends; undefined where only the verdict is compared. */
  readonly end?: number;
};

type Recorded = { readonly id: string; readonly class: string; readonly module: string };

type RecordedFile = {
  readonly cases: readonly (Recorded & { readonly hex: string })[];
  readonly truncations: readonly (Recorded & {
    readonly hex: string;
    readonly prefixes: readonly {
      readonly length: number;
      readonly until?: number;
      readonly ok: boolean;
      readonly end?: number;
    }[];
  })[];
};

const ROOT = new URL('../../', import.meta.url);

/** All cases, and how many classes of the library are among them. */
export async function recordedPayloads(): Promise<{
  readonly cases: readonly PayloadCase[];
  readonly classes: number;
}> {
  const text = await readFile(new URL('test/vectors/payloads.json', ROOT), 'utf8');
  const file = JSON.parse(text) as RecordedFile;
  const worlds = [await worldOf('schemas/'), await worldOf('test/schemas/')];
  const find = ({ class: name, module }: Recorded): Found => {
    const type = payloadType(module, name);
    const isLibrary = !/^(?:ipv8\.test|doc)\./.test(module);
    const world = worlds[isLibrary ? 0 : 1];
    const found = type === undefined ? undefined : world?.find(type.name, module);
    if (found === undefined) throw new Error(`nothing is generated for ${module}.${name}`);
    return found;
  };
  const library = new Set<string>();
  const cases: PayloadCase[] = [];
  for (const one of file.cases) {
    if (!/^(?:ipv8\.test|doc)\./.test(one.module)) library.add(`${one.module}.${one.class}`);
    cases.push(caseOf(one.id, find(one), one.hex));
  }
  for (const { hex, prefixes, ...one } of file.truncations) {
    for (const { end, length, ok, until = length } of prefixes) {
      for (let size = length; size <= until; size++) {
        const made = caseOf(`${one.id}@${size}`, find(one), hex.slice(0, 2 * size));
        // What is recorded is the overlay's verdict: it also refuses keys, which are bytes here.
        cases.push(ok && end !== undefined ? { ...made, end } : made);
      }
    }
  }
  return { cases, classes: library.size };
}

type Found = {
  readonly owner: Struct | Message;
  readonly className: string;
  readonly declarations: Declarations;
  readonly express: (value: Parameters<typeof payloadExpression>[2]) => string;
};

function caseOf(id: string, found: Found, hex: string): PayloadCase {
  const { className, declarations, express, owner } = found;
  const read = interpretHex(owner, hex, { declarations, compat: true, tolerateTrailing: true });
  const head = { id, class: className, hex };
  if (!read.ok) return { ...head, value: undefined, isSent: false };
  const encoded = encodeValue(owner, read.value, declarations);
  return { ...head, value: express(read.value), isSent: encoded.ok && encoded.hex === hex };
}

/** The schemas of a folder, and what is generated of them. */
async function worldOf(folder: string) {
  const root = new URL(folder, ROOT);
  const files = new Map<string, string>();
  for (const name of await readdir(root)) {
    if (name.endsWith('.ipv8')) files.set(name, await readFile(new URL(name, root), 'utf8'));
  }
  const host = {
    read: (path: string) => Promise.resolve(files.get(path)),
    resolve: (_from: string, specifier: string) => specifier.replace(/^\.\//, ''),
  };
  const { model } = await loadProgram(host, [...files.keys()]);
  const names = createModelNames(model);
  const declarations = createDeclarations(model);
  const modules = modulesOf(model);
  const moduleOf = (key: string | object): string => modules.get(key) ?? '';
  const parts = { names, declarations, moduleOf };
  return {
    find(name: string, pythonModule: string): Found | undefined {
      const owner = ownerOf(model, name, pythonModule);
      if (owner === undefined) return undefined;
      const className = `${moduleOf(owner)}.${classOf(owner, names)}`;
      const express: Found['express'] = (value) =>
        payloadExpression(owner, className, value, parts);
      return { owner, className, declarations, express };
    },
  };
}

function classOf(owner: Struct | Message, names: ModelNames): string {
  return 'id' in owner ? names.ofPayload(owner) : names.ofDeclaration(owner.name);
}

function modulesOf({ modules }: Model): ReadonlyMap<string | object, string> {
  const found = new Map<string | object, string>();
  for (const { declarations, path } of modules) {
    const name = path.replace('.ipv8', '').replaceAll('-', '_');
    for (const one of declarations) {
      found.set(one.name, name);
      found.set(one, name);
      if (one.kind === 'community') for (const message of one.messages) found.set(message, name);
    }
  }
  return found;
}

/** Overlays may call their messages alike: the schema is called as the package of py-ipv8. */
const SCHEMA_OF: Readonly<Record<string, string>> = {
  'ipv8.peerdiscovery.payload': 'discovery.ipv8',
  'ipv8.dht.payload': 'dht.ipv8',
  'ipv8.messaging.anonymization.payload': 'tunnel.ipv8',
};

function ownerOf({ modules }: Model, name: string, pythonModule: string) {
  const path = SCHEMA_OF[pythonModule];
  return modules
    .filter((module) => path === undefined || module.path === path)
    .flatMap(({ declarations }) => declarations)
    .flatMap((one): readonly (Struct | Message)[] => {
      if (one.kind === 'struct') return [one];
      return one.kind === 'community' ? one.messages : [];
    })
    .find((one) => one.name === name);
}
