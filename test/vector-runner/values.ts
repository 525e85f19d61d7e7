/** Values as the vector files write them ⇄ values as our codecs take and give them. */
import { isDeepStrictEqual } from 'node:util';
import { type Address } from '../../runtime/address/address.ts';
import { createAddress } from '../../runtime/address/text.ts';
import { fromHex, toHex } from '../../runtime/base/bytes.ts';

export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export function isRecord(json: Json | undefined): json is { readonly [key: string]: Json } {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

/** `public_key` → `publicKey`, as generated classes name their fields. */
export function camelCase(name: string): string {
  return name.replace(/_+([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** A value to encode. Decimal strings become bigint where `isWide` says that the format has 64 bits. */
export function toOurs(json: Json, isWide: boolean): unknown {
  if (typeof json === 'string') return isWide && /^-?\d+$/.test(json) ? BigInt(json) : json;
  if (Array.isArray(json)) return json.map((item: Json) => toOurs(item, isWide));
  if (!isRecord(json)) return json;
  if ('json_text' in json) return valueOfJson(json);
  if (typeof json['hex'] === 'string') return fromHex(json['hex']);
  if (typeof json['bits'] === 'string' && 'float' in json) return floatOfBits(json['bits']);
  if ('repeat' in json) {
    const item = toOurs(json['repeat'] ?? null, isWide);
    const count = Number(json['count']);
    if (item instanceof Uint8Array && item.length > 0)
      return new Uint8Array(item.length * count).fill(item[0] ?? 0);
    if (typeof item === 'string') return item.repeat(count);
    return Array.from({ length: count }, () => item);
  }
  if ('host' in json) return addressOf(json['host'], json['port']);
  const fields = isRecord(json['fields']) ? json['fields'] : json;
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [camelCase(name), toOurs(value, isWide)]),
  );
}

/** The value of Python's JSON text; the files leave it out where it is no JSON of ours. */
function valueOfJson(json: { readonly [key: string]: Json }): unknown {
  return 'json' in json ? json['json'] : Number(json['json_text']);
}

/** An address to encode; wrong types are handed on, since refusing them is what is tested. */
export function addressOf(host: Json | undefined, port: Json | undefined): unknown {
  const text = toOurs(host ?? null, false);
  const number = toOurs(port ?? null, false);
  if (typeof text !== 'string') return { kind: 'ipv4', host: text, port: number };
  return { ...createAddress(text, 0), port: number };
}

function floatOfBits(hex: string): number {
  const view = new DataView(fromHex(hex).buffer);
  return view.byteLength === 4 ? view.getFloat32(0) : view.getFloat64(0);
}

function bitsOfFloat(value: number, sizeBytes: number): string {
  const view = new DataView(new ArrayBuffer(sizeBytes));
  if (sizeBytes === 4) view.setFloat32(0, value);
  else view.setFloat64(0, value);
  return toHex(new Uint8Array(view.buffer));
}

const ADDRESS_TYPE: { readonly [Kind in Address['kind']]: readonly string[] } = {
  ipv4: ['UDPv4Address', 'UDPv4LANAddress'],
  ipv6: ['UDPv6Address'],
  domain: ['DomainAddress'],
};

/** True when what was decoded is what the file says. */
export function isSame(json: Json | undefined, ours: unknown): boolean {
  if (json === undefined) return false;
  if (isRecord(json) && 'json_text' in json) return isDeepStrictEqual(valueOfJson(json), ours);
  if (typeof ours === 'bigint') return json === String(ours) || json === Number(ours);
  if (ours instanceof Uint8Array) return isRecord(json) && json['hex'] === toHex(ours);
  if (typeof ours === 'number' && isRecord(json)) {
    const bits = String(json['bits']);
    return 'float' in json && (bits === bitsOfFloat(ours, bits.length / 2) || bothNaN(json, ours));
  }
  if (Array.isArray(ours)) return isSameList(json, ours);
  if (ours instanceof Set) return isSameList(json, [...ours]);
  if (typeof ours !== 'object' || ours === null) return json === ours;
  if (isRecord(json) && 'host' in json) return isSameAddress(json, ours);
  if (!isRecord(json)) return false;
  const fields = isRecord(json['fields']) ? json['fields'] : json;
  const found = new Map(Object.entries(ours));
  return (
    found.size === Object.keys(fields).length &&
    Object.entries(fields).every(([name, value]) => isSame(value, found.get(camelCase(name))))
  );
}

function isSameList(json: Json, ours: readonly unknown[]): boolean {
  if (Array.isArray(json)) {
    return json.length === ours.length && json.every((item, at) => isSame(item, ours[at]));
  }
  // A list of records that the reference keeps as one run of bytes.
  const joined = ours.map((item) => (item instanceof Uint8Array ? toHex(item) : '?')).join('');
  return isRecord(json) && json['hex'] === joined;
}

function isSameAddress(json: { readonly [key: string]: Json }, ours: object): boolean {
  const address = new Map(Object.entries(ours));
  const types = ADDRESS_TYPE[address.get('kind') as Address['kind']] ?? [];
  return (
    types.includes(String(json['type'])) &&
    json['host'] === address.get('host') &&
    json['port'] === address.get('port')
  );
}

/** JavaScript does not keep the payload of a NaN through a number: any NaN is as good. */
function bothNaN(json: { readonly [key: string]: Json }, ours: number): boolean {
  return Number.isNaN(ours) && json['float'] === 'NaN';
}
