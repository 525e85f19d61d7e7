/** Headings that can be linked to, and links to them from any page. */
import type { Community, Model } from '../../ir/model.ts';
import type { WireType } from '../../ir/wire-type.ts';
import type { TargetInput } from '../target.ts';

/** Where the pages are, and what stands on which. */
export type Links = {
  /** A link to a declaration, for the page of a schema; the bare name where it is on no page. */
  readonly toDeclaration: (from: string, name: string) => string;
  /** A link to a message of a community or of one of its ancestors. */
  readonly toMessage: (from: string, community: Community, name: string) => string;
};

/** The links between the pages of the schemas that were named. */
export function createLinks({ model, placeOf, schemas }: TargetInput): Links {
  const places = pathsOfDeclarations(model);
  const link = (from: string, to: string | undefined, [name, id]: [string, string]): string => {
    if (to === undefined || !schemas.has(to)) return code(name);
    const page = wayBetween(placeOf(from), placeOf(to));
    return `[${code(name)}](${from === to ? '' : `${page}.md`}#${id})`;
  };
  return {
    toDeclaration: (from, name) => link(from, places.get(name), [name, name]),
    toMessage(from, community, name) {
      const owner = ownerOf(model, community, name);
      return link(from, owner?.place.path, [name, `${owner?.name}.${name}`]);
    },
  };
}

/** The relative path from one file to another; both are below one directory. */
function wayBetween(from: string, to: string): string {
  const [start, end] = [from.split('/'), to.split('/')];
  let shared = 0;
  while (shared < start.length - 1 && start[shared] === end[shared]) shared++;
  return [...start.slice(shared + 1).map(() => '..'), ...end.slice(shared)].join('/');
}

/** What a link to a declaration, or to a community's message, leads to. */
export function anchor(...names: readonly [name: string, message?: string]): string {
  return `<a id="${names.join('.')}"></a>`;
}

function pathsOfDeclarations({ modules }: Model): ReadonlyMap<string, string> {
  return new Map(
    modules.flatMap(({ declarations, path }) => declarations.map(({ name }) => [name, path])),
  );
}

/** The community that declares the message: itself, or the nearest ancestor that has one. */
function ownerOf(model: Model, start: Community, name: string): Community | undefined {
  const communities = new Map(
    model.modules
      .flatMap(({ declarations }) => declarations)
      .flatMap((one) => (one.kind === 'community' ? [[one.name, one] as const] : [])),
  );
  const seen = new Set<Community>();
  let community: Community | undefined = start;
  while (community !== undefined && !seen.has(community)) {
    if (community.messages.some((message) => message.name === name)) return community;
    seen.add(community);
    community = community.parent === undefined ? undefined : communities.get(community.parent);
  }
  return undefined;
}

/** The declarations that a type names, in order. */
export function namesIn(type: WireType): readonly string[] {
  switch (type.kind) {
    case 'list':
      return namesIn(type.element);
    case 'struct':
      return [type.structName];
    case 'union':
      return [type.unionName];
    case 'enum':
      return [type.enumName];
    case 'flags':
      return [type.flagsName];
    case 'codec':
      return [type.codecName];
    case 'bits':
      return type.members.flatMap((member) => (member.kind === 'enum' ? [member.enumName] : []));
    default:
      return [];
  }
}

/** Text between backticks. */
export function code(text: string): string {
  return `\`${text}\``;
}
