import { definePreference } from '../preferences/preference'

/** Whether the rail is narrowed to its icons. */
export const isRailCollapsed = definePreference({
  name: 'rail-collapsed',
  standard: false,
  parse: (stored) => (typeof stored === 'boolean' ? stored : null),
})

/** Beside icons: not where the rail is 52 px wide, by the window's width or by choice. */
export const railLabel = 'md:max-lg:sr-only lg:group-data-collapsed/shell:sr-only'
