import {
  BulkRegistration,
  CodeActionKind,
  CodeActionRequest,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  type ServerCapabilities,
  TextDocumentSyncKind,
} from 'vscode-languageserver';

import { FIX_ALL } from './code-actions.ts';
import { HANDLERS_LANGUAGE } from './handler-files.ts';
import { LEGEND } from './semantic-tokens.ts';

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
  documentSymbolProvider: true,
  renameProvider: { prepareProvider: true },
  codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL] },
  documentFormattingProvider: true,
  documentRangeFormattingProvider: true,
  foldingRangeProvider: true,
  semanticTokensProvider: { legend: LEGEND, full: true, range: true },
  completionProvider: { triggerCharacters: [':', '<', '=', ' ', '.', '(', '"', '/'] },
  inlayHintProvider: true,
  workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
};

/**
 * What the server wants of the author's TypeScript. Asked for apart from the rest, whose features must
 * not stand beside those that TypeScript has.
 */
export function handlerRegistrations(): BulkRegistration {
  const documentSelector = [
    { scheme: 'file', language: HANDLERS_LANGUAGE, pattern: '**/*.{ts,mts}' },
  ];
  const wanted = BulkRegistration.create();
  wanted.add(DidOpenTextDocumentNotification.type, { documentSelector });
  wanted.add(DidChangeTextDocumentNotification.type, {
    documentSelector,
    syncKind: TextDocumentSyncKind.Incremental,
  });
  wanted.add(DidCloseTextDocumentNotification.type, { documentSelector });
  wanted.add(CodeActionRequest.type, {
    documentSelector,
    codeActionKinds: [CodeActionKind.QuickFix],
  });
  return wanted;
}
