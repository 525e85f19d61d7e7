import type { KeyLevel } from '../crypto/keys.ts';
import type { LogLevel } from '../env/log.ts';
import type {
  BootstrapperDefinition,
  Config,
  InterfaceConfig,
  InterfaceName,
  KeyConfig,
  OnStart,
  OverlayConfig,
  WalkerDefinition,
} from './config.ts';
import { ConfigError } from './config-error.ts';
import { defaultConfiguration } from './defaults.ts';
import { parseConfig } from './parse.ts';

/** What an overlay does besides being there; what is left out is empty. */
export type OverlayOptions = {
  readonly walkers?: readonly WalkerDefinition[];
  readonly bootstrappers?: readonly BootstrapperDefinition[];
  readonly initialize?: Readonly<Record<string, unknown>>;
  readonly onStart?: readonly OnStart[];
  /** Keeps overlays of the same class that were added before; without it they are replaced. */
  readonly allowDuplicate?: boolean;
};

/**
 * Makes configurations step by step, starting from the default one, or from nothing with `clean`.
 * Nothing is judged before `finalize`. The methods are those of py-ipv8's ConfigBuilder
 * (ipv8/configuration.py).
 *
 *     new ConfigBuilder().clearKeys().clearOverlays()
 *       .addKey('my peer', 'medium', 'ec1.pem')
 *       .addOverlay('MyCommunity', 'my peer', { walkers: […], onStart: ['started'] })
 *       .finalize()
 */
export class ConfigBuilder {
  #draft: Partial<Config>;

  constructor(options: { readonly clean?: boolean } = {}) {
    this.#draft = options.clean === true ? {} : defaultConfiguration;
  }

  /** Takes away all keys. */
  clearKeys(): this {
    return this.#change({ keys: [] });
  }

  /** Takes away all overlays. */
  clearOverlays(): this {
    return this.#change({ overlays: [] });
  }

  /** A key kept in a file: read from there, or generated and written when there is no such file. */
  addKey(alias: string, generation: KeyLevel, file: string): this {
    return this.#addKey({ alias, generation, file });
  }

  /**
   * A private key given as base64, for instance from a secret store. With a file, the key in the
   * file is used when there is one, and this one is written there when there is none.
   */
  addKeyFromBin(alias: string, bin: string, file?: string): this {
    return this.#addKey(file === undefined ? { alias, bin } : { alias, bin, file });
  }

  /** A new key at each start, kept nowhere. */
  addEphemeralKey(alias: string, generation: KeyLevel = 'curve25519'): this {
    return this.#addKey({ alias, generation });
  }

  /** Joins the community of this class name with the key of this alias. */
  addOverlay(name: string, alias: string, options: OverlayOptions = {}): this {
    const { walkers = [], bootstrappers = [], initialize = {}, onStart = [] } = options;
    const overlay: OverlayConfig = {
      class: name,
      key: alias,
      walkers,
      bootstrappers,
      initialize,
      onStart,
    };
    const others = (this.#draft.overlays ?? []).filter(
      (other) => options.allowDuplicate === true || other.class !== name,
    );
    return this.#change({ overlays: [...others, overlay] });
  }

  /**
   * The IP address to bind. Of the one interface there is, which becomes `UDPIPv6` with an IPv6
   * address; or of the interface that is named, which is added when it is not there.
   */
  setAddress(ip: string, name?: InterfaceName): this {
    if (name !== undefined) return this.#changeInterface(name, { ip });
    const family: InterfaceName = ip.includes(':') ? 'UDPIPv6' : 'UDPIPv4';
    return this.#change({
      interfaces: this.#interfaces.map((one) => ({ ...one, interface: family, ip })),
    });
  }

  /**
   * The port to try first; when it is taken, the next free one above it is used. 0 lets the system
   * choose. Of every interface, or of the one that is named, which is added when it is not there.
   */
  setPort(port: number, name?: InterfaceName): this {
    if (name !== undefined) return this.#changeInterface(name, { port });
    return this.#change({ interfaces: this.#interfaces.map((one) => ({ ...one, port })) });
  }

  /** Log lines below the level are left out. NOTSET is Python's word for DEBUG. */
  setLogLevel(level: LogLevel | 'NOTSET'): this {
    return this.#change({ logger: { level: level === 'NOTSET' ? 'DEBUG' : level } });
  }

  /** Seconds in which each walker steps once. */
  setWalkerInterval(walkerInterval: number): this {
    return this.#change({ walkerInterval });
  }

  /** Keeps the addresses of known peers in this file, to begin with at the next start. */
  setPeersFile(peersFile: string): this {
    return this.#change({ peersFile });
  }

  /** Where relative key files are. */
  setWorkingDirectory(workingDirectory: string): this {
    return this.#change({ workingDirectory });
  }

  /**
   * The configuration, checked. The builder may be changed and finalized again.
   * @throws ConfigError with everything that is wrong.
   */
  finalize(): Config {
    const parsed = parseConfig(this.#draft);
    if (!parsed.ok) throw new ConfigError(parsed.error);
    return parsed.value;
  }

  get #interfaces(): readonly InterfaceConfig[] {
    return this.#draft.interfaces ?? defaultConfiguration.interfaces;
  }

  #addKey(key: KeyConfig): this {
    const others = (this.#draft.keys ?? []).filter((other) => other.alias !== key.alias);
    return this.#change({ keys: [...others, key] });
  }

  #changeInterface(name: InterfaceName, change: Partial<InterfaceConfig>): this {
    const existing = this.#draft.interfaces ?? [];
    const found = existing.find((one) => one.interface === name);
    const changed = { interface: name, ip: ANY_ADDRESS[name], port: 8090, ...found, ...change };
    return this.#change({
      interfaces:
        found === undefined
          ? [...existing, changed]
          : existing.map((one) => (one === found ? changed : one)),
    });
  }

  #change(change: Partial<Config>): this {
    this.#draft = { ...this.#draft, ...change };
    return this;
  }
}

/** Every address of this machine. */
const ANY_ADDRESS: { readonly [Name in InterfaceName]: string } = {
  UDPIPv4: '0.0.0.0',
  UDPIPv6: '::',
};
