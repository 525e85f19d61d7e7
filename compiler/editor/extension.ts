/** The extension: starts `ipv8c lsp` of the workspace and hands it to the editor. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { commands, type ExtensionContext, window, workspace } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node.js';

/** Of the package `ipv8`, from the folder that has it installed. */
const SERVER = join('node_modules', 'ipv8', 'dist', 'compiler', 'cli', 'main.js');

let client: LanguageClient | undefined;
/** Starts and stops, one after the other. */
let last: Promise<void> = Promise.resolve();

export function activate({ subscriptions }: ExtensionContext): Promise<void> {
  subscriptions.push(
    commands.registerCommand('ipv8.restart', restart),
    workspace.onDidGrantWorkspaceTrust(restart),
    workspace.onDidChangeWorkspaceFolders(() => (client === undefined ? restart() : undefined)),
    workspace.onDidChangeConfiguration((event) =>
      event.affectsConfiguration('ipv8.server') ? restart() : undefined,
    ),
  );
  return restart();
}

export function deactivate(): Promise<void> {
  last = last.then(stop);
  return last;
}

function restart(): Promise<void> {
  last = last
    .then(stop)
    .then(start)
    .catch(async (error: unknown) => {
      await window.showErrorMessage(`ipv8c lsp does not run: ${String(error)}`);
    });
  return last;
}

async function stop(): Promise<void> {
  const running = client;
  client = undefined;
  await running?.stop();
}

async function start(): Promise<void> {
  // What lies in a workspace is run only by those who trust it.
  if (!workspace.isTrusted) return;
  const module = serverPath();
  if (module === undefined) return;
  client = new LanguageClient(
    'ipv8',
    'IPv8 schemas',
    { module, args: ['lsp'], transport: TransportKind.stdio },
    {
      documentSelector: [
        { scheme: 'file', language: 'ipv8' },
        { scheme: 'untitled', language: 'ipv8' },
      ],
    },
  );
  await client.start();
}

/** The setting, or the first workspace folder that has the package; undefined where none has. */
function serverPath(): string | undefined {
  const stated = workspace.getConfiguration('ipv8').get<string>('server.path', '');
  if (stated !== '') return stated;
  return workspace.workspaceFolders
    ?.map(({ uri }) => join(uri.fsPath, SERVER))
    .find((path) => existsSync(path));
}
