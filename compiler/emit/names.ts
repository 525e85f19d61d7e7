/** Schema names → TypeScript names. */

/** Words that cannot name a variable or parameter in a module (ECMAScript §12.7.2, strict mode). */
const RESERVED_WORDS: ReadonlySet<string> = new Set(
  (
    'extends arguments await break case catch class const continue debugger default delete do ' +
    'else enum eval export false finally for function if implements import in instanceof ' +
    'interface let new null package private protected public return static super switch this ' +
    'throw true try typeof undefined var void while with yield ' +
    'any bigint boolean never number object string symbol unknown'
  ).split(' '),
);

/** Globals that generated code uses: a declaration of that name would hide them. */
const USED_GLOBALS: ReadonlySet<string> = new Set(['ReadonlySet', 'Uint8Array']);

/** True when the name cannot be a variable, function, class or type of generated code. */
export function isReserved(name: string): boolean {
  return RESERVED_WORDS.has(name) || USED_GLOBALS.has(name);
}

/** `lan_walker_address` → `lanWalkerAddress`. */
export function camelCase(name: string): string {
  const words = name.split('_').filter((word) => word !== '');
  const joined = words.map((word, at) => (at === 0 ? word : upperFirst(word))).join('');
  return lowerFirst(joined === '' ? name : joined);
}

/** The key of a message in a protocol and in handlers: its name with a small first letter. */
export function handlerName(messageName: string): string {
  return lowerFirst(messageName);
}

/** The text with a small first letter. */
export function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** The text with a capital first letter. */
export function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/**
 * Property names of fields or members, in order; one that is taken or impossible gets a `_` behind
 * it.
 */
export function propertyNames(names: readonly string[]): readonly string[] {
  const taken = new Set(['constructor']);
  return names.map((name) => {
    let property = camelCase(name);
    while (taken.has(property)) property += '_';
    taken.add(property);
    return property;
  });
}

/** Names of one scope; every name is given once. */
export type Names = {
  /** The wanted name, or a near one that is neither reserved nor given already. */
  take(wanted: string): string;
  /** The scope of a block: its names are free again behind it. */
  inside(): Names;
};

/** A scope in which the `taken` names, and those of the scope around it, cannot be used. */
export function createNames(taken: Iterable<string>, outer?: ReadonlySet<string>): Names {
  // The outer names are not copied: a module has thousands, and hundreds of scopes in it.
  return createScope(new Set(taken), (name) => outer?.has(name) === true);
}

function createScope(used: Set<string>, isUsedAround: (name: string) => boolean): Names {
  const isUsed = (name: string): boolean => used.has(name) || isUsedAround(name);
  return {
    take(wanted) {
      const possible = isReserved(wanted) ? `${wanted}_` : wanted;
      let name = possible;
      for (let number = 2; isUsed(name); number++) name = `${possible}${number}`;
      used.add(name);
      return name;
    },
    inside: () => createScope(new Set(), isUsed),
  };
}
