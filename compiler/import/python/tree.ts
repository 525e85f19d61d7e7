/**
 * Python as far as payloads and communities need it: a readonly tree without the parser's concrete
 * nodes. What is not needed is `other`, so that whoever reads it sees that something stands there.
 */
import type { Source } from '../../source/source.ts';
import type { Span } from '../../source/span.ts';

/** One file. */
export type PythonModule = {
  readonly source: Source;
  readonly body: readonly Statement[];
  /** Where the text is no Python. */
  readonly faults: readonly Fault[];
  readonly comments: readonly Span[];
};

/** A place that cannot be read. */
export type Fault = {
  readonly span: Span;
  /** True inside of a function, which hides nothing but itself. */
  readonly isInFunction: boolean;
};

type At = { readonly span: Span };

/** A name with its place. */
export type Identifier = At & { readonly name: string };

export type Argument = {
  /** Undefined for one by position. */
  readonly name: string | undefined;
  readonly value: Expression;
};

export type Expression = At &
  (
    | { readonly kind: 'name'; readonly name: string }
    | { readonly kind: 'attribute'; readonly object: Expression; readonly name: string }
    | { readonly kind: 'call'; readonly callee: Expression; readonly args: readonly Argument[] }
    | { readonly kind: 'index'; readonly object: Expression; readonly items: readonly Expression[] }
    | { readonly kind: 'list'; readonly items: readonly Expression[] }
    | { readonly kind: 'star'; readonly value: Expression }
    | { readonly kind: 'integer'; readonly value: bigint }
    | { readonly kind: 'text'; readonly text: string }
    | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
    | { readonly kind: 'truth'; readonly value: boolean }
    | { readonly kind: 'none' }
    | {
        readonly kind: 'binary';
        readonly operator: string;
        readonly left: Expression;
        readonly right: Expression;
      }
    | { readonly kind: 'minus'; readonly value: Expression }
    | { readonly kind: 'other' }
  );

/** The value of an assignment to a name, an attribute, or several at once. */
export type Assignment = At & {
  readonly kind: 'assign';
  readonly targets: readonly Expression[];
  /** `x: int`. */
  readonly annotation: Expression | undefined;
  /** Undefined for an annotation alone. */
  readonly value: Expression | undefined;
};

export type ClassDefinition = At & {
  readonly kind: 'class';
  readonly name: Identifier;
  readonly bases: readonly Argument[];
  readonly decorators: readonly Expression[];
  readonly body: readonly Statement[];
};

export type FunctionDefinition = At & {
  readonly kind: 'function';
  readonly name: Identifier;
  readonly decorators: readonly Expression[];
  /** Stars and separators left out. */
  readonly parameters: readonly Parameter[];
  readonly body: readonly Statement[];
};

export type Parameter = Identifier & {
  readonly star: '' | '*' | '**';
  readonly annotation: Expression | undefined;
  readonly initial: Expression | undefined;
};

export type Import = At & {
  readonly kind: 'import';
  /** `..a.b` of `from ..a.b import c`; undefined for `import a.b`. */
  readonly from: string | undefined;
  /** `*` for all. `path` has dots in `import a.b`. */
  readonly names: readonly { readonly path: string; readonly as: string }[];
};

export type Statement =
  | Assignment
  | ClassDefinition
  | FunctionDefinition
  | Import
  | (At & {
      readonly kind: 'update';
      readonly target: Expression;
      readonly operator: string;
      readonly value: Expression;
    })
  | (At & { readonly kind: 'expression'; readonly value: Expression })
  | (At & { readonly kind: 'return'; readonly value: Expression | undefined })
  /** `if`, `try`, `for`, … : what may run, perhaps several times. */
  | (At & {
      readonly kind: 'block';
      readonly isLoop: boolean;
      readonly branches: readonly (readonly Statement[])[];
    })
  | (At & { readonly kind: 'other' });
