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
 * Makes configurations step by step, starting from the default one. Nothing is judged before
 * `finalize`.
 *
 *     new ConfigBuilder().clearKeys().clearOverlays()
 *       .addKey('my peer', 'medium', 'ec1.pem')
 *       .addOverlay('MyCommunity', 'my peer', { walkers: […], onStart: ['started'] })
 *       .finalize()
 */
export class ConfigBuilder {
  #draft: Config = defaultConfiguration;

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

  /** A private key given as base64, for instance from a secret store. */
  addKeyFromBin(alias: string, bin: string): this {
    return this.#addKey({ alias, bin });
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
    const others = this.#draft.overlays.filter(
      (other) => options.allowDuplicate === true || other.class !== name,
    );
    return this.#change({ overlays: [...others, overlay] });
  }

  /** The IP address to bind; with an IPv6 address the interface is `UDPIPv6`. */
  setAddress(ip: string): this {
    const name: InterfaceName = ip.includes(':') ? 'UDPIPv6' : 'UDPIPv4';
    return this.#changeInterface({ interface: name, ip });
  }

  /**
   * The port to try first; when it is taken, the next free one above it is used. 0 lets the system
   * choose.
   */
  setPort(port: number): this {
    return this.#changeInterface({ port });
  }

  setLogLevel(level: LogLevel): this {
    return this.#change({ logger: { level } });
  }

  /** Seconds in which each walker steps once. */
  setWalkerInterval(walkerInterval: number): this {
    return this.#change({ walkerInterval });
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

  #addKey(key: KeyConfig): this {
    const others = this.#draft.keys.filter((other) => other.alias !== key.alias);
    return this.#change({ keys: [...others, key] });
  }

  #changeInterface(change: Partial<InterfaceConfig>): this {
    const interfaces = this.#draft.interfaces.map((one) => ({ ...one, ...change }));
    return this.#change({ interfaces });
  }

  #change(change: Partial<Config>): this {
    this.#draft = { ...this.#draft, ...change };
    return this;
  }
}
