import { describe, expect, it } from 'vitest'
import { keyNameOf } from '@/components/keyboard/key-name'

const press = (key: string, held: Partial<Parameters<typeof keyNameOf>[0]> = {}) =>
  keyNameOf({ key, shiftKey: false, altKey: false, ctrlKey: false, metaKey: false, ...held })

describe('a pressed key has the name that shortcuts use', () => {
  it.each([
    ['j', {}, 'j'],
    ['J', { shiftKey: true }, 'Shift+j'],
    // With Caps Lock on, the letter is a capital and Shift is not held.
    ['J', {}, 'j'],
    ['?', { shiftKey: true }, '?'],
    ['Enter', { shiftKey: true }, 'Shift+Enter'],
    ['k', { ctrlKey: true }, 'Mod+k'],
    ['k', { metaKey: true }, 'Mod+k'],
    ['ArrowLeft', { altKey: true }, 'Alt+ArrowLeft'],
    ['É', { shiftKey: true }, 'Shift+é'],
  ])('%s with %o is %s', (key, held, name) => {
    expect(press(key, held)).toBe(name)
  })

  it('a modifier by itself has none', () => {
    expect(press('Shift', { shiftKey: true })).toBeNull()
  })
})
