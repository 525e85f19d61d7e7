import { weatherProtocol } from '../generated/weather.ts';
import type { Community } from '../runtime/index.ts';

/** Answers for the places it knows, in tenths of a degree; about others it says nothing. */
export function createWeather(
  temperatures: ReadonlyMap<string, number>,
): Community<typeof weatherProtocol> {
  return {
    protocol: weatherProtocol,
    create: () => ({
      handlers: {
        temperatureRequest({ place }) {
          const tenths = temperatures.get(place);
          return tenths === undefined ? undefined : { tenths };
        },
      },
    }),
  };
}
