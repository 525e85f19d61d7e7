/** The file in which a node keeps where its peers are, from one run to the next. */
import type { Config } from '../config/config.ts';
import type { Env } from '../env/env.ts';
import { SNAPSHOT_BYTES_MAX } from '../network/limits.ts';
import type { Network } from '../network/network.ts';
import { pathIn } from './path-in.ts';

/** How often it is written while the node runs, in milliseconds: what a crash costs at most. */
export const PEERS_FILE_INTERVAL_MS = 600_000;

export type PeersFileParts = {
  readonly config: Pick<Config, 'peersFile' | 'workingDirectory'>;
  readonly network: Pick<Network, 'loadSnapshot' | 'peers' | 'snapshot'>;
  readonly env: Pick<Env, 'storage' | 'log'>;
};

/** Loading and saving never fail: a node without the file begins with its bootstrappers. */
export type PeersFile = {
  /** Makes the kept addresses walkable in these services; says in the log why it takes none. */
  load(services: readonly string[]): Promise<void>;
  /** Writes where the peers are; nothing while there are none, so that an old list is kept. */
  save(): Promise<void>;
};

/** Undefined when the configuration names no file. */
export function createPeersFile({ config, network, env }: PeersFileParts): PeersFile | undefined {
  const { peersFile, workingDirectory } = config;
  if (peersFile === undefined) return undefined;
  const { storage, log } = env;
  const path = pathIn(workingDirectory, peersFile);
  return {
    async load(services) {
      const found = await storage.read(path, SNAPSHOT_BYTES_MAX);
      if (!found.ok && found.error.code === 'missing') return;
      const loaded = found.ok ? network.loadSnapshot(found.value, services) : found;
      if (loaded.ok) {
        log.write('INFO', 'known peers loaded', { file: path, addresses: loaded.value });
        return;
      }
      const hint = 'delete it to begin anew';
      const reason = `${loaded.error.message}; ${hint}`;
      log.write('WARNING', 'known peers not loaded', { file: path, reason });
    },
    async save() {
      if (network.peers().length === 0) return;
      const saved = await storage.replace(path, network.snapshot());
      if (!saved.ok) log.write('WARNING', 'known peers not saved', { reason: saved.error.message });
    },
  };
}
