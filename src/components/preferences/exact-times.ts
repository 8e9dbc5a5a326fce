import { definePreference } from './preference'

/** Whether tables show the time of day instead of the distance from now. */
export const exactTimes = definePreference({
  name: 'exact-times',
  standard: false,
  parse: (stored) => (typeof stored === 'boolean' ? stored : null),
})
