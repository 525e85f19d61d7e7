/** What the codecs of others have in common. */
import { readFileSync } from 'node:fs';
import { MESSAGE_NAMES, variantsOf } from '../../codec/messages.ts';

/** Versions of packages, for the report. */
export function versions(...names) {
  const found = names.map((name) => {
    const manifest = new URL(`../node_modules/${name}/package.json`, import.meta.url);
    return [name, JSON.parse(readFileSync(manifest, 'utf8')).version];
  });
  return Object.fromEntries(found);
}

/** A codec for each message. */
export function forEachMessage(codecOf) {
  return Object.fromEntries(MESSAGE_NAMES.map((name) => [name, codecOf(name, variantsOf(name))]));
}

/** The plain value in what a codec gave: classes, Buffers and names of its own taken off. */
export function plain(decoded) {
  if (decoded instanceof Uint8Array) return Uint8Array.from(decoded);
  if (Array.isArray(decoded)) return decoded.map(plain);
  if (typeof decoded !== 'object' || decoded === null) return decoded;
  const fields = Object.entries(decoded).filter(
    ([name, value]) => !name.startsWith('$') && typeof value !== 'function',
  );
  return Object.fromEntries(fields.map(([name, value]) => [name, plain(value)]));
}
