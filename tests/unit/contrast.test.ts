import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const css = readFileSync(new URL('../../src/app/globals.css', import.meta.url), 'utf8')
const declaration = /--([\w-]+): light-dark\(oklch\(([\d. ]+)\), oklch\(([\d. ]+)\)\)/g
const roles = new Map([...css.matchAll(declaration)].map(([, name, light, dark]) => [name, { light, dark }]))

/** Relative luminance (WCAG 2.2) of an OKLCH colour (https://bottosson.github.io/posts/oklab/), clipped to sRGB. */
function luminance(oklch: string): number {
  const [lightness = 0, chroma = 0, hue = 0] = oklch.split(' ').map(Number)
  const a = chroma * Math.cos((hue * Math.PI) / 180)
  const b = chroma * Math.sin((hue * Math.PI) / 180)
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const clip = (value: number) => Math.min(1, Math.max(0, value))
  const red = clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s)
  const green = clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s)
  const blue = clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string, theme: 'light' | 'dark'): number {
  const [darker = 0, lighter = 0] = [one, other]
    .map((role) => luminance(roles.get(role)?.[theme] ?? expect.fail(`no role ${role}`)))
    .sort((x, y) => x - y)
  return (lighter + 0.05) / (darker + 0.05)
}

const surfaces = ['canvas', 'surface', 'raised', 'sunken']
const states = ['success', 'danger', 'warning', 'info', 'waiting', 'neutral']
const textPairs = [
  ...surfaces.flatMap((surface) => ['ink', 'ink-2', 'ink-3', 'accent'].map((text) => [text, surface])),
  ...states.flatMap((state) => [`${state}-subtle`, ...surfaces].map((surface) => [state, surface])),
  ['on-accent', 'accent'],
  ['ink', 'accent-subtle'],
  ['accent', 'accent-subtle'],
] as [string, string][]
const shapePairs = surfaces.flatMap((surface) =>
  ['line-strong', 'ring', ...states.map((state) => `${state}-solid`)].map((shape) => [shape, surface]),
) as [string, string][]

test.each(textPairs)('%s is readable on %s', (text, surface) => {
  expect(contrast(text, surface, 'light')).toBeGreaterThanOrEqual(4.5)
  expect(contrast(text, surface, 'dark')).toBeGreaterThanOrEqual(4.5)
})

test.each(shapePairs)('%s can be told from %s', (shape, surface) => {
  expect(contrast(shape, surface, 'light')).toBeGreaterThanOrEqual(3)
  expect(contrast(shape, surface, 'dark')).toBeGreaterThanOrEqual(3)
})
