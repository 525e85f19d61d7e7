/**
 * The test kit `ipv8/simulation`: a network in a bottle, where the same seed makes the same run.
 */
export { createWorld, type World, type WorldOptions } from './world.ts';
export { createSeededRandom } from './seeded-random.ts';
export { createStandInCrypto } from './stand-in-crypto.ts';
export type { Link } from './link.ts';
export type { Way } from './faults.ts';
export type { ClockFault } from './host.ts';
export { NAT, type NatBehaviour, type NatDependence } from './nat.ts';
export type { NatOptions } from './boxes.ts';
export type { TraceEntry, TraceEvent } from './trace.ts';
export { startNodes, type StartNodesOptions } from './start-nodes.ts';
export { introduce, type PlacedNode } from './introduce.ts';
export { readMessages, type ReadMessagesOptions, type ReceivedMessage } from './messages.ts';
export { trySeeds } from './seeds.ts';
