import type { PresetItem } from '@/lib/sources/schemas'
import { presets } from './presets'

/** What pages say of each kind of sender: data alone, as a browser can be given it. */
export function presetItems(): PresetItem[] {
  return [...presets.values()].map(({ id, name, secret, setUp, notes, result, options = [] }) => ({
    id,
    name,
    secret,
    setUp,
    notes,
    keepsResults: result !== undefined,
    options,
  }))
}
