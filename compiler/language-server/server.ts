/** The features wired to a connection: the only file that speaks the protocol. */
import {
  type CancellationToken,
  type Connection,
  createConnection,
  DidChangeWatchedFilesNotification,
  DidChangeWorkspaceFoldersNotification,
  ErrorCodes,
  LSPErrorCodes,
  ResponseError,
  TextDocuments,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { CAPABILITIES, handlerRegistrations } from './capabilities.ts';
import { completion } from './completion.ts';
import { definition } from './definition.ts';
import { hover } from './hover.ts';
import { documentSymbols } from './document-symbols.ts';
import { folding } from './folding.ts';
import { formatting } from './formatting.ts';
import { codeActions } from './code-actions.ts';
import { spanOf } from './places.ts';
import { prepareRename, rename } from './rename.ts';
import { semanticTokens } from './semantic-tokens.ts';
import { inlayHints } from './inlay-hints.ts';
import { createHandlerFiles, type HandlerFiles, HANDLERS_LANGUAGE } from './handler-files.ts';
import { createPublisher } from './publisher.ts';
import { highlights, references } from './references.ts';
import type { View } from './view.ts';
import { createWorkspace, type Workspace } from './workspace.ts';
import type { World } from './world.ts';

/** The streams of a client; its process ends the server's when it goes. */
export type Streams = {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
};

type Session = {
  readonly connection: Connection;
  readonly workspace: Workspace;
  readonly handlers: HandlerFiles;
  readonly world: World;
  phase: 'new' | 'ready' | 'down';
  /** The client takes news about files that change on disk. */
  isWatching: boolean;
  /** The client can be asked for documents of another language. */
  isRegistering: boolean;
  /** The client asks for hints again when it is told to. */
  isRefreshing: boolean;
};

/** Serves one client until it says `exit`, or its end of the streams closes. */
export function serve({ input, output }: Streams, world: World): void {
  const connection = createConnection(input, output);
  const workspace = createWorkspace(world);
  const session: Session = {
    connection,
    workspace,
    handlers: createHandlerFiles(workspace, world),
    world,
    phase: 'new',
    isWatching: false,
    isRegistering: false,
    isRefreshing: false,
  };
  const schedule = wireDocuments(session);
  wireLifecycle(session, schedule);
  wireRequests(session);
  connection.listen();
}

function wireLifecycle(session: Session, schedule: () => void): void {
  const { connection, workspace } = session;
  let folders: readonly string[] = [];
  connection.onInitialize(({ capabilities, rootUri, workspaceFolders }) => {
    session.phase = 'ready';
    session.isWatching =
      capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
    session.isRegistering =
      capabilities.textDocument?.synchronization?.dynamicRegistration === true &&
      capabilities.textDocument.codeAction?.dynamicRegistration === true;
    session.isRefreshing = capabilities.workspace?.inlayHint?.refreshSupport === true;
    const root = typeof rootUri === 'string' ? [{ uri: rootUri }] : [];
    folders = (workspaceFolders ?? root).map(({ uri }) => uri);
    workspace.setFolders(folders);
    return { capabilities: CAPABILITIES, serverInfo: { name: 'ipv8c' } };
  });
  connection.onInitialized(async () => {
    schedule();
    // A client that refuses shows no faults of handlers, and all else.
    if (session.isRegistering) {
      await connection.client.register(handlerRegistrations()).catch(() => undefined);
    }
    if (!session.isWatching) return;
    const watchers = ['**/*.ipv8', '**/ipv8.config.json'].map((globPattern) => ({ globPattern }));
    await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }).then(
      () => workspace.keepFiles(),
      // A client that refuses is asked for nothing: files are read again each time.
      () => undefined,
    );
  });
  connection.onNotification(DidChangeWorkspaceFoldersNotification.type, ({ event }) => {
    const removed = new Set(event.removed.map(({ uri }) => uri));
    folders = [...folders.filter((uri) => !removed.has(uri)), ...event.added.map(({ uri }) => uri)];
    workspace.setFolders(folders);
    schedule();
  });
  connection.onShutdown(() => {
    session.phase = 'down';
  });
}

