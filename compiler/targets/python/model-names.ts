/** What everything in a model is called in Python. */
import type { Community, Declaration, Message, Model, Module } from '../../ir/model.ts';
import { fieldNames, methodNamesTaken, pascalCase, snakeCase, take } from './names.ts';

/** Names by what they stand for; modules know those of each other. */
export type ModelNames = {
  /** The class of a declaration that is no community, or the alias of a union. */
  readonly ofDeclaration: (name: string) => string;
  readonly ofPayload: (message: Message) => string;
  /** The dataclass of the `bits` of that field of a struct or message. */
  readonly ofBits: (owner: object, field: string) => string;
  /** The community that is generated. */
  readonly ofBase: (community: Community) => string;
  /** The community that its author writes. */
  readonly ofCommunity: (community: Community) => string;
  /** The settings of communities that are told their id when they start. */
  readonly ofSettings: (community: Community) => string;
  readonly ofCache: (community: Community, request: string) => string;
  /** Behind `on_` and `send_`. */
  readonly ofMethod: (message: Message) => string;
  /** Behind `request_`. */
  readonly ofRequest: (community: Community, request: string) => string;
  /** Attributes, in the order of the fields. */
  readonly ofFields: (owner: object, names: readonly string[]) => readonly string[];
};

/** Names all of a model; each module has its own scope. */
export function createModelNames({ modules }: Model): ModelNames {
  const declared = new Map<string, string>();
  const scopes = new Map<object, ReadonlySet<string>>();
  const made = new Map<object, Map<string, string>>();
  const remember = (of: object, key: string, name: string): void => {
    made.set(of, (made.get(of) ?? new Map<string, string>()).set(key, name));
  };
  for (const module of modules) nameModule(module, { declared, scopes, remember });
  nameMethods(modules, remember);
  const nameOf = (of: object, key: string): string => made.get(of)?.get(key) ?? '';
  return {
    ofDeclaration: (name) => declared.get(name) ?? name,
    ofPayload: (message) => nameOf(message, 'payload'),
    ofBits: (owner, field) => nameOf(owner, `bits ${field}`),
    ofBase: (community) => nameOf(community, 'base'),
    ofCommunity: (community) => nameOf(community, 'own'),
    ofSettings: (community) => nameOf(community, 'settings'),
    ofCache: (community, request) => nameOf(community, `cache ${request}`),
    ofMethod: (message) => nameOf(message, 'method'),
    ofRequest: (community, request) => nameOf(community, `request ${request}`),
    ofFields: (owner, names) => fieldNames(names, (name) => scopes.get(owner)?.has(name) === true),
  };
}

type Remember = (of: object, key: string, name: string) => void;

type Naming = {
  readonly declared: Map<string, string>;
  readonly scopes: Map<object, ReadonlySet<string>>;
  readonly remember: Remember;
};

function nameModule(module: Module, { declared, remember, scopes }: Naming): void {
  const taken = new Set<string>();
  for (const { kind, name } of module.declarations) {
    if (kind !== 'community' && kind !== 'codec') declared.set(name, take(name, taken));
  }
  const nameBits = (owner: Message | Extract<Declaration, { kind: 'struct' }>, name: string) => {
    scopes.set(owner, taken);
    for (const { name: field, type } of owner.fields) {
      const inner = innermost(type);
      if (inner.kind !== 'bits') continue;
      scopes.set(inner, taken);
      remember(owner, `bits ${field}`, take(`${name}${pascalCase(field)}`, taken));
    }
  };
  for (const one of module.declarations) {
    if (one.kind === 'struct') nameBits(one, one.name);
    if (one.kind !== 'community') continue;
    const own = one.name.endsWith('Community') ? one.name : `${one.name}Community`;
    remember(one, 'own', take(own, taken));
    remember(one, 'base', take(`${own}Base`, taken));
    remember(one, 'settings', take(`${one.name}Settings`, taken));
    for (const message of one.messages) {
      remember(message, 'payload', take(`${message.name}Payload`, taken));
      nameBits(message, message.name);
    }
    for (const { name } of one.requests) {
      remember(one, `cache ${name}`, take(`${one.name}${pascalCase(name)}Cache`, taken));
    }
  }
}

function innermost(type: Message['fields'][number]['type']): typeof type {
  let inner = type;
  while (inner.kind === 'list' || inner.kind === 'codec') {
    inner = inner.kind === 'list' ? inner.element : inner.carrier;
  }
  return inner;
}

/** A community's methods stand beside those of the communities it extends. */
function nameMethods(modules: readonly Module[], remember: Remember): void {
  const communities = new Map<string, Community>();
  for (const one of modules.flatMap(({ declarations }) => declarations)) {
    if (one.kind === 'community') communities.set(one.name, one);
  }
  const done = new Map<Community, ReadonlySet<string>>();
  const nameOf = (community: Community): ReadonlySet<string> => {
    const known = done.get(community);
    if (known !== undefined) return known;
    const parent = communities.get(community.parent ?? '');
    const taken = new Set(parent === undefined ? methodNamesTaken() : nameOf(parent));
    done.set(community, taken);
    for (const message of community.messages) {
      remember(message, 'method', take(snakeCase(message.name), taken));
    }
    for (const { name } of community.requests) {
      // Their methods begin with another word, so that a message and a request may share a name.
      const method = take(`request ${snakeCase(name)}`, taken);
      remember(community, `request ${name}`, method.slice('request '.length));
    }
    return taken;
  };
  for (const community of communities.values()) nameOf(community);
}
