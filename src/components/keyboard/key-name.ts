type Pressed = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey'>

const modifiers = new Set(['Shift', 'Alt', 'Control', 'Meta', 'AltGraph', 'CapsLock', 'Dead'])

/**
 * A pressed key as a shortcut names it: `j`, `Shift+x`, `Mod+k`, `Alt+t`, `?`. Null for a modifier by itself.
 * Shift is named with letters and with keys that have a name; `?` itself says that it was held.
 */
export function keyNameOf({ key, shiftKey, altKey, ctrlKey, metaKey }: Pressed): string | null {
  if (modifiers.has(key)) return null
  const isCharacter = [...key].length === 1
  const isLetter = isCharacter && key.toLowerCase() !== key.toUpperCase()
  const parts = [
    ...(ctrlKey || metaKey ? ['Mod'] : []),
    ...(altKey ? ['Alt'] : []),
    ...(shiftKey && (isLetter || !isCharacter) ? ['Shift'] : []),
  ]
  return [...parts, isLetter ? key.toLowerCase() : key].join('+')
}
