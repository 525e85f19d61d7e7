/**
 * A user's file as a syntax tree, which tells where text goes and is never printed back. The one
 * file that loads ts-morph, and only when it is asked to.
 */
import type * as Morph from 'ts-morph';

/** Half-open range of offsets. */
export type Range = { readonly start: number; readonly end: number };

/** Offsets of the tree count from the start of `text`, which has no byte order mark. */
export type Tree = {
  readonly morph: typeof Morph;
  readonly file: Morph.SourceFile;
  readonly text: string;
};

/** The first error of syntax of a file that has one. */
export type Broken = { readonly problem: string; readonly start: number };

/** Reads a text; `fileName` tells TypeScript from JavaScript. */
export async function openTree(text: string, fileName: string): Promise<Tree | Broken> {
  const morph = await import('ts-morph');
  const project = new morph.Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    compilerOptions: { allowJs: true, noLib: true },
  });
  const ending = /\.[cm]?[jt]sx?$/.exec(fileName)?.[0] ?? '.ts';
  const file = project.createSourceFile(`/file${ending}`, text);
  const [broken] = project.getProgram().getSyntacticDiagnostics(file);
  if (broken === undefined) return { morph, file, text };
  const message = broken.getMessageText();
  const problem = typeof message === 'string' ? message : message.getMessageText();
  return { problem, start: broken.getStart() };
}

/** From the first character that is no white space or comment to behind the last. */
export function rangeOf(node: Morph.Node): Range {
  return { start: node.getStart(), end: node.getEnd() };
}

/** A node and all below it, in the order of the text; brackets and commas are none. */
export function nodesOf(node: Morph.Node): readonly Morph.Node[] {
  const nodes = [node];
  node.forEachDescendant((one) => void nodes.push(one));
  return nodes;
}
