/** What a file of handlers is written with, by the configuration around it. */
import { resolve } from 'node:path';
import type { Community, Model } from '../ir/model.ts';
import { createStubRequest, type StubRequest } from '../stub/request.ts';
import type { Config } from './config.ts';
import type { Loaded } from './load.ts';
import { outputPlaces, relativeSpecifier, specifier } from './outputs.ts';
import { prettierStyle } from './prettier-style.ts';

export type StubAround = Pick<Loaded, 'files'> & {
  readonly model: Model;
  readonly config: Config;
  /** The file of handlers. */
  readonly file: string;
};

/** @throws UsageError when two schemas would be generated as one module. */
export async function stubRequest(
  community: Community,
  { config, file, files, model }: StubAround,
): Promise<StubRequest> {
  const places = outputPlaces(model, { files }, resolve(config.directory, config.out));
  const module = places.get(community.place.path) ?? file;
  const request = createStubRequest(model, community, {
    module: relativeSpecifier(file, module),
    runtime: specifier(config.runtime, config.directory, file),
  });
  return { ...request, style: await prettierStyle(file) };
}
