/** Values as JSON, for programs in other languages. Their types are told elsewhere. */
import type { VectorValue } from '../ir/model.ts';

export type JsonValue =
  boolean | number | string | readonly JsonValue[] | { readonly [name: string]: JsonValue };

/**
 * 64-bit integers are decimal texts; so are the numbers that JSON does not have: `-0`, `NaN`,
 * `Infinity`, `-Infinity`. Bytes are hexadecimal digits, an address is `{ host, port }`, a value of a
 * union `{ variant, value }`, flags the list of the bits that are set.
 */
export function jsonValue(value: VectorValue): JsonValue {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'bigint':
      return String(value);
    case 'number':
      if (Object.is(value, -0)) return '-0';
      return Number.isFinite(value) ? value : String(value);
    default:
      return jsonOf(value);
  }
}

function jsonOf(value: Extract<VectorValue, object>): JsonValue {
  switch (value.kind) {
    case 'bytes':
      return value.hex;
    case 'text':
      return value.text;
    case 'address':
      return { host: value.host, port: value.port };
    case 'list':
      return value.items.map(jsonValue);
    case 'object': {
      const entries = Object.entries(value.entries).map(([name, one]) => [name, jsonValue(one)]);
      const fields = Object.fromEntries(entries) as Readonly<Record<string, JsonValue>>;
      return value.variant === undefined ? fields : { variant: value.variant, value: fields };
    }
  }
}
