/** How bad it is: code is generated only when nothing is an `error`. */
export type Severity = 'error' | 'warning';

type Entry = {
  readonly severity: Severity;
  readonly title: string;
  /** The title without parameters, where leaving them out would leave nothing. */
  readonly summary?: string;
};

/**
 * Every diagnostic with its sentence. A `{name}` in a sentence is a parameter that the types ask
 * for.
 */
export const catalog = {
  'syntax/unexpected': { severity: 'error', title: 'unexpected {found}' },
  'syntax/expected': { severity: 'error', title: 'expected {expected}' },
  'syntax/unclosed': { severity: 'error', title: '`{open}` is not closed' },
  'syntax/unterminated-text': { severity: 'error', title: 'text without a closing quote' },
  'syntax/broken-text': { severity: 'error', title: 'text with half a surrogate pair' },
  'syntax/not-utf8': { severity: 'error', title: 'the schema is not UTF-8' },
  'syntax/unknown-escape': { severity: 'error', title: 'unknown escape `{escape}` in a text' },
  'syntax/unknown-declaration': { severity: 'error', title: 'unknown declaration `{word}`' },
  'syntax/unknown-word': { severity: 'error', title: 'unknown word `{word}` in front of {what}' },
  'syntax/repeated-word': { severity: 'error', title: '`{word}` is said twice' },
  'syntax/misplaced': { severity: 'error', title: '{what} cannot stand here' },
  'syntax/missing-separator': { severity: 'error', title: 'nothing separates {what}' },
  'syntax/value-without-const': { severity: 'error', title: 'field `{field}` has a value' },
  'syntax/too-deep': { severity: 'error', title: '{what} are nested more than {limit} deep' },
  'syntax/long-number': { severity: 'error', title: 'a number of {digits} digits' },
  'syntax/too-large': { severity: 'error', title: 'the schema is larger than {limit}' },

  'import/missing-file': { severity: 'error', title: 'there is no schema at `{path}`' },
  'import/cycle': { severity: 'error', title: 'schemas import each other in a circle' },
  'import/repeated': { severity: 'warning', title: '`{path}` is imported twice' },
  'import/unused': { severity: 'warning', title: 'nothing of `{path}` is used' },

  'name/duplicate': { severity: 'error', title: 'the name `{name}` is declared twice' },
  'name/duplicate-field': {
    severity: 'error',
    title: 'field `{name}` is declared twice in `{owner}`',
  },
  'name/duplicate-member': {
    severity: 'error',
    title: '`{name}` is declared twice in `{owner}`',
  },
  'name/duplicate-module': { severity: 'error', title: 'two schemas are called `{name}`' },
  'name/built-in': { severity: 'error', title: '`{name}` is the name of a built-in type' },
  'name/unknown': { severity: 'error', title: 'cannot find {what} `{name}`' },
  'name/wrong-kind': { severity: 'error', title: '`{name}` is {found}, not {expected}' },
  'name/unknown-carrier': { severity: 'error', title: 'a message cannot travel via `{name}`' },
  'name/repeated-carrier': { severity: 'error', title: 'carrier `{name}` is said twice' },

  'id/missing': { severity: 'error', title: 'message `{name}` has no id' },
  'id/taken': { severity: 'error', title: 'message id {id} is already used by `{other}`' },
  'id/out-of-range': { severity: 'error', title: 'message id {id} does not fit one byte' },
  'id/introduction': {
    severity: 'error',
    title: 'message id {id} belongs to the introduction protocol',
  },
  'id/reserved': { severity: 'error', title: 'message id {id} is reserved' },
  'id/empty-reservation': { severity: 'error', title: 'reserved range {from}..{to} is not one' },
  'id/unknown-owner': {
    severity: 'warning',
    title: 'ids are reserved for `{name}`, which is unknown',
  },

  'identity/missing': { severity: 'error', title: 'community `{name}` has no identity' },
  'identity/abstract': { severity: 'error', title: 'abstract community `{name}` has an identity' },
  'identity/not-20-bytes': { severity: 'error', title: 'a community id has 20 bytes, not {size}' },
  'identity/not-hex': { severity: 'error', title: 'text is not hexadecimal' },
  'identity/not-base64': { severity: 'error', title: 'the master key is not base64' },
  'identity/not-a-key': { severity: 'error', title: 'the master key is not a public key' },
  'identity/unknown-form': { severity: 'error', title: 'unknown form of identity' },
  'identity/duplicate': {
    severity: 'error',
    title: 'communities `{name}` and `{other}` have one identity and version',
  },
  'identity/version': { severity: 'error', title: 'version {version} does not fit one byte' },
  'identity/extends-cycle': { severity: 'error', title: 'community `{name}` extends itself' },
  'identity/version-of-parent': {
    severity: 'error',
    title: '`{name}` shares the identity of `{parent}` but not its version',
  },

  'auth/missing': {
    severity: 'error',
    title: 'message `{name}` is neither `signed` nor `unsigned`',
  },
  'auth/both': { severity: 'error', title: 'message `{name}` is both `signed` and `unsigned`' },

  'override/with-id': {
    severity: 'error',
    title: 'message `{name}` has the id of `{parent}` and states one',
  },
  'override/envelope': {
    severity: 'error',
    title: 'message `{name}` does not travel as `{parent}` does, which it overrides',
  },
  'override/no-constant': {
    severity: 'error',
    title: 'nothing tells message `{name}` from `{parent}`, which it overrides',
  },
  'override/ambiguous': {
    severity: 'error',
    title: 'nothing tells message `{name}` from `{other}`',
  },

  'request/unknown-field': {
    severity: 'error',
    title: 'message `{message}` has no field `{field}`',
  },
  'request/field-type': {
    severity: 'error',
    title: 'field `{field}` does not tell which answer belongs to which request',
  },
  'request/same-message': { severity: 'error', title: 'message `{name}` would answer itself' },
  'request/repeated-message': { severity: 'error', title: 'message `{name}` asks in two requests' },
  'request/answer-asks': {
    severity: 'error',
    title: 'message `{name}` asks in one request and answers in another',
  },
  'request/timeout': { severity: 'error', title: 'a request cannot wait so long or so short' },
  'request/retries': { severity: 'error', title: 'a request cannot be repeated {count} times' },

  'codec/carrier': { severity: 'error', title: 'a codec cannot carry `{name}`' },
  'codec/unknown-target': { severity: 'error', title: 'code is not generated for `{target}`' },
  'codec/malformed-target': {
    severity: 'error',
    title: 'this is not where code for `{target}` is',
  },
  'codec/missing-target': {
    severity: 'error',
    title: 'codec `{name}` does not say where its code for `{target}` is',
  },

  'vector/repeated': { severity: 'error', title: 'two vectors of `{of}` are called "{name}"' },
  'vector/unknown-field': { severity: 'error', title: 'no `{field}` of `{owner}` takes a value' },
  'vector/repeated-field': { severity: 'error', title: '`{field}` has two values' },
  'vector/missing-field': { severity: 'error', title: 'no value for {fields} of `{owner}`' },
  'vector/value': { severity: 'error', title: 'this value does not fit `{field}`' },
  'vector/mismatch': {
    severity: 'error',
    title: 'vector "{name}" does not encode to its bytes',
  },
  'vector/accepted': {
    severity: 'error',
    title: 'the malformed bytes "{name}" are a `{of}`',
  },
  'vector/bytes': { severity: 'error', title: 'the bytes of vector "{name}" are not hexadecimal' },

  'allow/unused': { severity: 'warning', title: 'there is no `{code}` to allow' },
  'allow/unknown-code': { severity: 'error', title: 'no diagnostic is called `{code}`' },
  'allow/error': { severity: 'error', title: '`{code}` is an error and cannot be allowed' },
  'allow/no-reason': { severity: 'error', title: '`{code}` is allowed without a reason' },

  'layout/malformed-type': {
    severity: 'error',
    title: '{problem}',
    summary: 'a type is not written as it must be',
  },
  'layout/rest-not-last': { severity: 'error', title: 'field `{field}` is not the last' },
  'layout/rest-inside': { severity: 'error', title: 'an element cannot run to the end' },
  'layout/bits-not-8': { severity: 'error', title: 'bits take {count} of 8 bits' },
  'layout/bound-exceeds-prefix': {
    severity: 'error',
    title: 'bound {bound} does not fit a {prefix} prefix',
  },
  'layout/empty-bound': { severity: 'error', title: 'the bound {min}..{max} allows nothing' },
  'layout/send-outside-bound': {
    severity: 'error',
    title: 'encoding would allow {send} where decoding allows {min}..{max}',
  },
  'layout/range-outside-type': {
    severity: 'error',
    title: '{value} is not a value of `{type}`',
  },
  'layout/range-not-integer': { severity: 'error', title: '`{type}` has no range' },
  'layout/size-out-of-range': { severity: 'error', title: '{size} is not a size' },
  'layout/bit-count': { severity: 'error', title: '{count} is not a number of bits' },
  'layout/enum-value-too-large': {
    severity: 'error',
    title: 'value {value} of `{member}` does not fit {bits} bits',
  },
  'layout/duplicate-enum-value': {
    severity: 'error',
    title: 'value {value} of `{member}` is already used by `{other}`',
  },
  'layout/not-one-bit': {
    severity: 'error',
    title: 'value {value} of `{member}` is not a power of two',
  },
  'layout/enum-width': { severity: 'error', title: '`{width}` is not a width of {what}' },
  'layout/enum-without-width': { severity: 'error', title: '{what} `{name}` has no width' },
  'layout/empty-enum': { severity: 'error', title: '{what} `{name}` has no members' },
  'layout/constant-type': { severity: 'error', title: 'a constant cannot be `{type}`' },
  'layout/constant-value': {
    severity: 'error',
    title: 'the value of constant `{field}` does not fit its type',
  },
  'layout/empty-element': { severity: 'error', title: 'an element of this list can be empty' },
  'layout/recursive-struct': { severity: 'error', title: '{what} `{name}` contains itself' },
  'layout/struct-too-deep': {
    severity: 'error',
    title: 'structs contain each other more than {limit} deep',
  },
  'layout/frame-too-small': {
    severity: 'error',
    title: '{what} `{name}` does not fit a frame',
  },
  'layout/cell-circuit-id': {
    severity: 'error',
    title: 'message `{name}` travels in cells but does not begin with `circuit_id: u32`',
  },

  'stub/missing-handler': {
    severity: 'error',
    title: 'message `{message}` has no handler `{handler}`',
  },
  'stub/unknown-handler': {
    severity: 'warning',
    title: '`{handler}` handles no message of `{community}`',
  },
  'stub/no-home': { severity: 'error', title: 'the file holds no handlers of `{community}`' },
  'stub/second-home': {
    severity: 'error',
    title: 'two places of the file hold handlers of `{community}`',
  },
  'stub/unreadable-members': {
    severity: 'error',
    title: '`{what}` hides which handlers there are',
  },
  'stub/broken-file': { severity: 'error', title: 'the file cannot be read as a program' },

  'python/syntax': { severity: 'error', title: 'this cannot be read as Python' },
  'python/unreadable-file': { severity: 'error', title: '`{path}` is not read' },
  'python/nothing-found': {
    severity: 'warning',
    title: 'no payload and no community in `{path}`',
  },
  'python/unknown-format': {
    severity: 'error',
    title: '`{owner}` has the format `{format}`, which is not known',
  },
  'python/unknown-type': { severity: 'error', title: 'field `{field}` of `{owner}` has no format' },
  'python/unknown-base': {
    severity: 'error',
    title: '`{owner}` extends `{base}`, which is in none of the files',
  },
  'python/unreadable-value': {
    severity: 'error',
    title: '`{what}` of `{owner}` is not written out',
  },
  'python/names-and-formats': {
    severity: 'error',
    title: '`{owner}` has {names} names for {values} values',
  },
  'python/unreadable-packing': {
    severity: 'warning',
    title: 'what `to_pack_list` of `{owner}` packs cannot be read',
  },
  'python/value-hook': { severity: 'warning', title: '`{hook}` changes the value of `{field}`' },
  'python/custom-packer': {
    severity: 'error',
    title: 'what packer `{packer}` writes cannot be read',
  },
  'python/codec-code': { severity: 'warning', title: 'codec `{codec}` needs code of your own' },
  'python/unreadable-identity': {
    severity: 'warning',
    title: 'the id of `{community}` is not written out',
  },
  'python/unknown-parent': {
    severity: 'warning',
    title: '`{community}` extends `{parent}`, which is in none of the files',
  },
  'python/unreadable-handler': {
    severity: 'error',
    title: 'which message `{community}` handles here cannot be read',
  },
  'python/unknown-auth': {
    severity: 'error',
    title: 'nothing says whether `{message}` is signed',
  },
  'python/no-payload': {
    severity: 'warning',
    title: 'nothing says what message {ids} of `{community}` holds',
  },
  'python/no-community': { severity: 'warning', title: 'nothing says who sends {payloads}' },
  'python/refused': { severity: 'error', title: '`{owner}` cannot be declared: {problem}' },

  'lock/field-added': { severity: 'error', title: 'field `{field}` was added to `{owner}`' },
  'lock/field-removed': { severity: 'error', title: 'field `{field}` of `{owner}` was removed' },
  'lock/field-moved': { severity: 'error', title: 'field `{field}` of `{owner}` was moved' },
  'lock/field-changed': { severity: 'error', title: 'field `{field}` of `{owner}` was changed' },
  'lock/value-changed': {
    severity: 'error',
    title: '`{member}` of `{owner}` has another value: {value}',
  },
  'lock/width-changed': { severity: 'error', title: '`{name}` has {bits} bits and had {old}' },
  'lock/variant-changed': { severity: 'error', title: 'tag {tag} of `{name}` was changed' },
  'lock/carrier-changed': { severity: 'error', title: 'what carries codec `{name}` was changed' },
  'lock/id-changed': { severity: 'error', title: 'message `{name}` has id {id} and had {old}' },
  'lock/id-reused': { severity: 'error', title: 'message `{name}` takes the retired id {id}' },
  'lock/envelope-changed': {
    severity: 'error',
    title: 'message `{name}` is `{after}` and was `{before}`',
  },
  'lock/message-removed': {
    severity: 'error',
    title: 'message `{name}` of `{owner}` was removed and its id {id} is not reserved',
  },
  'lock/identity-changed': {
    severity: 'error',
    title: 'the identity of community `{name}` was changed',
  },
  'lock/community-removed': { severity: 'error', title: 'community `{name}` was removed' },

  'size/unbounded': { severity: 'warning', title: '{what} `{name}` has no bound' },
  'size/exceeds-datagram': {
    severity: 'warning',
    title: 'message `{name}` can exceed one datagram',
  },
  'size/decode-cost': {
    severity: 'warning',
    title: 'one datagram of message `{name}` can take {size} of memory',
  },
  'size/amplification': {
    severity: 'warning',
    title: '`{name}` can amplify {factor} times before the address is known',
  },

  'style/field-name': { severity: 'warning', title: '`{name}` is not in snake_case' },
  'style/type-name': { severity: 'warning', title: '`{name}` is not in PascalCase' },
  'style/constant-name': { severity: 'warning', title: '`{name}` is not in UPPER_CASE' },
  'style/undocumented': { severity: 'warning', title: '{what} `{name}` has no doc comment' },
} as const satisfies Record<string, Entry>;

/** The stable name of a diagnostic: `group/kebab-name`. */
export type DiagnosticCode = keyof typeof catalog;

type Names<Title extends string> = Title extends `${string}{${infer Name}}${infer More}`
  ? Name | Names<More>
  : never;

/** What the sentence of a diagnostic needs to be complete. */
export type Parameters<Code extends DiagnosticCode> = {
  readonly [Name in Names<(typeof catalog)[Code]['title']>]: string;
};

/** What a code stands for whatever the parameters: its title with `…` in their places. */
export function summaryOf(code: DiagnosticCode): string {
  const entry: Entry = catalog[code];
  return entry.summary ?? entry.title.replace(/\{\w+\}/g, '…');
}
