/** A count for a person: 1,234,567. */
export const formatCount = new Intl.NumberFormat('en').format
