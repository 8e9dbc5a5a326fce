import { z } from 'zod'

/** Columns whose values a filter offers to choose from. */
export const facetFields = ['workflow', 'event', 'source', 'scheme'] as const
export type FacetField = (typeof facetFields)[number]

/** What `facets` may be asked. */
export const facetInputSchema = z.strictObject({
  field: z.enum(facetFields),
  /** Only values that contain this, whatever the case. */
  contains: z
    .string()
    .min(1)
    .max(100)
    .refine((text) => !text.includes('\0'), 'must not contain NUL')
    .optional(),
})

/** The newest callbacks, among which the values are counted. */
export const facetRowsMax = 10_000
/** Values offered at most. */
export const facetValuesMax = 50

/** The values of one column, those most frequent among the newest callbacks first. */
export const facetSchema = z.object({
  values: z.array(
    z.object({
      value: z.string(),
      /** Among the newest `facetRowsMax` callbacks. */
      count: z.number().int(),
    }),
  ),
})
export type Facet = z.infer<typeof facetSchema>
