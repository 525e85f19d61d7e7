/** The ways of datagrams through a node of which the packet trace is a part; `trace-cost.ts` bundles this twice. */
import { TemperatureRequest, weatherProtocol } from '../../generated/weather.ts';
import { createAddress } from '../../runtime/address/text.ts';
import { ok } from '../../runtime/base/result.ts';
import { join } from '../../runtime/community/join.ts';
import { createCrypto } from '../../runtime/crypto/create-crypto.ts';
import type { Crypto } from '../../runtime/crypto/crypto.ts';
import { EndpointTally } from '../../runtime/endpoint/counters.ts';
import { Demultiplexer } from '../../runtime/endpoint/demultiplexer.ts';
import type { Endpoint } from '../../runtime/endpoint/endpoint.ts';
import { createNetwork } from '../../runtime/network/network.ts';
import { Failures } from '../../runtime/operations/failures.ts';
import { PacketTrace } from '../../runtime/operations/packet-trace.ts';
import { createPrefix } from '../../runtime/packet/header.ts';
import { seal } from '../../runtime/packet/seal.ts';
import { createWorld } from '../../runtime/simulation/index.ts';
import { createTaskScope } from '../../runtime/tasks/task-scope.ts';

const COMMUNITY_ID = weatherProtocol.communityId;

/** Runs a workload some times. */
export type Workload = (times: number) => void;

/** A node without a network, whose trace nobody listens to. */
export async function createWorkloads(): Promise<Readonly<Record<string, Workload>>> {
  const env = createWorld({ seed: 1 }).env('10.0.0.1');
  const real = await createCrypto();
  // Signatures would hide everything else.
  const crypto: Crypto = { ...real, sign: () => new Uint8Array(64), verify: () => true };
  const [identity, other] = [real.generateKey('curve25519'), real.generateKey('curve25519')];
  if (!identity.ok || !other.ok) throw new Error('no key');
  const endpoint: Endpoint = {
    address: createAddress('10.0.0.1', 8090),
    addresses: [createAddress('10.0.0.1', 8090)],
    counters: new EndpointTally(),
    send: () => ok(undefined),
    onDatagram: () => {},
    close: async () => {},
  };
  const failures = new Failures(env);
  const trace = new PacketTrace(env.clock, (error) => failures.report('packet trace', error));
  const demultiplexer = new Demultiplexer(env.log, { trace });
  join({
    community: {
      protocol: weatherProtocol,
      create: () => ({ handlers: { temperatureRequest: () => ({ tenths: 5 }) } }),
    },
    name: 'Weather',
    identity: identity.value,
    crypto,
    env,
    endpoint,
    demultiplexer,
    network: createNetwork({ clock: env.clock }),
    tasks: createTaskScope({ clock: env.clock, onError: () => {} }),
    peersMax: 30,
    failures,
    trace,
  });
  const from = createAddress('10.0.0.2', 8090);
  const prefix = createPrefix(2, COMMUNITY_ID);
  const envelope = { prefix, identity: other.value, crypto, globalTime: 1n };
  const question = new TemperatureRequest({ identifier: 1, place: 'here' });
  const workload =
    (datagram: Uint8Array): Workload =>
    (times) => {
      for (let count = 0; count < times; count++) demultiplexer.receive(datagram, from);
    };
  return {
    'no overlay': workload(new Uint8Array(100)),
    'no message': workload(new Uint8Array([...prefix, 200])),
    'question and answer': workload(seal(TemperatureRequest, question, envelope)),
  };
}
