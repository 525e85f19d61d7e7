import { resolve } from 'node:path';
import type * as runtimeModule from '../../../runtime/index.ts';
import { counted } from '../counted.ts';
import { EXIT_CODE, type ExitCode } from '../exit-code.ts';
import { KEY_LEVELS } from '../key-levels.ts';
import { createStopSignals } from '../stop-signals.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

/** What `ipv8c tracker` was asked for. */
export type TrackerCommand = {
  readonly listen: readonly string[];
  readonly key?: string;
  readonly level: string;
  /** Seconds. */
  readonly every: number;
  readonly json?: boolean;
};

/** `ipv8c tracker`: serves until the user wants it to end, which then takes a second at most. */
export async function tracker(command: TrackerCommand, terminal: Terminal): Promise<ExitCode> {
  // Loaded here, because few commands need the runtime.
  const runtime = await import('../../../runtime/index.ts');
  const { createNodeEnv, createTracker, StartError } = runtime;
  const interfaces = interfacesOf(command.listen, runtime.parseAddress);
  const generation = KEY_LEVELS.find((one) => one === command.level) ?? 'very-low';
  const file = command.key === undefined ? '' : resolve(terminal.cwd, command.key);
  const running = createTracker({
    ...(interfaces.length > 0 && { interfaces }),
    key: { generation, file },
    env: createNodeEnv({ logLevel: 'WARNING' }),
  });
  const { close, stopped } = (terminal.createStopSignals ?? createStopSignals)();
  const say = createSpeaker(running, runtime, command.json === true ? 'json' : 'text');
  try {
    const ending = stopped.then(() => running.stop());
    await running.start();
    terminal.out(say('listening'));
    const reminder = setInterval(() => terminal.out(say('serving')), command.every * 1_000);
    await stopped;
    clearInterval(reminder);
    terminal.out(say('stopped'));
    await ending;
    return EXIT_CODE.fine;
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    // Whoever stops a start wants just that.
    if (error.code === 'stopped') return EXIT_CODE.fine;
    terminal.err(`error: ${error.message}\n`);
    return EXIT_CODE.failed;
  } finally {
    close();
  }
}

type Runtime = typeof runtimeModule;
type InterfaceConfig = runtimeModule.InterfaceConfig;
type Tracker = runtimeModule.Tracker;

/** @throws UsageError */
function interfacesOf(
  texts: readonly string[],
  parseAddress: Runtime['parseAddress'],
): readonly InterfaceConfig[] {
  const interfaces = texts.map((text): InterfaceConfig => {
    const isPort = /^[0-9]{1,5}$/.test(text);
    const address = parseAddress(isPort ? `0.0.0.0:${text}` : text);
    if (address === undefined || address.kind === 'domain') {
      throw new UsageError(
        `"${text}" is no address to listen at; give 8090, 127.0.0.1:8090 or [::1]:8090`,
      );
    }
    const family = address.kind === 'ipv4' ? 'UDPIPv4' : 'UDPIPv6';
    return { interface: family, ip: address.host, port: address.port };
  });
  const families = new Set(interfaces.map((one) => one.interface));
  if (families.size === interfaces.length) return interfaces;
  throw new UsageError('a tracker listens at one IPv4 and one IPv6 address at most');
}

type Moment = 'listening' | 'serving' | 'stopped';

/** What is said at a moment: a line. */
function createSpeaker(
  running: Tracker,
  { printAddress, printMid }: Runtime,
  form: 'text' | 'json',
): (moment: Moment) => string {
  const startedAt = performance.now();
  return (moment) => {
    const addresses = running.addresses.map(printAddress);
    const mid = running.mid === undefined ? undefined : printMid(running.mid);
    const communities = running.communities.map(({ id, peers }) => ({ id, peers: peers.length }));
    const { traffic } = running;
    if (form === 'json') {
      const seconds = Math.round((performance.now() - startedAt) / 1_000);
      const { counters } = running;
      const told = { event: moment, seconds, addresses, mid, communities, counters, traffic };
      return `${JSON.stringify(told)}\n`;
    }
    if (moment === 'listening') return `listening on ${addresses.join(' and ')} as ${mid}\n`;
    const peers = communities.reduce((sum, one) => sum + one.peers, 0);
    const served = `${counted(communities.length, 'community', 'communities')}, ${counted(peers, 'peer')}`;
    const received = counted(traffic.received, 'datagram');
    return `${moment}: ${served}; ${received} in, ${traffic.sent} out\n`;
  };
}
