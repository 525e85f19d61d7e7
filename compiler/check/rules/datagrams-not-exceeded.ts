import type { TypeNode } from '../../ast/nodes.ts';
import { diagnose, type Suggestion } from '../../diagnostics/diagnostic.ts';
import { type Blame, blameOf, type FittingBound } from '../../ir/fitting-bound.ts';
import type { WireType } from '../../ir/wire-type.ts';
import type { PacketSize } from '../../ir/packet-size.ts';
import type { CheckContext } from '../context.ts';
import { fieldNodeOf, type MessagePlace, messagePlacesOf, typeNodeAt } from '../message-places.ts';
import { aroundText, budgetText } from '../size-text.ts';
import { shapeOf } from '../type-shape.ts';

/**
 * The packet of a message fits one datagram, in a network of either family, signed with a key of
 * curve25519. What has no end counts with its smallest size: it takes what is left.
 */
export function datagramsNotExceeded(context: CheckContext): void {
  const sizes = context.packetSizes();
  for (const place of messagePlacesOf(context)) {
    const packet = sizes.tightestOf(place.message);
    if (packet.largest <= packet.budget) continue;
    report(context, place, { packet, blame: blameOf(place.message, sizes) });
  }
}

type Excess = { readonly packet: PacketSize; readonly blame: Blame | undefined };

function report(context: CheckContext, place: MessagePlace, { packet, blame }: Excess): void {
  const { node, message } = place;
  const field = blame && fieldNodeOf(node.fields, blame.field);
  const share = blame && Math.round((blame.size / packet.largest) * 100);
  const changes = blame?.fitting.flatMap(
    (fitting) => changeOf(context, field?.type, { fitting, blame }) ?? [],
  );
  const [first, ...others] = changes ?? [];
  context.report(
    diagnose(
      'size/exceeds-datagram',
      { name: message.name },
      {
        at: node.name.span,
        label: `up to ${packet.largest} bytes, and ${packet.budget} fit`,
        others:
          field === undefined || blame === undefined
            ? []
            : [{ span: field.name.span, text: `up to ${blame.size} of them (${share} %)` }],
        notes: [aroundText(message, packet), budgetText()],
        help: blame === undefined ? ['all its sizes are fixed: take fields out'] : [],
        suggestions: [first, ...others].flatMap((one, at) => {
          if (one === undefined) return [];
          return at === 0 ? [one] : [{ ...one, applicability: 'maybe-incorrect' as const }];
        }),
      },
    ),
  );
}

/** The change that makes the packet fit: encoding sends less, decoding accepts what it did. */
function changeOf(
  context: CheckContext,
  start: TypeNode | undefined,
  { fitting, blame }: { readonly fitting: FittingBound; readonly blame: Blame },
): Suggestion | undefined {
  const { steps, bound, largest } = fitting;
  const type = start && typeNodeAt(context, start, steps);
  const shape = type && shapeOf(type);
  if (shape === undefined || type === undefined || !('bound' in shape)) return undefined;
  const text = `at most ${largest} ${unitOf(shape)} fit: let encoding send no more`;
  if (shape.bound === undefined) {
    // A bound where there was none is for decoding too.
    const end = type.parameters?.at(-1)?.span.end ?? type.span.end;
    const span = { ...type.span, start: end, end };
    const edits = [{ span, replacement: `, ..${largest}` }];
    return { text: `at most ${largest} fit`, edits, applicability: 'maybe-incorrect' };
  }
  const sent = shape.bound.sendMax;
  const span = sent?.span ?? { ...shape.bound.span, start: shape.bound.span.end };
  const replacement = sent === undefined ? ` send ..${largest}` : String(largest);
  // Another field, or other messages, may be the better place.
  const isOwn = steps.every(({ kind }) => kind === 'element');
  const isSafe = bound.isStated && blame.isAlone && isOwn;
  const applicability = isSafe ? 'machine-applicable' : 'maybe-incorrect';
  return { text, edits: [{ span, replacement }], applicability };
}

function unitOf({ kind }: { readonly kind: WireType['kind'] | 'named' | 'malformed' }): string {
  return kind === 'bytes' || kind === 'string' ? 'bytes' : 'elements';
}
