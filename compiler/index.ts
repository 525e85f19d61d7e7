/** All a tool needs to read schemas, report their faults and generate code from them. */
export {
  createProgramCache,
  loadProgram,
  type Program,
  type ProgramCache,
} from './program/program.ts';
export { renderDiagnostics, type RenderOptions } from './diagnostics/render.ts';
export type { Diagnostic, Edit, Label, Suggestion } from './diagnostics/diagnostic.ts';
export type { DiagnosticCode, Severity } from './diagnostics/catalog.ts';
export type { SourceHost } from './source/host.ts';
export { positionAt, type Position } from './source/position.ts';
export { createSource, type Source } from './source/source.ts';
export type { Span } from './source/span.ts';
export { createStubRequest, type StubRequest } from './stub/request.ts';
export { applyInsertions, type Review, reviewHandlers } from './stub/review.ts';
export type { Target, TargetFile, TargetInput } from './targets/target.ts';
export type * from './ir/model.ts';
export type * from './ir/wire-type.ts';
