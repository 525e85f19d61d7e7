/** The file that the author fills in: written with the first module, and never again. */
import type { Community, Message, Model, Module } from '../../ir/model.ts';
import { isIntroductionItself } from './community.ts';
import { inOrderOfParents } from './module.ts';
import { shapeOf } from './receive.ts';
import { isIntroduction, rolesOf } from './roles.ts';
import { parentOf, type Scope } from './scope.ts';
import { docstring, functionHead, IN_CLASS, IN_METHOD, statement } from './text.ts';

/**
 * A class for each community, with a method for each message that says that nothing is done yet.
 * `scope` is one of its own, of a module beside that of the schema. Undefined where no community
 * of the schema can be joined.
 */
export function printStarter(module: Module, model: Model, scope: Scope): string | undefined {
  const communities = inOrderOfParents(module).filter(isJoined);
  if (communities.length === 0) return undefined;
  const classes = communities.map((one) => printClass(one, module, { model, scope }));
  const doc = docstring('', [
    `What peers do in the communities of ${module.path}.`,
    'This file is yours: ipv8c wrote it once, and does not touch it again.',
  ]);
  const body = classes.map((one) => `\n\n${one}`).join('');
  const head = '# mypy: disable-error-code="import-untyped"\n';
  return `${head}${doc}\n${scope.imports.print()}${body}`;
}

function isJoined(community: Community): boolean {
  return community.identity.kind !== 'abstract' && !isIntroductionItself(community);
}

function printClass(
  community: Community,
  module: Module,
  { model, scope }: { readonly model: Model; readonly scope: Scope },
): string {
  const { doc, name } = community;
  const parent = parentOf(community, scope);
  // The handlers of a parent that stands in this file are its own.
  const isBeside = parent?.place.path === module.path && isJoined(parent);
  const bases = [
    scope.from(module.path, scope.names.ofBase(community)),
    ...(isBeside && parent !== undefined ? [scope.names.ofCommunity(parent)] : []),
  ];
  const methods: string[] = [];
  for (let one: Community | undefined = community; one !== undefined; one = parentOf(one, scope)) {
    if (one !== community && isBeside) break;
    methods.unshift(...handlersOf(one, model, scope));
  }
  return [
    `class ${scope.names.ofCommunity(community)}(${bases.join(', ')}):\n`,
    docstring(IN_CLASS, [doc === '' ? `The community ${name}.` : doc]),
    ...methods,
  ].join('');
}

function handlersOf(community: Community, model: Model, scope: Scope): readonly string[] {
  const roles = rolesOf(community, model);
  const { path } = community.place;
  return community.messages
    .filter((message) => !isIntroduction(message) && roles.answeredIn(message).length === 0)
    .map((message: Message) => {
      const { parameters } = shapeOf(message, { path, roles, scope });
      const asked = roles.askedIn(message)?.answer;
      const answer =
        asked === undefined
          ? 'None'
          : `${scope.from(asked.path, scope.names.ofPayload(asked.message), 'in annotations')} | None`;
      const head = functionHead(IN_CLASS, {
        name: `on_${scope.names.ofMethod(message)}`,
        parameters: ['self', ...parameters],
        result: answer,
      });
      const what = asked === undefined ? `Handle ${message.name}.` : `Answer ${message.name}.`;
      const body = statement(IN_METHOD, 'raise NotImplementedError', '');
      return `\n${head}${docstring(IN_METHOD, [what])}${body}`;
    });
}
