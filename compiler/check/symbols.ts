import type {
  CommunityNode,
  ConstNode,
  DeclarationNode,
  EnumNode,
  Expression,
  MessageNode,
  Name,
  StructNode,
} from '../ast/nodes.ts';
import type { LinkedSchema } from './linked.ts';

/** A community may have at most this many ancestors; nobody has more than two. */
export const ANCESTORS_MAX = 16;

/** Every declared name of a program, and who may use it. */
export class Symbols {
  readonly #declarations = new Map<string, DeclarationNode>();
  /** Path of a schema → itself and the paths that it imports. */
  readonly #visible = new Map<string, ReadonlySet<string>>();

  /** Path of a schema → its messages by name, the first of each. */
  readonly #messages = new Map<string, ReadonlyMap<string, MessageNode>>();

  constructor(schemas: readonly LinkedSchema[]) {
    for (const { schema, imports } of schemas) {
      const paths = [schema.source.path, ...imports.map(({ path }) => path)];
      this.#visible.set(schema.source.path, new Set(paths));
      const messages = schema.declarations
        .flatMap((node) => (node.kind === 'community' ? node.messages : []))
        .map((message) => [message.name.text, message] as const);
      this.#messages.set(schema.source.path, new Map(messages.toReversed()));
      for (const declaration of schema.declarations) {
        const name = declaration.name.text;
        if (!this.#declarations.has(name)) this.#declarations.set(name, declaration);
      }
    }
  }

  /** What the name means where it stands: declared in the same schema or in one that it imports. */
  find(name: Name): DeclarationNode | undefined {
    const declaration = this.#declarations.get(name.text);
    if (declaration === undefined) return undefined;
    const visible = this.#visible.get(name.span.source.path);
    return visible?.has(declaration.span.source.path) === true ? declaration : undefined;
  }

  /** What the name means in any schema of the program, imported or not. */
  findAnywhere(text: string): DeclarationNode | undefined {
    return this.#declarations.get(text);
  }

  /** The message that the name means: of the same schema, or else of one that it imports. */
  findMessage(name: Name): MessageNode | undefined {
    for (const path of this.#visible.get(name.span.source.path) ?? []) {
      const found = this.#messages.get(path)?.get(name.text);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Every declaration, the first of each name. */
  all(): Iterable<DeclarationNode> {
    return this.#declarations.values();
  }

  findStruct(name: Name): StructNode | undefined {
    const found = this.find(name);
    return found?.kind === 'struct' ? found : undefined;
  }

  findUnion(name: Name): EnumNode | undefined {
    const found = this.find(name);
    return found?.kind === 'union' ? found : undefined;
  }

  /** An enum, neither flags nor a union. */
  findEnum(name: Name): EnumNode | undefined {
    const found = this.find(name);
    return found?.kind === 'enum' ? found : undefined;
  }

  findConst(name: Name): ConstNode | undefined {
    const found = this.find(name);
    return found?.kind === 'const' ? found : undefined;
  }

  /** The community it extends by name. */
  parentOf(community: CommunityNode): CommunityNode | undefined {
    if (community.parent === undefined) return undefined;
    const found = this.find(community.parent);
    return found?.kind === 'community' ? found : undefined;
  }

  /** Its ancestors, nearest first. Ends in front of a community that is there already. */
  ancestorsOf(community: CommunityNode): readonly CommunityNode[] {
    const ancestors: CommunityNode[] = [];
    let next = this.parentOf(community);
    while (next !== undefined && next !== community && ancestors.length < ANCESTORS_MAX) {
      if (ancestors.includes(next)) break;
      ancestors.push(next);
      next = this.parentOf(next);
    }
    return ancestors;
  }

  /** The number an expression stands for; undefined when it cannot be known. */
  evaluate(expression: Expression | undefined): bigint | undefined {
    if (expression === undefined) return undefined;
    if (expression.kind === 'integer') return expression.value;
    const value = this.findConst(expression)?.value;
    return value?.kind === 'integer' ? value.value : undefined;
  }

  /** As `evaluate`, for numbers that are only used between 0 and 2³²−1; others are undefined. */
  evaluateSize(expression: Expression | undefined): number | undefined {
    const value = this.evaluate(expression);
    if (value === undefined || value < 0n || value > 0xffff_ffffn) return undefined;
    return Number(value);
  }
}
