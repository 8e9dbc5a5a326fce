import type { JsonToken } from '@/lib/json/tree/tokens-between'

/** The looks of what JSON is made of; contrast as that of any text. */
export const tokenClass: Record<JsonToken['kind'], string> = {
  key: 'font-medium text-ink',
  string: 'text-info',
  number: 'text-waiting',
  word: 'text-warning',
}
