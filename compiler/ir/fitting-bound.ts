/** Which field makes a packet too large, and the bound with which it would fit. */
import type { Layout, StructLookup } from './layout.ts';
import type { Field } from './model.ts';
import { type PacketSizes, type PacketSize, roomOf, type SizedMessage } from './packet-size.ts';
import type { Bound, WireType } from './wire-type.ts';

/** From a type to one inside it: the element of a list, a struct's field, a codec's carrier. */
export type Step =
  | { readonly kind: 'element' | 'carrier' }
  | { readonly kind: 'field'; readonly structName: string; readonly fieldName: string };

/** A bound on the way from a field's type to where its bytes are. */
export type FittingBound = {
  /** Empty for the bound of the field's own type. */
  readonly steps: readonly Step[];
  readonly bound: Bound;
  /** With this as what is sent at most, and everything else at its largest, the packet fits. */
  readonly largest: number;
};

/** The field with the most bytes that a bound could take away. */
export type Blame = {
  readonly field: Field;
  /** Its largest size on the way where the packet exceeds most. */
  readonly size: number;
  /** True when no other field could give way instead. */
  readonly isAlone: boolean;
  /** Outer bounds in front of inner ones; only those that leave something to send. */
  readonly fitting: readonly FittingBound[];
};

/** What is to blame for a packet that exceeds its budget; undefined when every size is fixed. */
export function blameOf(message: SizedMessage, sizes: PacketSizes): Blame | undefined {
  const tightest = sizes.tightestOf(message);
  const layout = sizes.layout(tightest.route.family);
  const elastic = message.fields
    .map((field) => ({ field, size: layout.ofField(field) }))
    .filter(({ size }) => size.max > size.min);
  const [first, ...others] = elastic;
  if (first === undefined) return undefined;
  const worst = others.reduce(
    (most, one) => (one.size.max - one.size.min > most.size.max - most.size.min ? one : most),
    first,
  );
  return {
    field: worst.field,
    size: worst.size.max,
    isAlone: others.length === 0,
    fitting: fittingBounds(worst.field, tightest, { layout, structs: sizes.structs }),
  };
}

type Sizing = { readonly layout: Layout; readonly structs: StructLookup };

/** The bounds inside a field's type, each with the largest value that lets the packet fit. */
export function fittingBounds(
  field: Field,
  packet: PacketSize,
  sizing: Sizing,
): readonly FittingBound[] {
  const { max } = sizing.layout.ofField(field);
  // What ends at the largest number has lost what the others take.
  if (packet.payload.max >= Number.MAX_SAFE_INTEGER || field.constant !== undefined) return [];
  const room = roomOf(packet) + max;
  return elasticBounds(field.type, sizing).flatMap(({ steps, bound, zero, slope }) => {
    const largest = Math.floor((room - zero) / slope);
    const isUseful = largest >= Math.max(1, bound.min) && slope > 0;
    return isUseful ? [{ steps, bound, largest }] : [];
  });
}

/** A bound and the size of the whole type by it: `zero` and `slope` for each that it allows. */
type Elastic = {
  readonly steps: readonly Step[];
  readonly bound: Bound;
  readonly zero: number;
  readonly slope: number;
};

/**
 * Follows the field with the most bytes where a struct has several, and ends at a union: its size
 * does not follow one bound.
 */
function elasticBounds(start: WireType, { layout, structs }: Sizing): readonly Elastic[] {
  const found: Elastic[] = [];
  const steps: Step[] = [];
  const seen = new Set<string>();
  /** The size of the whole type is `zero + slope × size of `type``. */
  let [type, zero, slope] = [start as WireType | undefined, 0, 1];
  const add = (bound: Bound, own: number, unit: number): void => {
    found.push({ steps: [...steps], bound, zero: zero + slope * own, slope: slope * unit });
  };
  while (type !== undefined) {
    switch (type.kind) {
      case 'bytes':
      case 'string':
        add(type.bound, type.prefix / 8, 1);
        return found;
      case 'array':
        add(type.bound, 2, type.element === 'bool' ? 1 : 8);
        return found;
      case 'list': {
        const count = type.count === 'rest' ? 0 : type.count / 8;
        const element = layout.ofType(type.element);
        if (type.bound.isStated || !element.isOpen) add(type.bound, count, element.max);
        // Without an end of its own, the list does not count with its elements.
        if (!type.bound.isStated && layout.ofType(type).isOpen) return found;
        [zero, slope] = [zero + slope * count, slope * type.bound.sendMax];
        steps.push({ kind: 'element' });
        type = type.element;
        break;
      }
      case 'codec':
        steps.push({ kind: 'carrier' });
        type = type.carrier;
        break;
      case 'struct': {
        const struct = structs(type.structName);
        if (struct?.kind !== 'struct' || seen.has(struct.name)) return found;
        seen.add(struct.name);
        const largest = largestField(struct.fields, layout);
        if (largest === undefined) return found;
        const others = layout.ofDeclared(struct.name).max - layout.ofField(largest).max;
        zero += slope * (others + (type.isInline ? 0 : 2));
        steps.push({ kind: 'field', structName: struct.name, fieldName: largest.name });
        type = largest.type;
        break;
      }
      default:
        return found;
    }
  }
  return found;
}

function largestField(fields: readonly Field[], layout: Layout): Field | undefined {
  let largest: { readonly field: Field; readonly size: number } | undefined;
  for (const field of fields) {
    if (field.constant !== undefined) continue;
    const { min, max } = layout.ofField(field);
    const size = max - min;
    if (size > (largest?.size ?? 0)) largest = { field, size };
  }
  return largest?.field;
}
