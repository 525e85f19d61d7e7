/** Schema names → Python names. */

/** Words that name nothing in Python (Language Reference §2.3.1). */
const KEYWORDS: ReadonlySet<string> = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except ' +
    'finally for from global if import in is lambda nonlocal not or pass raise return try while ' +
    'with yield'
  ).split(' '),
);

/** What generated code means by these names, in a module or in a class. */
const USED: ReadonlySet<string> = new Set(
  (
    'abstractmethod Address Any Awaitable Answer bool bytes classmethod ClassVar Community ' +
    'CommunitySettings Coroutine dataclass DefaultArray DefaultStruct dict float Future ' +
    'GlobalTimeDistributionPayload int IntEnum IntFlag isawaitable isinstance iscoroutine ' +
    'lazy_wrapper lazy_wrapper_unsigned len list ListOf NumberCache object pack Packer PackError ' +
    'Payload Peer property randbelow range RequestCache Self Serializable Serializer Sized ' +
    'staticmethod str Struct super tuple type TYPE_CHECKING TypeAlias TypeVar unpack_from ' +
    'VariablePayload VariablePayloadWID VarLen VarLenUtf8 vp_compile add_packers'
  ).split(' '),
);

/** What a payload class has besides its fields, or what its methods call their parameters. */
const IN_PAYLOADS: readonly string[] = (
  'self cls names format_list msg_id to_pack_list from_unpack_list to_byte from_byte value ' +
  // Names that are hard to tell from digits; linters refuse them.
  'l O I'
).split(' ');

/**
 * Parts of names of py-ipv8's `Community` behind `on_`, `send_` and `request_` (ipv8/community.py,
 * ipv8/overlay.py): methods of other meaning.
 */
const IN_COMMUNITIES: readonly string[] = (
  'packet deprecated_message cache cell_message introduction_request introduction_response ' +
  'puncture new_puncture old_introduction_request old_introduction_response ' +
  'old_puncture_request new_introduction_request new_introduction_response new_puncture_request'
).split(' ');

/** True when the name cannot be one of a module. */
export function isReserved(name: string): boolean {
  return KEYWORDS.has(name) || USED.has(name);
}

/** The name, or the nearest one that is free, which is taken then. */
export function take(wanted: string, taken: Set<string>): string {
  let name = wanted;
  while (isReserved(name) || taken.has(name)) name += '_';
  taken.add(name);
  return name;
}

/** Attribute names of fields or members of `bits`, in order. */
export function fieldNames(
  names: readonly string[],
  isTaken: (name: string) => boolean,
): readonly string[] {
  const taken = new Set(IN_PAYLOADS);
  return names.map((name) => {
    // Python writes the class's name in front of what begins with two underscores.
    let wanted = name.replace(/^__+/, '_').replace(/^(fix_(?:un)?pack_)/, '_$1');
    while (isTaken(wanted)) wanted += '_';
    return take(wanted, taken);
  });
}

/** Member names of an enum or of flags, in order: `symmetric_nat` is `SYMMETRIC_NAT`. */
export function memberNames(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  // A name between underscores is one of Python's own.
  return names.map((name) => take(snakeCase(name).toUpperCase().replace(/^_+/, 'N_'), taken));
}

/** What methods of a community may not be called behind their first word. */
export function methodNamesTaken(): Set<string> {
  return new Set(IN_COMMUNITIES.flatMap((name) => [name, `request ${name}`]));
}

/** `TemperatureRequest` → `temperature_request`. */
export function snakeCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toLowerCase();
}

/** `store_peer` → `StorePeer`. */
export function pascalCase(name: string): string {
  return name
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

/** What a module can be called: `my-community` is `my_community`. */
export function moduleName(name: string): string {
  const word = name.replace(/\W/g, '_').replace(/^(?=\d)/, '_');
  return KEYWORDS.has(word) ? `${word}_` : word;
}
