/** What the command's exit code says. */
export const EXIT_CODE = {
  fine: 0,
  /** Our own fault, or the file system said no. */
  failed: 1,
  /** The command line or the configuration is wrong. */
  usage: 2,
  /** The schemas have errors. */
  findings: 100,
  /**
   * `compile --check`: what is generated is not what the schemas say. `format --check`: a schema is
   * not formatted. `stub --check`: handlers are missing, or left over. `prove`: both sides
   * differ.
   */
  drift: 101,
} as const;

export type ExitCode = (typeof EXIT_CODE)[keyof typeof EXIT_CODE];
