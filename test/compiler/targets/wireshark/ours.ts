/** Plain data of vectors → values as our classes have them, which the recordings are compared with. */
import { createAddress } from '../../../../runtime/address/text.ts';
import { fromHex } from '../../../../runtime/base/bytes.ts';
import type { VectorValue } from '../../../../compiler/ir/model.ts';
import { camelCase } from '../../../vector-runner/values.ts';

/** The value as a generated class holds it. */
export function ours(value: VectorValue): unknown {
  if (typeof value !== 'object') return value;
  switch (value.kind) {
    case 'bytes':
      return fromHex(value.hex);
    case 'text':
      return value.text;
    case 'address':
      return createAddress(value.host, value.port);
    case 'list':
      return value.items.map(ours);
    case 'object':
      return Object.fromEntries(
        Object.entries(value.entries).map(([name, part]) => [camelCase(name), ours(part)]),
      );
  }
}
