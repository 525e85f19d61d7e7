import { type ServerCapabilities, TextDocumentSyncKind } from 'vscode-languageserver';

/** What the server offers. */
export const CAPABILITIES: ServerCapabilities = {
  textDocumentSync: {
    openClose: true,
    change: TextDocumentSyncKind.Incremental,
    save: { includeText: false },
  },
  hoverProvider: true,
  definitionProvider: true,
  referencesProvider: true,
  documentHighlightProvider: true,
  workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
};
