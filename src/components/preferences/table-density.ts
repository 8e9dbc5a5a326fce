import { type Density, densities } from './densities'
import { definePreference } from './preference'

/** How high the rows of tables are, where the URL does not say it. */
export const tableDensity = definePreference<Density>({
  name: 'density',
  standard: 'regular',
  parse: (stored) => densities.find((density) => density === stored) ?? null,
})
