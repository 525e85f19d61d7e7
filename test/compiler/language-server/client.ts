/** A client of `ipv8c lsp` in a process of its own, and a directory for it to work in. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  DidChangeWatchedFilesNotification,
  DidOpenTextDocumentNotification,
  ErrorCodes,
  InitializedNotification,
  InitializeRequest,
  type InitializeResult,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
  type Registration,
  RegistrationRequest,
  ResponseError,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { ROOT } from '../emit/temporary-modules.ts';
import { createWorkspace } from '../cli/workspace.ts';

const WATCHED = DidChangeWatchedFilesNotification.method;
const TSX = pathToFileURL(join(ROOT, 'node_modules/tsx/dist/loader.mjs')).href;

export type Client = {
  readonly connection: ProtocolConnection;
  readonly process: ChildProcess;
  /** The exit code of the server, once it has ended. */
  readonly ended: Promise<number | null>;
  readonly initialized: InitializeResult;
  uri(path: string): string;
  write(path: string, text: string): void;
  open(path: string, text: string, languageId?: string): Promise<void>;
  /** What the server asked for in the handshake. */
  readonly registered: readonly Registration[];
  /** The next diagnostics of a document that satisfy the condition, or the last if they do. */
  diagnostics(
    path: string,
    isWanted: (params: PublishDiagnosticsParams) => boolean,
  ): Promise<PublishDiagnosticsParams>;
  close(): void;
};

/**
 * Starts a server in a new directory with these files and shakes hands with it. A client that does
 * not watch files says it could, and refuses when it is asked.
 */
export async function startClient(
  files: { readonly [path: string]: string },
  options: { readonly isWatching?: boolean } = {},
): Promise<Client> {
  const here = createWorkspace(files);
  const server = spawn(
    process.execPath,
    ['--import', TSX, join(ROOT, 'compiler/cli/main.ts'), 'lsp', '--stdio'],
    { cwd: here.directory, stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const ended = new Promise<number | null>((resolve) => server.on('exit', resolve));
  const connection = createProtocolConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  const published = watchDiagnostics(connection);
  const registrations: Registration[] = [];
  const registered = new Promise<void>((resolve) => {
    connection.onRequest(RegistrationRequest.type, (params) => {
      if (options.isWatching !== true) return new ResponseError(ErrorCodes.InvalidRequest, 'no');
      registrations.push(...params.registrations);
      if (registrations.some(({ method }) => method === WATCHED)) resolve();
      return undefined;
    });
  });
  connection.listen();
  const uri = (path: string): string => pathToFileURL(join(here.directory, path)).href;
  const initialized = await connection.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    rootUri: null,
    capabilities: {
      textDocument: {
        synchronization: { dynamicRegistration: true },
        codeAction: { dynamicRegistration: true },
      },
      workspace: {
        didChangeWatchedFiles: { dynamicRegistration: true },
        // A request that this client has no answer for.
        inlayHint: { refreshSupport: true },
      },
    },
    workspaceFolders: [{ uri: uri('.'), name: 'here' }],
  });
  await connection.sendNotification(InitializedNotification.type, {});
  if (options.isWatching === true) await registered;
  return {
    connection,
    process: server,
    ended,
    initialized,
    uri,
    write: (path, text) => here.write(path, text),
    registered: registrations,
    open: (path, text, languageId = 'ipv8') =>
      connection.sendNotification(DidOpenTextDocumentNotification.type, {
        textDocument: { uri: uri(path), languageId, version: 1, text },
      }),
    diagnostics: (path, isWanted) => published(uri(path), isWanted),
    close() {
      connection.dispose();
      server.kill();
      here.remove();
    },
  };
}

type IsWanted = (params: PublishDiagnosticsParams) => boolean;

function watchDiagnostics(connection: ProtocolConnection) {
  const last = new Map<string, PublishDiagnosticsParams>();
  const waiting = new Set<() => void>();
  connection.onNotification(PublishDiagnosticsNotification.type, (params) => {
    last.set(params.uri, params);
    for (const look of waiting) look();
  });
  return (uri: string, isWanted: IsWanted): Promise<PublishDiagnosticsParams> =>
    new Promise((resolve) => {
      const look = (): void => {
        const params = last.get(uri);
        if (params === undefined || !isWanted(params)) return;
        waiting.delete(look);
        resolve(params);
      };
      waiting.add(look);
      look();
    });
}
