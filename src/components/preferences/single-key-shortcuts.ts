import { definePreference } from './preference'

/** Whether keys without Ctrl, Alt or ⌘ are commands. Off for those who speak their input (WCAG 2.1.4). */
export const singleKeyShortcuts = definePreference({
  name: 'single-key-shortcuts',
  standard: true,
  parse: (stored) => (typeof stored === 'boolean' ? stored : null),
})
