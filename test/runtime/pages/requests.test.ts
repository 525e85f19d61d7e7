import { expect, test } from 'vitest';
import { createWeather } from '../../../examples/weather.ts';
import { requestTemperature } from '../../../generated/weather.ts';
import { createAddress } from '../../../runtime/address/text.ts';
import { ConfigBuilder } from '../../../runtime/config/config-builder.ts';
import { createCrypto } from '../../../runtime/crypto/create-crypto.ts';
import { createNode } from '../../../runtime/node/node.ts';
import { createWorld, introduce, type Link } from '../../../runtime/simulation/index.ts';
import { piecesOf, runPiece } from './run-page.ts';

const crypto = await createCrypto();
const GOOD: Link = { delayMs: { min: 10, max: 10 }, loss: 0 };

test.each(piecesOf('requests.md'))('$heading', async ({ code, output }) => {
  let isLost = false;
  const link = (): Link => {
    if (!isLost) return GOOD;
    isLost = false;
    return { ...GOOD, loss: 1 };
  };
  const world = createWorld({ seed: 1, link });
  const start = async (host: string, temperatures: ReadonlyMap<string, number>) => {
    const config = new ConfigBuilder()
      .clearKeys()
      .clearOverlays()
      .setAddress(host)
      .setPort(8090)
      .addEphemeralKey('key')
      .addOverlay('Weather', 'key')
      .finalize();
    const extraCommunities = { Weather: createWeather(temperatures) };
    const node = createNode(config, { env: world.env(host), crypto, extraCommunities });
    await node.start();
    return node;
  };
  const other = await start('10.0.0.2', new Map([['Delft', 123]]));
  const node = await start('10.0.0.1', new Map());
  introduce([
    { host: '10.0.0.1', node },
    { host: '10.0.0.2', node: other },
  ]);
  const lines: string[] = [];
  let isOver = false;
  const running = runPiece(code, {
    node,
    overlay: node.overlay('Weather'),
    station: node.network.peers()[0],
    requestTemperature,
    createAddress,
    loseNextDatagram: () => void (isLost = true),
    log: (text: unknown) => void lines.push(`${world.now} ms: ${String(text)}\n`),
  });
  void running.finally(() => (isOver = true)).catch(() => {});
  await world.runUntil(() => isOver, { withinMs: 60_000 });
  await running;
  expect(lines.join('')).toBe(output);
  await Promise.all([node.stop(), other.stop()]);
});
