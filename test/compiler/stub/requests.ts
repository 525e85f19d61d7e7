/** Requests for stubs, and what becomes of a file by them. */
import { createSource } from '../../../compiler/source/source.ts';
import type { StubRequest } from '../../../compiler/stub/request.ts';
import { applyInsertions, type Review, reviewHandlers } from '../../../compiler/stub/review.ts';
import { message } from '../emit/model-factories.ts';

/** A community `Sample` of the messages; the first is declared in line 3. */
export function request(...names: readonly string[]): StubRequest {
  return {
    community: 'Sample',
    doc: 'A sample.',
    messages: names.map((name, at) =>
      message(name, [], {
        doc: `Says ${name}.`,
        place: { path: 'schemas/sample.ipv8', line: at + 3 },
      }),
    ),
    protocol: { name: 'sampleProtocol', specifier: './generated/sample.ts' },
    handlersType: 'SampleHandlers',
    runtime: 'ipv8',
  };
}

/** What is said about a file, and the file with its insertions. */
export async function reviewed(
  text: string,
  wanted: StubRequest,
  path = 'sample.ts',
): Promise<Review & { readonly text: string; readonly codes: readonly string[] }> {
  const source = createSource(path, text);
  const review = await reviewHandlers(source, wanted);
  const codes = review.diagnostics.map(({ code }) => code);
  return { ...review, text: applyInsertions(source, review.edits), codes };
}

/** The file with its insertions; it must be readable. */
export async function updated(text: string, ...names: readonly string[]): Promise<string> {
  const review = await reviewed(text, request(...names));
  if (!review.isReadable) throw new Error(review.diagnostics[0]?.title);
  return review.text;
}
