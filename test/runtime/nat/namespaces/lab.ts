/** A network of namespaces: an introducer and two places, joined by a router that stands for the Internet. */
import { spawnSync } from 'node:child_process';
import type { NatBehaviour } from '../../../../runtime/simulation/index.ts';
import { NAT } from '../../../../runtime/simulation/index.ts';
import { PORT } from '../port.ts';

/** How a place is connected: the rules of its router, and the box of a simulated world that behaves so. */
export type Router = {
  readonly rules: (inside: string) => string;
  /** False of a firewall: the hosts behind it have addresses of the Internet. */
  readonly translates: boolean;
  readonly box: NatBehaviour;
};

// What comes from outside is for nobody on the router itself. Were it answered there, the flow would
// hold the port that a host inside needs.
const INPUT = 'chain input { type filter hook input priority 0; iifname "wan" drop; }';

function forward(admitted: string): string {
  return `chain forward {
    type filter hook forward priority 0; policy drop;
    ct state established,related accept;
    iifname "lan" accept;
    ${admitted}
  }`;
}

function masquerade(how: string): string {
  return `chain out { type nat hook postrouting priority 100; oifname "wan" masquerade ${how}; }`;
}

export const ROUTERS = {
  'masquerade persistent': {
    rules: () => `${masquerade('persistent')} ${INPUT} ${forward('')}`,
    translates: true,
    box: { ...NAT.portRestricted, keepsPorts: true },
  },
  'masquerade random': {
    rules: () => `${masquerade('random')} ${INPUT} ${forward('')}`,
    translates: true,
    box: NAT.symmetric,
  },
  'forwarded port': {
    rules: (inside) => `${masquerade('')} ${INPUT} ${forward('ct status dnat accept;')}
      chain in {
        type nat hook prerouting priority -100;
        iifname "wan" udp dport ${PORT} dnat to ${inside};
      }`,
    translates: true,
    box: { ...NAT.fullCone, keepsPorts: true },
  },
  'forward filter': {
    rules: () => `${INPUT} ${forward('')}`,
    translates: false,
    box: { ...NAT.portRestricted, keepsPorts: true },
  },
} as const satisfies { readonly [name: string]: Router };

/** Directly on the Internet, or behind a router. */
export type Place = keyof typeof ROUTERS | 'public';

export const INTRODUCER = '50.0.0.1';

/** Where a host of a place is, and the namespace it is in. */
export type LabHost = { readonly namespace: string; readonly host: string };

export type Lab = {
  readonly introducer: LabHost;
  readonly hosts: readonly [LabHost, LabHost];
  close(): void;
};

/** Runs a program to its end. @throws with what it wrote when it fails. */
function run(program: string, args: readonly string[], input = ''): void {
  const { status, stderr, error } = spawnSync(program, args, { input, encoding: 'utf8' });
  if (status === 0) return;
  throw new Error(`${program} ${args.join(' ')}: ${error?.message ?? stderr}\n${input}`);
}

/** Why no lab can be built here; undefined when one can. */
export function whatIsMissing(): string | undefined {
  if (process.getuid?.() !== 0) return 'root';
  for (const program of ['ip', 'nft']) {
    if (spawnSync(program, ['-V']).error !== undefined) return `the program ${program}`;
  }
  try {
    const lab = createLab(`ipv8-probe-${process.pid}`, ['masquerade random', 'forward filter']);
    lab.close();
    return undefined;
  } catch (error) {
    return `a system that lets us: ${String(error)}`;
  }
}

/** Names start with `name`, so that labs can stand side by side. */
export function createLab(name: string, places: readonly [Place, Place]): Lab {
  const namespaces: string[] = [];
  const add = (part: string): string => {
    const namespace = `${name}-${part}`;
    run('ip', ['netns', 'add', namespace]);
    namespaces.push(namespace);
    run('ip', ['-n', namespace, 'link', 'set', 'lo', 'up']);
    return namespace;
  };
  const close = (): void => {
    for (const namespace of namespaces) run('ip', ['netns', 'del', namespace]);
  };
  /** A wire; the second end's default route goes over it. */
  const wire = (from: End, to: End): void => {
    const peer = ['peer', 'name', to.link, 'netns', to.namespace];
    run('ip', ['-n', from.namespace, 'link', 'add', from.link, 'type', 'veth', ...peer]);
    for (const { namespace, link, host } of [from, to]) {
      run('ip', ['-n', namespace, 'addr', 'add', `${host}/24`, 'dev', link]);
      run('ip', ['-n', namespace, 'link', 'set', link, 'up']);
    }
    run('ip', ['-n', to.namespace, 'route', 'add', 'default', 'via', from.host]);
  };
  const forwards = (namespace: string): void =>
    run('ip', ['netns', 'exec', namespace, 'sh', '-c', 'echo 1 > /proc/sys/net/ipv4/ip_forward']);

  try {
    const internet = add('net');
    forwards(internet);
    const introducer = { namespace: add('intro'), host: INTRODUCER };
    wire(
      { namespace: internet, link: 'intro', host: '50.0.0.254' },
      { ...introducer, link: 'wan' },
    );
    const host = (place: Place, at: number): LabHost => {
      const outside = `9${at}.0.0`;
      const here = add(`host${at}`);
      const uplink = { namespace: internet, link: `place${at}`, host: `${outside}.254` };
      if (place === 'public') {
        wire(uplink, { namespace: here, link: 'wan', host: `${outside}.1` });
        return { namespace: here, host: `${outside}.1` };
      }
      const { rules, translates } = ROUTERS[place];
      const inside = translates ? `10.${at}.0` : `9${at}.0.1`;
      const router = add(`router${at}`);
      forwards(router);
      wire(uplink, { namespace: router, link: 'wan', host: `${outside}.1` });
      const lan = { namespace: router, link: 'lan', host: `${inside}.254` };
      wire(lan, { namespace: here, link: 'wan', host: `${inside}.1` });
      if (!translates) {
        const route = [`${inside}.0/24`, 'via', `${outside}.1`];
        run('ip', ['-n', internet, 'route', 'add', ...route]);
      }
      const table = `table ip box { ${rules(`${inside}.1`)} }`;
      // One statement on a line.
      const lines = table.replaceAll(/([;{}]) /g, '$1\n');
      run('ip', ['netns', 'exec', router, 'nft', '-f', '-'], `${lines}\n`);
      return { namespace: here, host: `${inside}.1` };
    };
    return { introducer, hosts: [host(places[0], 1), host(places[1], 2)], close };
  } catch (error) {
    close();
    throw error;
  }
}

type End = { readonly namespace: string; readonly link: string; readonly host: string };
