/** One request as a sender that knows the secret would make it. */
export type Delivery = {
  body: Buffer
  /** Header lines beside those of the signature and of the length, in Latin-1. */
  headers: readonly (readonly [name: string, value: string])[]
  signatureStyle: SignatureStyle
  isChunked: boolean
}

/** Every way to write a right signature that is taken (cases 5-7). */
export const signatureStyles = [
  'plain',
  'upper_case',
  'upper_case_scheme',
  'blanks',
  'first_of_list',
  'last_of_list',
  'second_header',
  'other_secret',
] as const
export type SignatureStyle = (typeof signatureStyles)[number]

/** What one case sends; all of it at once, so that what belongs together may end up in one batch. */
export type FuzzCase = { deliveries: readonly Delivery[] }

/** The values of a header, joined as HTTP joins them. */
export function headerOf(delivery: Delivery, name: string): string {
  const values = delivery.headers.filter(([key]) => key.toLowerCase() === name).map(([, value]) => value.trim())
  return values.join(', ')
}
