/** Peers of both kinds for one case. */
import { type Case, type Context, expectEqual } from '../case.ts';
import { compileForPython } from './compile-for-python.ts';
import type { LabOptions, LabServer } from './lab-peer.ts';
import { type PythonPeer, startPython, startPythonTracker } from './python-peer.ts';
import { type Communities, startTypeScript, type TypeScriptPeer } from './typescript-peer.ts';

export type Lab = {
  readonly context: Context;
  readonly python: (options?: LabOptions) => Promise<PythonPeer>;
  readonly typescript: (options?: LabOptions & Communities) => Promise<TypeScriptPeer>;
  /** A tracker of py-ipv8. */
  readonly pythonTracker: () => Promise<LabServer>;
};

export type LabNeeds = {
  readonly secondsMax?: number;
  /** Python peers get what the compiler makes of our schemas. */
  readonly isGenerated?: boolean;
};

/** A case among peers; it fails too when one of them failed, or tried to leave loopback. */
export function labCase(
  name: string,
  run: (lab: Lab) => Promise<void>,
  { secondsMax, isGenerated = false }: LabNeeds = {},
): Case {
  return {
    name,
    ...(secondsMax === undefined ? {} : { secondsMax }),
    async run(context) {
      const modules = isGenerated ? [await compileForPython(context)] : [];
      const process = context.python('peers.py', modules);
      const started: LabServer[] = [];
      const keep = async <Kind extends LabServer>(starting: Promise<Kind>): Promise<Kind> => {
        const peer = await starting;
        started.push(peer);
        return peer;
      };
      let count = 0;
      const nameOf = (kind: string): string => `${kind}-${++count}`;
      await run({
        context,
        pythonTracker: () => keep(startPythonTracker(process, nameOf('tracker'))),
        python: (options = {}) => keep(startPython(process, nameOf('python'), options)),
        typescript: (options = {}) => keep(startTypeScript(context, nameOf('typescript'), options)),
      });
      await Promise.all(started.map((peer) => peer.stop()));
      expectEqual((await process.finish()).stderr, '', 'what py-ipv8 complained of');
    },
  };
}