/** Keeps the workspace at what the client tells; returns what makes diagnostics follow. */
function wireDocuments(session: Session): () => void {
  const { connection, handlers, workspace, world } = session;
  const { console: log } = connection;
  const documents = new TextDocuments(TextDocument);
  const fail = (error: unknown): void => log.error(String(error));
  const publisher = createPublisher({
    workspace,
    handlers,
    world,
    versionOf: (uri) => documents.get(uri)?.version,
    send: (params) => void connection.sendDiagnostics(params).catch(fail),
    refresh: () => {
      if (session.isRefreshing) connection.languages.inlayHint.refresh().catch(fail);
    },
    fail,
  });
  documents.onDidChangeContent(({ document }) => {
    const keeper = document.languageId === HANDLERS_LANGUAGE ? handlers : workspace;
    keeper.open(document.uri, document.getText());
    publisher.schedule();
  });
  documents.onDidClose(({ document }) => {
    const keeper = handlers.has(document.uri) ? handlers : workspace;
    keeper.close(document.uri);
    publisher.schedule();
  });
  const forget = (): void => {
    workspace.forgetFiles();
    publisher.schedule();
  };
  documents.onDidSave(({ document }) => {
    if (!handlers.has(document.uri)) forget();
  });
  connection.onDidChangeWatchedFiles(forget);
  documents.listen(connection);
  return () => publisher.schedule();
}

function wireRequests(session: Session): void {
  const { connection, handlers } = session;
  const about = answersOf(session);
  connection.onHover(about((view, { position }) => hover(view, position)));
  connection.onDefinition(about((view, { position }) => [...definition(view, position)]));
  connection.onDocumentHighlight(about((view, { position }) => [...highlights(view, position)]));
  connection.onReferences(
    about((view, { context, position }) => [
      ...references(view, position, { withDefinition: context.includeDeclaration }),
    ]),
  );
  connection.onCompletion(about((view, { position }) => [...completion(view, position)]));
  connection.onPrepareRename(about((view, { position }) => prepareRename(view, position)));
  connection.onRenameRequest(
    about(async (view, { newName, position }) => {
      const renamed = await rename(view, position, newName);
      if (renamed.ok) return renamed.edit;
      return new ResponseError(LSPErrorCodes.RequestFailed, renamed.reason);
    }),
  );
  connection.onCodeAction(
    about(
      async (view, { context, range }) => [
        ...(await codeActions(view, { range, only: context.only })),
      ],
      async ({ context, range, textDocument: { uri } }) =>
        handlers.has(uri)
          ? [...(await handlers.actions(uri, { range, only: context.only }))]
          : null,
    ),
  );
  connection.onDocumentFormatting(about(({ schema }) => [...formatting(schema.source)]));
  connection.onDocumentRangeFormatting(
    about(({ schema }, { range }) => [...formatting(schema.source, range)]),
  );
  connection.onFoldingRanges(about(({ schema }) => [...folding(schema.source)]));
  connection.onDocumentSymbol(about(({ schema }) => [...documentSymbols(schema)]));
  connection.languages.semanticTokens.on(about((view) => semanticTokens(view)));
  connection.languages.inlayHint.on(about((view, { range }) => [...inlayHints(view, range)]));
  connection.languages.semanticTokens.onRange(
    about((view, { range }) => semanticTokens(view, spanOf(view.schema.source, range))),
  );
}

/** What every request about a document names. */
type About = { readonly textDocument: { readonly uri: string } };

type Feature<Params, Result> = (view: View, params: Params) => Result | Promise<Result>;

/** Finds the document of a request, and refuses what comes too early or too late. */
function answersOf(session: Session) {
  const { workspace } = session;
  return <Params extends About, Result>(
      answer: Feature<Params, Result>,
      /** For what is no open schema; most features have nothing to say of it. */
      otherwise?: (params: Params) => Promise<Result | null>,
    ) =>
    async (params: Params, token: CancellationToken): Promise<Result | ResponseError | null> => {
      if (session.phase === 'new') {
        return new ResponseError(ErrorCodes.ServerNotInitialized, 'not initialized yet');
      }
      if (session.phase === 'down') {
        return new ResponseError(ErrorCodes.InvalidRequest, 'the server was told to shut down');
      }
      const view = await workspace.view(params.textDocument.uri);
      if (token.isCancellationRequested) {
        return new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
      }
      if (view !== undefined) return answer(view, params);
      return otherwise === undefined ? null : otherwise(params);
    };
}
