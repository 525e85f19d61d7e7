/** Nodes as processes in network namespaces, and waiting for what happens to them. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export type PeerOptions = {
  /** The address to bind to. */
  readonly host: string;
  readonly introducer?: string;
  /** The walk ends with so many peers; 0 for no walk. */
  readonly peers: number;
};

export type PeerEvent =
  | { readonly event: 'started'; readonly id: string }
  | { readonly event: 'peer'; readonly id: string; readonly at: string }
  | { readonly event: 'no answer'; readonly from: string };

export class PeerProcess {
  readonly #child: ChildProcess;
  readonly #events: PeerEvent[] = [];
  readonly #errors: string[] = [];
  #onChange: () => void = () => {};
  #isOver = false;

  constructor(namespace: string, program: string, options: PeerOptions) {
    const node = [process.execPath, program, JSON.stringify(options)];
    const child = spawn('ip', ['netns', 'exec', namespace, ...node]);
    this.#child = child;
    createInterface({ input: child.stdout }).on('line', (line) => {
      this.#events.push(JSON.parse(line));
      this.#onChange();
    });
    child.stderr.on('data', (text: Buffer) => void this.#errors.push(text.toString()));
    child.on('exit', () => {
      this.#isOver = true;
      this.#onChange();
    });
  }

  /** The node's own id, once it runs. */
  async started(): Promise<string> {
    await this.until((events) => events.some(({ event }) => event === 'started'));
    const [started] = this.#events.filter((each) => each.event === 'started');
    return started?.id ?? '';
  }

  /**
   * Resolves when what happened so far satisfies the predicate. The test's own timeout bounds it.
   * @throws when the process ends before.
   */
  async until(predicate: (events: readonly PeerEvent[]) => boolean): Promise<void> {
    while (!predicate(this.#events)) {
      if (this.#isOver) throw new Error(`the node ended: ${this.#errors.join('')}`);
      await new Promise<void>((resolve) => (this.#onChange = resolve));
    }
  }

  async stop(): Promise<void> {
    if (this.#isOver) return;
    const exited = once(this.#child, 'exit');
    this.#child.stdin?.end();
    await exited;
  }
}
