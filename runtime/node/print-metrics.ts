import type { MessageStatistics } from '../community/statistics.ts';
import { type MetricFamily, printFamilies, type Sample } from '../operations/prometheus.ts';
import type { NodeMetrics, OverlayMetrics } from './metrics.ts';

/**
 * A node's metrics as Prometheus reads them: to be answered with `PROMETHEUS_CONTENT_TYPE`. Names and
 * labels are few, and the program's own: nothing a peer sends becomes one.
 */
export function printMetrics(metrics: NodeMetrics): string {
  return printFamilies([
    ...trafficFamilies(metrics),
    ...overlayFamilies(metrics),
    ...messageFamilies(metrics),
  ]);
}

function trafficFamilies({ traffic, kernelDrops, failures }: NodeMetrics): MetricFamily[] {
  const { received, receivedBytes, sent, sentBytes, unsent, errors } = traffic;
  const one = (value: number): Sample[] => [{ value }];
  const byReason = (counts: Readonly<Record<string, number>>): Sample[] =>
    Object.entries(counts).map(([reason, value]) => ({ labels: { reason }, value }));
  return [
    counter('received_datagrams', 'Datagrams that came in.', one(received)),
    counter('received_bytes', 'Bytes of datagrams that came in.', one(receivedBytes)),
    counter('sent_datagrams', 'Datagrams that were handed to the system.', one(sent)),
    counter('sent_bytes', 'Bytes of datagrams that were handed to the system.', one(sentBytes)),
    counter('unsent_datagrams', 'Datagrams that were not sent, and why.', byReason(unsent)),
    counter('network_errors', 'What the system said of sockets.', byReason(errors)),
    counter(
      'kernel_dropped_datagrams',
      'Datagrams that the system dropped before they could be read.',
      kernelDrops === undefined ? [] : one(kernelDrops),
    ),
    counter(
      'failures',
      'What handlers, tasks, strategies and observers threw.',
      failures.map(({ place, overlay, message, count }) => {
        return { labels: { place, overlay, message }, value: count };
      }),
    ),
  ];
}

function overlayFamilies(metrics: NodeMetrics): MetricFamily[] {
  const { traffic, demultiplexer, peers, overlays, communities } = metrics;
  const { delivered: _, ...dropped } = demultiplexer;
  const { unheard, elsewhere } = traffic;
  const nobodys = Object.entries({ ...dropped, unheard, elsewhere });
  const outcomes = [
    ...nobodys.map(([outcome, value]) => ({ labels: { outcome }, value })),
    ...overlays.flatMap((one) => {
      // What is being handled becomes something else, so it is no counter.
      const { handling: __, ...ended } = one.outcomes;
      return Object.entries(ended).map(([outcome, value]) => {
        return { labels: { ...labelsOf(one), outcome }, value };
      });
    }),
  ];
  const each = (measure: (one: OverlayMetrics) => number): Sample[] =>
    overlays.map((one) => ({ labels: labelsOf(one), value: measure(one) }));
  return [
    counter('datagrams', 'Datagrams that came in, each once, by what became of them.', outcomes),
    gauge(
      'handling_datagrams',
      'Datagrams whose handlers have not come to their end.',
      each(({ outcomes: { handling } }) => handling),
    ),
    gauge(
      'tracked_communities',
      'Communities that a tracker serves.',
      communities === undefined ? [] : [{ value: communities }],
    ),
    gauge('known_peers', 'Peers of all overlays.', [{ value: peers }]),
    gauge(
      'overlay_peers',
      'Peers of an overlay.',
      each((one) => one.peers),
    ),
    gauge(
      'open_requests',
      'Questions that wait for their answer.',
      each(({ openRequests }) => openRequests),
    ),
    gauge(
      'active_tasks',
      'Tasks of an overlay that are active.',
      each(({ tasks }) => tasks),
    ),
  ];
}

/** Ids that the overlay has no message for are one, so that no peer makes up a label. */
function messageFamilies({ overlays }: NodeMetrics): MetricFamily[] {
  const each = (measure: (one: MessageStatistics) => number): Sample[] =>
    overlays.flatMap((one) => {
      const sums = new Map<string, number>();
      for (const statistics of one.messages) {
        const message = statistics.messageName ?? 'unknown';
        sums.set(message, (sums.get(message) ?? 0) + measure(statistics));
      }
      return [...sums].map(([message, value]) => {
        return { labels: { ...labelsOf(one), message }, value };
      });
    });
  return [
    counter(
      'messages_received',
      'Datagrams of a message that came in.',
      each(({ received }) => received.count),
    ),
    counter(
      'message_bytes_received',
      'Bytes of those that came in.',
      each(({ received }) => received.bytes),
    ),
    counter(
      'messages_sent',
      'Datagrams of a message that were sent.',
      each(({ sent }) => sent.count),
    ),
    counter(
      'message_bytes_sent',
      'Bytes of those that were sent.',
      each(({ sent }) => sent.bytes),
    ),
  ];
}

function labelsOf({ name, communityId }: OverlayMetrics): Record<string, string> {
  return { overlay: name, community: communityId };
}

function counter(name: string, help: string, samples: readonly Sample[]): MetricFamily {
  return { name: `ipv8_${name}_total`, help, type: 'counter', samples };
}

function gauge(name: string, help: string, samples: readonly Sample[]): MetricFamily {
  return { name: `ipv8_${name}`, help, type: 'gauge', samples };
}
