/** Bytes as the model sees them: a tree of places, types and values. */
import type { VectorValue } from '../ir/model.ts';
import type { WireType } from '../ir/wire-type.ts';
import type { DecodeError } from '../../runtime/codegen.ts';

export type WireNode = {
  /** The field's name in the schema; `[2]` of an element; `tag` of a union. */
  readonly name: string;
  /** From the message down: `nodes[2].address`. Empty at the root. */
  readonly path: string;
  /** Of the first byte. */
  readonly offset: number;
  /** In bytes, lengths and counts in front included. */
  readonly length: number;
  /** Undefined for the root, and for bytes that no field accounts for. */
  readonly type: WireType | undefined;
  /** Undefined where reading broke off. Of a codec: the value of its carrier. */
  readonly value: VectorValue | undefined;
  readonly isConstant: boolean;
  /** Fields, elements, or the tag and the fields of a variant, in wire order. */
  readonly children: readonly WireNode[];
};

/** Where and why bytes do not fit. */
export type WireError = {
  readonly reason: DecodeError['reason'];
  /** The whole way to it, as generated code says it: `nodes[2].address`. */
  readonly path: string;
  readonly offset: number;
  readonly detail: string;
};

/** What became of bytes: the tree as far as it goes. */
export type Interpreted =
  | { readonly ok: true; readonly tree: WireNode; readonly value: VectorValue }
  | { readonly ok: false; readonly tree: WireNode; readonly error: WireError };

/** The innermost node that holds the byte at `offset`. */
export function nodeAt(tree: WireNode, offset: number): WireNode {
  let node = tree;
  for (;;) {
    const inner = node.children.find(
      (child) => child.offset <= offset && offset < child.offset + child.length,
    );
    if (inner === undefined) return node;
    node = inner;
  }
}
