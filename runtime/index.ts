/**
 * All that an application author needs. Generated code imports `ipv8/codegen`, tests
 * `ipv8/simulation`.
 */
export { createNode } from './node/node.ts';
export type { Node, NodeOptions } from './node/node.ts';
export type { NodeMetrics, OverlayMetrics } from './node/metrics.ts';
export { printMetrics } from './node/print-metrics.ts';
export { PROMETHEUS_CONTENT_TYPE } from './operations/prometheus.ts';
export type { FailureCount, FailurePlace } from './operations/failures.ts';
export { createKnownHosts } from './bootstrap/known-hosts.ts';
export type {
  Bootstrapper,
  BootstrapperFactory,
  BootstrapperParts,
} from './bootstrap/bootstrapper.ts';
export { createTracker } from './tracker/tracker.ts';
export type {
  TrackedCommunityReport,
  Tracker,
  TrackerKey,
  TrackerOptions,
} from './tracker/tracker.ts';
export { StartError } from './node/start-error.ts';
export type { StartErrorCode } from './node/start-error.ts';

export { ConfigBuilder } from './config/config-builder.ts';
export type { OverlayOptions } from './config/config-builder.ts';
export { ConfigError } from './config/config-error.ts';
export type { ConfigProblem } from './config/config-error.ts';
export type {
  BootstrapperDefinition,
  BootstrapperInit,
  BootstrapperInits,
  BootstrapperName,
  Config,
  EdgeWalkInit,
  HostConfig,
  InterfaceConfig,
  InterfaceName,
  KeyConfig,
  NoInit,
  OnStart,
  OverlayConfig,
  PingChurnInit,
  RandomChurnInit,
  RandomWalkInit,
  Strategy,
  WalkerDefinition,
  WalkerInits,
} from './config/config.ts';
export {
  defaultBootstrapDefinitions,
  defaultConfiguration,
  DISPERSY_BOOTSTRAPPER,
} from './config/defaults.ts';
export { readConfigFile } from './config/config-file.ts';
export { configJsonSchema } from './config/json-schema.ts';
export { parseConfig } from './config/parse.ts';

export type { AnyCommunity } from './community/any-community.ts';
export type {
  Behaviour,
  Community,
  Overlay,
  OwnOverlay,
  StrategyFactory,
} from './community/overlay.ts';
export type {
  Destination,
  Handlers,
  Sender,
  SignedContext,
  TimedContext,
  TimedSendOptions,
  UnsignedContext,
} from './protocol/handlers.ts';
export type { MessageOf, MessageType, Protocol } from './protocol/protocol.ts';
export type {
  AnswerOf,
  QuestionOf,
  Reply,
  RequestId,
  RequestOptions,
  RequestResult,
  RequestType,
  Requester,
} from './protocol/requests.ts';
export { NotImplementedError } from './base/not-implemented-error.ts';

export type { Flow, MessageStatistics, OverlayStatistics } from './community/statistics.ts';
export type { EndpointCounters, ErrorCounts } from './endpoint/counters.ts';
export type { PacketEvent, PacketStage } from './operations/packet-trace.ts';
export type { Walkable, WalkStrategy } from './walker/strategy.ts';
export { createEdgeWalk } from './walker/edge-walk.ts';
export type { EdgeWalkOptions, EdgeWalkParts } from './walker/edge-walk.ts';
export { createRandomChurn } from './walker/random-churn.ts';
export type { RandomChurnOptions, RandomChurnParts } from './walker/random-churn.ts';
export { createRandomWalk } from './walker/random-walk.ts';
export type { RandomWalkOptions, RandomWalkParts } from './walker/random-walk.ts';

export type { Network } from './network/network.ts';
export { printPeer } from './network/print-peer.ts';
export { createPeer, printMid } from './peer/peer.ts';
export type { Mid, Peer } from './peer/peer.ts';
export { equalAddress, NO_ADDRESS } from './address/address.ts';
export type { Address } from './address/address.ts';
export { createAddress, parseAddress, printAddress } from './address/text.ts';

export { TRACKER_VERIFY_PACES } from './budget/limits.ts';
export type { Pace, VerifyPaces } from './budget/limits.ts';
export { createCrypto } from './crypto/create-crypto.ts';
export type { Crypto } from './crypto/crypto.ts';
export { loadOrCreateKeyFile, readKeyFile } from './crypto/key-file.ts';
export type { KeyFileError, KeyFileOptions } from './crypto/key-file.ts';
export type { KeyError, KeyLevel, PrivateKey, PublicKey } from './crypto/keys.ts';

export type { Clock, Timer } from './env/clock.ts';
export type { Env } from './env/env.ts';
export type { Log, LogFields, LogLevel } from './env/log.ts';
export { loopbackOnly } from './env/loopback-only.ts';
export { createNodeEnv } from './env/node-env.ts';
export type { Random } from './env/random.ts';
export { createTaskScope } from './tasks/task-scope.ts';
export type { TaskAction, TaskScope, TaskScopeOptions, TaskTiming } from './tasks/task-scope.ts';
export { WorkerError } from './env/workers.ts';
export type { JobFunction, WorkerErrorCode, WorkerJob, Workers } from './env/workers.ts';

export { equalBytes, fromBase64, fromHex, toBase64, toHex } from './base/bytes.ts';
export { NetworkError } from './base/network-error.ts';
export type { NetworkErrorCode } from './base/network-error.ts';
export type { Result } from './base/result.ts';
export { DecodeError, EncodeError } from './codec/codec-error.ts';
