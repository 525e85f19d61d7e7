/** Names of Python as names of the schema language. */

/** `publicKey`, `list_of_A`, `_x` → `public_key`, `list_of_a`, `x`. */
export function fieldName(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
  const joined = words.join('_');
  return /^[a-z]/.test(joined) ? joined : `field_${joined}`.replace(/_$/, '');
}

/** The name of a type: letters and digits, the first one large. */
export function typeName(name: string): string {
  const words = name.split(/[^A-Za-z0-9]+/).filter(Boolean);
  const joined = words.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join('');
  return /^[A-Z]/.test(joined) ? joined : `Type${joined}`;
}

/** Names for a payload: without what every payload is called, if that leaves a name. */
export function payloadNames(name: string): readonly string[] {
  return namesWithout(name, /Payload$/);
}

export function communityNames(name: string): readonly string[] {
  return namesWithout(name, /(?:Community|Overlay)$/);
}

export function packerNames(name: string): readonly string[] {
  return namesWithout(name, /Packer$/);
}

function namesWithout(name: string, ending: RegExp): readonly string[] {
  const whole = typeName(name);
  const short = whole.replace(ending, '');
  return /^[A-Z]/.test(short) && short !== whole ? [short, whole] : [whole];
}
