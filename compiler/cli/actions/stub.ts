import { realpath, stat } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { printStubFile, type StubRequest, updateStub } from '../../emit/handler-stub.ts';
import { protocolMessages, protocolName } from '../../emit/protocol.ts';
import type { Community, Model } from '../../ir/model.ts';
import { type Config, loadConfig } from '../config.ts';
import { counted } from '../counted.ts';
import { EXIT_CODE, type ExitCode } from '../exit-code.ts';
import { load, type Loaded } from '../load.ts';
import { nearName } from '../near-name.ts';
import { readText, writeAtomically } from '../node-host.ts';
import { outputPlaces, relativeSpecifier, specifier } from '../outputs.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

/** What `ipv8c stub` was asked for. */
export type StubCommand = {
  readonly name: string;
  readonly out: string;
  readonly paths: readonly string[];
};

/** `ipv8c stub`: starts a file of handlers, or adds to a file the handlers it lacks. */
export async function stub(command: StubCommand, terminal: Terminal): Promise<ExitCode> {
  const config = await loadConfig(terminal.cwd);
  const loaded = await load(command.paths, config, terminal);
  if (loaded.hasErrors) return EXIT_CODE.findings;
  const community = findCommunity(loaded.program.model, command.name);
  const file = resolve(terminal.cwd, command.out);
  const shown = relative(terminal.cwd, file);
  const request = stubRequest(community, { loaded, config, file });
  const text = await readText(file);
  if (text === undefined) {
    await writeAtomically(file, printStubFile(request));
    terminal.out(`written ${shown} with ${counted(request.messages.length, 'handler')}\n`);
    return EXIT_CODE.fine;
  }
  const update = await updateStub(text, file, request);
  if (!update.ok) {
    const place = update.line === undefined ? shown : `${shown}:${update.line}`;
    throw new UsageError(`${place}: ${update.problem}`);
  }
  for (const { name, line } of update.gone) {
    terminal.err(`warning: ${shown}:${line}: ${community.name} has no message for "${name}"\n`);
  }
  if (update.text === text) {
    terminal.out(`unchanged ${shown}\n`);
    return EXIT_CODE.fine;
  }
  const target = await realpath(file);
  await writeAtomically(target, update.text, { mode: (await stat(target)).mode });
  const added = counted(update.added.length, 'handler');
  terminal.out(`added ${added} to ${shown}: ${update.added.join(', ')}\n`);
  return EXIT_CODE.fine;
}

function findCommunity(model: Model, name: string): Community {
  const communities = model.modules
    .flatMap((module) => module.declarations)
    .filter((declaration) => declaration.kind === 'community');
  const found = communities.find((community) => community.name === name);
  if (found === undefined) {
    const names = communities.map((community) => community.name);
    const near = nearName(name, names);
    const hint = near === undefined ? `there are ${names.join(', ')}` : `the nearest is ${near}`;
    throw new UsageError(
      `no community is called ${name}; ${names.length === 0 ? 'there is none' : hint}`,
    );
  }
  if (found.identity.kind === 'abstract') {
    throw new UsageError(`${name} is abstract: communities that extend it have handlers`);
  }
  return found;
}

function stubRequest(
  community: Community,
  around: { readonly loaded: Loaded; readonly config: Config; readonly file: string },
): StubRequest {
  const { config, file, loaded } = around;
  const { model } = loaded.program;
  const communities = new Map(
    model.modules
      .flatMap((module) => module.declarations)
      .filter((declaration) => declaration.kind === 'community')
      .map((one) => [one.name, one]),
  );
  const places = outputPlaces(model, loaded, resolve(config.directory, config.out));
  const module = places.get(community.place.path) ?? file;
  return {
    community: community.name,
    doc: community.doc,
    messages: protocolMessages(community, (name) => communities.get(name)).map(
      (one) => one.message,
    ),
    protocol: {
      name: protocolName(community.name),
      specifier: relativeSpecifier(file, module),
    },
    handlersType: `${community.name}Handlers`,
    runtime: specifier(config.runtime, config.directory, file),
  };
}
