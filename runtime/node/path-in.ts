/** The path of a file, seen from the working directory of a configuration. */
export function pathIn(directory: string, file: string): string {
  const isAbsolute = /^(?:[/\\]|[A-Za-z]:[/\\])/.test(file);
  return isAbsolute || directory === '.' ? file : `${directory.replace(/[/\\]$/, '')}/${file}`;
}
