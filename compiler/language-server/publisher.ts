import type { PublishDiagnosticsParams } from 'vscode-languageserver';
import type { HandlerFiles } from './handler-files.ts';
import { gatherDiagnostics } from './publication.ts';
import type { Workspace } from './workspace.ts';
import type { World } from './world.ts';

/** How long nothing may have changed before diagnostics are shown: less than a person's pause. */
const QUIET_MS = 120;

/** Tells the client what is wrong, a moment after the last change. */
export type Publisher = { schedule(): void };

export type PublisherInputs = {
  readonly workspace: Workspace;
  readonly handlers: Pick<HandlerFiles, 'diagnostics' | 'revision'>;
  readonly world: World;
  /** The version of an open document. */
  versionOf(uri: string): number | undefined;
  send(params: PublishDiagnosticsParams): void;
  /** What the client shows beside other open documents may be out of date. */
  refresh(): void;
  fail(error: unknown): void;
};

export function createPublisher(inputs: PublisherInputs): Publisher {
  const { handlers, workspace, world } = inputs;
  /** What the client shows, by URI. */
  const shown = new Map<string, string>();
  let callOff = (): void => undefined;

  const revisions = (): string => `${workspace.revision()} ${handlers.revision()}`;
  const send = (params: PublishDiagnosticsParams): void => {
    const text = JSON.stringify(params);
    if (shown.get(params.uri) === text) return;
    const isKnownAsClean = params.diagnostics.length === 0 && params.version === undefined;
    if (isKnownAsClean && !shown.has(params.uri)) return;
    if (isKnownAsClean) shown.delete(params.uri);
    else shown.set(params.uri, text);
    inputs.send(params);
  };
  const publish = async (): Promise<void> => {
    const revision = revisions();
    const checked = await workspace.checked();
    const beside = await handlers.diagnostics(checked).catch((error: unknown) => {
      // What fails beside schemas must not hide what is wrong with them.
      inputs.fail(error);
      return [];
    });
    // Changed meanwhile: that change has scheduled its own turn.
    if (revision !== revisions()) return;
    const gathered = new Map([...gatherDiagnostics(checked, world), ...beside]);
    for (const uri of new Set([...shown.keys(), ...workspace.openUris(), ...gathered.keys()])) {
      const version = inputs.versionOf(uri);
      const diagnostics = [...(gathered.get(uri) ?? [])];
      send({ uri, diagnostics, ...(version === undefined ? {} : { version }) });
    }
    if (workspace.openUris().length > 1) inputs.refresh();
  };
  return {
    schedule() {
      callOff();
      callOff = world.after(QUIET_MS, () => void publish().catch(inputs.fail));
    },
  };
}
