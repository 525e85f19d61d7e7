/** The JSON Schema of configuration files, made of the shapes that read them. */
import { configShape } from './config-shape.ts';
import type { JsonSchema } from './shape.ts';

/**
 * Accepts what `parseConfig` accepts, except that it cannot say that aliases of keys differ, nor
 * that overlays use aliases that are there.
 */
export const configJsonSchema: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Configuration of an IPv8 node',
  description: 'Settings may also have the names of py-ipv8: walker_interval for walkerInterval.',
  ...configShape.schema,
};
