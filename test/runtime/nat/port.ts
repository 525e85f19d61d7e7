/** The port of every node in tests of NAT boxes. */
export const PORT = 8090;
