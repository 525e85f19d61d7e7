import type { Community, Model } from '../../ir/model.ts';
import type { Root } from '../../wire/declarations.ts';
import { communitiesOf } from '../../wire/protocols.ts';
import { rootsOf } from '../../wire/roots.ts';
import { nearName } from '../near-name.ts';
import { UsageError } from '../usage-error.ts';

/**
 * The message, struct or union of that name; `Community.Message` where two communities have one.
 * @throws UsageError for a name that none or several have.
 */
export function findRoot(model: Model, name: string): Root {
  const named = rootsOf(model).map((one) => ({
    ...one,
    names: one.name === one.root.name ? [one.name] : [one.root.name, one.name],
  }));
  const found = named.filter((one) => one.names.includes(name));
  const [first, second] = found;
  if (first === undefined) {
    const near = nearName(
      name,
      named.flatMap(({ names }) => names),
    );
    const hint = near === undefined ? '' : `; the nearest is ${near}`;
    throw new UsageError(`no message, struct or union is called ${name}${hint}`);
  }
  if (second !== undefined) {
    const all = found.map(({ names }) => names.at(-1)).join(', ');
    throw new UsageError(`${name} may be ${all}: say which`);
  }
  return first.root;
}

/**
 * The community of that name.
 * @throws UsageError for a name that none has.
 */
export function findCommunity(model: Model, name: string): Community {
  const communities = communitiesOf(model);
  const found = communities.find((one) => one.name === name);
  if (found !== undefined) return found;
  const near = nearName(
    name,
    communities.map((one) => one.name),
  );
  const hint = near === undefined ? '' : `; the nearest is ${near}`;
  throw new UsageError(`no community is called ${name}${hint}`);
}
