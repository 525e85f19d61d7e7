/** Ping and pong, asked by either side. */
import { requestPing } from '../../../generated/discovery.ts';
import { createAddress } from '../../../runtime/address/text.ts';
import { expect, expectEqual, type Case } from '../case.ts';
import { labCase } from '../lab/lab.ts';
import { DISCOVERY, placeOf, untilAllKnow, untilReceived } from '../lab/lab-peer.ts';

const [PING, PONG] = [3, 4];
const PINGS = 3;

function caseOf(name: string, host: string): Case {
  return labCase(name, async (lab) => {
    const overlays = [{ class: 'DiscoveryCommunity' }];
    const python = await lab.python({ hosts: [...new Set(['127.0.0.1', host])], overlays });
    const typescript = await lab.typescript({ hosts: [host], overlays });
    typescript.walk(placeOf(python, host), 'new');
    await untilAllKnow([python, typescript], DISCOVERY);

    python.tell('ping', { mid: typescript.mid });
    await untilReceived(typescript, PING, python);
    await untilReceived(python, PONG, typescript);
    expectEqual((await python.ask('pings', { mid: typescript.mid }))['count'], 1, 'pongs counted');

    for (let count = 0; count < PINGS; count++) {
      const answer = await requestPing(typescript.overlay, createAddress(...placeOf(python, host)));
      expect(answer.ok, `py-ipv8 answers ping ${count + 1}`);
    }
    await untilReceived(python, PING, typescript);
    await untilReceived(typescript, PONG, python);
  });
}

export const cases: readonly Case[] = [caseOf('ping', '127.0.0.1'), caseOf('ping-ipv6', '::1')];
