/** How high the rows of tables are: 30, 36 or 44 px, the last with a second line of text. */
export const densities = ['compact', 'regular', 'relaxed'] as const
export type Density = (typeof densities)[number]
