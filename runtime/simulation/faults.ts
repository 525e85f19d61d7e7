/** What keeps hosts apart for a while: ways that are cut, and ways that are clogged. */
import { createAddress } from '../address/text.ts';
import { demand } from './demand.ts';

/** From some hosts to some others, by their addresses. Left out: from, or to, all. */
export type Way = { readonly from?: readonly string[]; readonly to?: readonly string[] };

/** Datagrams that a clogged way holds; a router's buffer drops more, and a test's memory is finite. */
export const HELD_MAX = 10_000;

/** What a clog holds, in the order it came. */
type Clog = { readonly way: ParsedWay; readonly held: Held[] };

type Held = { readonly from: string; readonly to: string; readonly release: () => void };

type ParsedWay = {
  readonly from: ReadonlySet<string> | undefined;
  readonly to: ReadonlySet<string> | undefined;
};

export class Faults {
  readonly #cuts = new Set<ParsedWay>();
  readonly #clogs = new Set<Clog>();

  /** Nothing passes until the function that this gives is called. */
  cut(way: Way): () => void {
    const parsed = parseWay(way);
    this.#cuts.add(parsed);
    return () => void this.#cuts.delete(parsed);
  }

  /** Datagrams wait until the function that this gives is called. */
  clog(way: Way): () => void {
    const clog: Clog = { way: parseWay(way), held: [] };
    this.#clogs.add(clog);
    return () => {
      this.#clogs.delete(clog);
      for (const datagram of clog.held.splice(0)) {
        // Another clog may be on its way still; what that has no room for is lost.
        const { from, to, release } = datagram;
        if (this.isClogged(from, to)) this.hold(from, to, release);
        else release();
      }
    };
  }

  isCut(from: string, to: string): boolean {
    if (this.#cuts.size === 0) return false;
    return [...this.#cuts].some((way) => isOn(way, from, to));
  }

  isClogged(from: string, to: string): boolean {
    return this.#clogs.size > 0 && this.#clogOn(from, to) !== undefined;
  }

  /** What becomes of a datagram on a clogged way; `release` is called when the way is free. */
  hold(from: string, to: string, release: () => void): 'held' | 'shed' {
    const clog = this.#clogOn(from, to);
    if (clog === undefined || clog.held.length >= HELD_MAX) return 'shed';
    clog.held.push({ from, to, release });
    return 'held';
  }

  #clogOn(from: string, to: string): Clog | undefined {
    return [...this.#clogs].find(({ way }) => isOn(way, from, to));
  }
}

function parseWay({ from, to }: Way): ParsedWay {
  return { from: parseHosts(from), to: parseHosts(to) };
}

function parseHosts(hosts: readonly string[] | undefined): ReadonlySet<string> | undefined {
  if (hosts === undefined) return undefined;
  const parsed = hosts.map((host) => createAddress(host, 0));
  for (const { kind, host } of parsed) {
    demand(kind !== 'domain', `cut or clog: "${host}" is no IP address; give those of hosts`);
  }
  return new Set(parsed.map(({ host }) => host));
}

function isOn({ from, to }: ParsedWay, fromHost: string, toHost: string): boolean {
  return from?.has(fromHost) !== false && to?.has(toHost) !== false;
}
