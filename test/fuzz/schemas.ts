/** All that was generated from the schemas of the project and of its tests, and their models. */
import * as attestation from '../../generated/attestation.ts';
import * as dht from '../../generated/dht.ts';
import * as discovery from '../../generated/discovery.ts';
import * as envelope from '../../generated/envelope.ts';
import * as identity from '../../generated/identity.ts';
import * as introduction from '../../generated/introduction.ts';
import * as lamport from '../../generated/lamport.ts';
import * as myCommunity from '../../generated/my-community.ts';
import * as tunnel from '../../generated/tunnel.ts';
import * as weather from '../../generated/weather.ts';
import * as formats from '../generated/formats.ts';
import * as referenceDocs from '../generated/reference-docs.ts';
import * as referenceTests from '../generated/reference-tests.ts';
import * as vec from '../generated/vec.ts';
import { createNodeHost, findSchemas, schemaPath } from '../../compiler/cli/node-host.ts';
import type {
  Declaration,
  Message,
  Model,
  Module,
  Struct,
  Union,
} from '../../compiler/ir/model.ts';
import { loadProgram } from '../../compiler/program/program.ts';
import { createDeclarations, type Declarations } from '../../compiler/wire/declarations.ts';
import type { MessageType } from '../../runtime/codegen.ts';
import { createChance } from '../../compiler/values/chance.ts';
import { relax } from './relax.ts';

/** Generated code by the schema's path. */
const MODULES: { readonly [path: string]: object } = {
  'schemas/attestation.ipv8': attestation,
  'schemas/dht.ipv8': dht,
  'schemas/discovery.ipv8': discovery,
  'schemas/envelope.ipv8': envelope,
  'schemas/identity.ipv8': identity,
  'schemas/introduction.ipv8': introduction,
  'schemas/lamport.ipv8': lamport,
  'schemas/my-community.ipv8': myCommunity,
  'schemas/tunnel.ipv8': tunnel,
  'schemas/weather.ipv8': weather,
  'test/schemas/formats.ipv8': formats,
  'test/schemas/reference-docs.ipv8': referenceDocs,
  'test/schemas/reference-tests.ipv8': referenceTests,
  'test/schemas/vec.ipv8': vec,
};

/** Models with wrong bounds, each with others. */
const RELAXED = 5;

/** A struct, union or message: what the schema says, and the code that was made of it. */
export type Coded = {
  /** `dht.PingRequest`. */
  readonly name: string;
  readonly root: Struct | Union | Message;
  readonly type: Codec;
  readonly model: Model;
  readonly declarations: Declarations;
  /** The same with bounds that are wrong: what is made from it is of the right shape only. */
  readonly relaxed: readonly Pick<Coded, 'root' | 'model' | 'declarations'>[];
  /** Bytes that the schema records, whether they can be read or not. */
  readonly vectors: readonly string[];
};

/** Generated code reads and writes; a class also makes values. */
export type Codec = Pick<MessageType<unknown>, 'messageName' | 'encode' | 'decode'>;

/** All of them, in the order of their schemas. Schemas are read from the working directory. */
export async function loadCoded(): Promise<readonly Coded[]> {
  const coded: Coded[] = [];
  for (const folder of ['schemas', 'test/schemas']) {
    const model = await modelOf(folder);
    const declarations = createDeclarations(model);
    const relaxed = Array.from({ length: RELAXED }, (_, at) => {
      const wide = relax(model, createChance(at, folder, 0));
      return { model: wide, declarations: createDeclarations(wide) };
    });
    for (const [place, module] of model.modules.entries()) {
      const code = MODULES[module.path];
      if (code === undefined) throw new Error(`${module.path}: name its generated module here`);
      const relaxedRoots = relaxed.map((one) => rootsOf(one.model.modules[place]));
      for (const [at, root] of rootsOf(module).entries()) {
        const vectors = module.vectors.filter(({ of }) => of.name === root.name);
        coded.push({
          name: `${module.path.replace(/^.*\/|\.ipv8$/g, '')}.${root.name}`,
          root,
          type: codecOf(code, root.name),
          model,
          declarations,
          relaxed: relaxed.map((one, which) => ({
            ...one,
            root: relaxedRoots[which]?.[at] ?? root,
          })),
          vectors: vectors.map(({ hex }) => hex),
        });
      }
    }
  }
  return coded;
}

async function modelOf(folder: string): Promise<Model> {
  const base = process.cwd();
  const paths = (await findSchemas([folder])).map(({ file }) => schemaPath(base, file));
  const { diagnostics, model } = await loadProgram(createNodeHost(base), paths);
  // What recorded bytes say of a reader that lost a check would end the search for it.
  const [broken] = diagnostics.filter(
    ({ code, severity }) => severity === 'error' && !code.startsWith('vector/'),
  );
  if (broken !== undefined) throw new Error(`${folder}: ${broken.title}`);
  return model;
}

function rootsOf(module: Module | undefined): readonly Coded['root'][] {
  return (module?.declarations ?? []).flatMap((one: Declaration): readonly Coded['root'][] => {
    if (one.kind === 'struct' || one.kind === 'union') return [one];
    return one.kind === 'community' ? one.messages : [];
  });
}

function codecOf(code: object, name: string): Codec {
  for (const found of Object.values(code) as readonly unknown[]) {
    if ((typeof found !== 'object' && typeof found !== 'function') || found === null) continue;
    if ('messageName' in found && 'decode' in found && found.messageName === name) {
      // What has both is the code of a struct, union or message.
      return found as unknown as Codec;
    }
  }
  throw new Error(`nothing generated is called ${name}`);
}
