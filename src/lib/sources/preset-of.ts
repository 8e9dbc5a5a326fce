import { AppError } from '@/lib/http/app-error'
import type { Preset } from '@/lib/presets/preset'
import { presets } from '@/lib/presets/presets'

/** @throws AppError `invalid_request` where there is no such preset, with all that there are. */
export function presetOf(id: string): Preset {
  const preset = presets.get(id)
  if (preset) return preset
  throw new AppError('invalid_request', `There is no preset “${id}”. There are: ${[...presets.keys()].join(', ')}.`)
}
