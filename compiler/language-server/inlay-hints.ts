import { type InlayHint, InlayHintKind, type Range } from 'vscode-languageserver';
import { aroundText } from '../check/size-text.ts';
import { endOf, type Span } from '../source/span.ts';
import type { FieldOwner } from './entities.ts';
import { headOf } from './head-of.ts';
import { overlaps, positionOf, spanOf } from './places.ts';
import { measuresOf, type Measures, packetText, sizeText } from './sizes.ts';
import type { View } from './view.ts';

/** The bytes of each field, behind it, and each message's largest packet, behind its head. */
export function inlayHints(view: View, range: Range): readonly InlayHint[] {
  const wanted = spanOf(view.schema.source, range);
  const measures = measuresOf(view.program);
  return view.schema.declarations
    .filter(({ span }) => overlaps(span, wanted))
    .flatMap((node): readonly FieldOwner[] => {
      if (node.kind === 'struct') return [node];
      return node.kind === 'community' ? node.messages : [];
    })
    .filter(({ span }) => overlaps(span, wanted))
    .flatMap((owner) => [...messageHint(owner, measures), ...fieldHints(owner, measures)])
    .filter(({ span }) => overlaps(span, wanted))
    .map(({ label, span, tooltip }) => ({
      position: positionOf(span.source, span.start),
      label,
      tooltip,
      kind: InlayHintKind.Type,
      paddingLeft: true,
    }));
}

type Hint = { readonly span: Span; readonly label: string; readonly tooltip: string };

/** The largest packet, and by how much it exceeds what a datagram carries. */
function messageHint(node: FieldOwner, measures: Measures): readonly Hint[] {
  const message = node.kind === 'message' ? measures.message(node.name) : undefined;
  if (message === undefined) return [];
  const packet = measures.packet(message);
  return [
    {
      span: endOf(headOf(node)),
      label: `packet ${packetText(packet)}`,
      tooltip: aroundText(message, packet),
    },
  ];
}

function fieldHints(owner: FieldOwner, measures: Measures): readonly Hint[] {
  return owner.fields.flatMap(({ name, span }) => {
    const field = measures.field(owner.name, name);
    if (field === undefined) return [];
    return [
      {
        span: endOf(span),
        label: sizeText(measures.layout.ofField(field)),
        tooltip: 'bytes on the wire',
      },
    ];
  });
}
