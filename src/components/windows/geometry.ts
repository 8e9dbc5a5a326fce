/** In CSS pixels from the viewport's top left corner. */
export type Rect = Readonly<{ x: number; y: number; width: number; height: number }>
export type Size = Readonly<{ width: number; height: number }>

export const windowMin: Size = { width: 420, height: 320 }
/** Below this a window takes the whole screen. */
export const floatingWidthMin = 1_024

const windowWidth = 720
const windowHeightMax = 760
const edge = 24
const gap = 16
const cascadeStep = 32

/** Where the first window of a browser opens: at the right edge, in the middle of the height. */
export function firstRect(viewport: Size): Rect {
  const height = Math.min(windowHeightMax, viewport.height - 96)
  return clampRect(
    { x: viewport.width - edge - windowWidth, y: (viewport.height - height) / 2, width: windowWidth, height },
    viewport,
  )
}

/** Where one more opens: left of a single one, else a little below and left of the last. */
export function nextRect(open: readonly Rect[], remembered: Rect | null, viewport: Size): Rect {
  const first = clampRect(remembered ?? firstRect(viewport), viewport)
  const last = open.at(-1)
  if (!last) return first
  const wanted =
    open.length === 1
      ? { ...first, x: last.x - gap - first.width, y: last.y }
      : { ...first, x: last.x + cascadeStep, y: last.y + cascadeStep }
  return clampRect(wanted, viewport)
}

/** The same window inside the viewport: moved first, then made smaller. */
export function clampRect(rect: Rect, viewport: Size): Rect {
  const width = Math.round(Math.min(Math.max(rect.width, windowMin.width), viewport.width))
  const height = Math.round(Math.min(Math.max(rect.height, windowMin.height), viewport.height))
  return {
    x: Math.round(Math.min(Math.max(rect.x, 0), viewport.width - width)),
    y: Math.round(Math.min(Math.max(rect.y, 0), viewport.height - height)),
    width,
    height,
  }
}

/** One half of the viewport. */
export function halfRect(side: 'left' | 'right', viewport: Size): Rect {
  const width = Math.floor(viewport.width / 2)
  return clampRect({ x: side === 'left' ? 0 : viewport.width - width, y: 0, width, height: viewport.height }, viewport)
}

/** Places for `count` windows beside each other, in two rows from three on; they overlap where the least size demands it. */
export function tileRects(count: number, viewport: Size): Rect[] {
  const rows = count > 2 ? 2 : 1
  const columns = Math.ceil(count / rows)
  const width = viewport.width / columns
  const height = viewport.height / rows
  return Array.from({ length: count }, (_, index) =>
    clampRect({ x: (index % columns) * width, y: Math.floor(index / columns) * height, width, height }, viewport),
  )
}
