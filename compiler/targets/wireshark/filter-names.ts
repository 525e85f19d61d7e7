/** What fields are called in filters: `ipv8.dht.find_request.identifier`. */

/** Gives each place a name of its own, the same for the same model. */
export type FilterNames = {
  /** The name, or the name with a number behind it when somebody has it. */
  readonly claim: (wanted: string) => string;
};

export function createFilterNames(): FilterNames {
  const taken = new Set<string>();
  return {
    claim(wanted) {
      let name = wanted;
      for (let number = 2; taken.has(name); number++) name = `${wanted}_${number}`;
      taken.add(name);
      return name;
    },
  };
}

/** `FindRequest` → `find_request`, `DHTNode` → `dht_node`. */
export function snakeCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toLowerCase();
}
