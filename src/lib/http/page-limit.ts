import { z } from 'zod'

/** How many rows a page may have, as it stands in a URL: decimal digits alone, where `Number` would take `1e1` and `0x10` too. */
export function pageLimit({ max, standard }: { max: number; standard: number }) {
  const digits = z.string().regex(/^\d+$/, 'must be a whole number')
  return digits.transform(Number).pipe(z.number().min(1).max(max)).default(standard)
}
