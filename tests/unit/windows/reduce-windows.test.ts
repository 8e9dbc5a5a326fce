import { describe, expect, test } from 'vitest'
import { clampRect, firstRect, tileRects } from '@/components/windows/geometry'
import { reduceWindows, type WindowAction } from '@/components/windows/reduce-windows'
import { openWindows, type WindowState } from '@/components/windows/window-state'

const viewport = { width: 1920, height: 1000 }
const empty: WindowState = { windows: [], viewport, remembered: null, nextKey: 1, focusTurn: 0 }

const run = (...actions: WindowAction[]) => actions.reduce(reduceWindows, empty)
const open = (callbackId: string, inNewWindow = false): WindowAction => ({ do: 'open', callbackId, inNewWindow })
const shown = (state: WindowState) => openWindows(state).map(({ callbackId }) => callbackId)
const minimised = (state: WindowState) =>
  state.windows.filter(({ mode }) => mode === 'minimised').map(({ callbackId }) => callbackId)
const only = (state: WindowState) => {
  expect(state.windows).toHaveLength(1)
  return state.windows[0]
}

describe('opening', () => {
  test('reuses the focused window', () => {
    const state = run(open('a'), open('b'))
    expect(only(state)).toMatchObject({ key: 1, callbackId: 'b', isStepped: false })
  })

  test('leaves a pinned window as it is', () => {
    expect(shown(run(open('a'), { do: 'togglePinned', key: 1 }, open('b')))).toEqual(['a', 'b'])
  })

  test('in a new window leaves the focused one as it is', () => {
    expect(shown(run(open('a'), open('b', true)))).toEqual(['a', 'b'])
  })

  test('brings a callback that is open already to the front instead of opening it twice', () => {
    expect(shown(run(open('a'), open('b', true), open('a', true)))).toEqual(['b', 'a'])
  })

  test('brings back one that is minimised', () => {
    const state = run(open('a'), { do: 'minimise', key: 1 }, open('b'), open('a'))
    expect(shown(state)).toEqual(['b', 'a'])
  })

  test('a chosen tab stays for the next callback in the same window', () => {
    expect(only(run(open('a'), { do: 'choose', key: 1, tab: 'signature' }, open('b')))?.tab).toBe('signature')
  })

  test('the fifth minimises the one that was focused longest ago', () => {
    const four = ['a', 'b', 'c', 'd'].map((id) => open(id, true))
    const state = run(...four, { do: 'focus', key: 1 }, open('e', true))
    expect(shown(state)).toEqual(['c', 'd', 'a', 'e'])
    expect(minimised(state)).toEqual(['b'])
  })

  test('the ninth closes the one that has been minimised longest, a pinned one last', () => {
    const eight = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((id) => open(id, true))
    const pinned = run(...eight, { do: 'togglePinned', key: 1 }, open('i', true))
    expect(pinned.windows).toHaveLength(8)
    expect(minimised(pinned)).toEqual(['a', 'c', 'd', 'e'])
    expect(shown(pinned)).toEqual(['f', 'g', 'h', 'i'])
  })
})

describe('places', () => {
  test('the first opens at the right edge, 720 wide, and leaves 96 px of the height', () => {
    expect(only(run(open('a')))?.rect).toEqual({ x: 1920 - 24 - 720, y: 120, width: 720, height: 760 })
    expect(firstRect({ width: 1440, height: 800 }).height).toBe(704)
  })

  test('the second opens left of it, later ones 32 px on', () => {
    const { windows } = run(open('a'), open('b', true), open('c', true))
    const [a, b, c] = windows.map(({ rect }) => rect)
    expect(b).toMatchObject({ x: (a?.x ?? 0) - 16 - 720, y: a?.y })
    expect(c).toMatchObject({ x: (b?.x ?? 0) + 32, y: (b?.y ?? 0) + 32 })
  })

  test('where a person put the last one, the next first one opens', () => {
    const rect = { x: 10, y: 20, width: 500, height: 400 }
    const state = run(open('a'), { do: 'place', key: 1, rect }, { do: 'close', key: 1 }, open('b'))
    expect(only(state)?.rect).toEqual(rect)
  })

  test('a window is never smaller than 420 × 320, nor outside the viewport', () => {
    expect(clampRect({ x: -50, y: 5000, width: 1, height: 1 }, viewport)).toEqual({
      x: 0,
      y: 680,
      width: 420,
      height: 320,
    })
  })

  test('follows a viewport that becomes smaller', () => {
    const state = run(open('a'), { do: 'resizeViewport', viewport: { width: 1024, height: 500 } })
    expect(only(state)?.rect).toEqual({ x: 304, y: 0, width: 720, height: 500 })
  })

  test('snaps to a half, and is floating then', () => {
    const state = run(open('a'), { do: 'toggleMaximised', key: 1 }, { do: 'snap', key: 1, side: 'right' })
    expect(only(state)).toMatchObject({ mode: 'floating', rect: { x: 960, y: 0, width: 960, height: 1000 } })
  })

  test.each([1, 2, 3, 4])('%i tiled windows fill the viewport without covering each other', (count) => {
    const rects = tileRects(count, viewport)
    const places = new Set(rects.map(({ x, y }) => `${x} ${y}`))
    expect(places.size).toBe(count)
    expect(Math.max(...rects.map(({ x, width }) => x + width))).toBe(1920)
    expect(Math.max(...rects.map(({ y, height }) => y + height))).toBe(1000)
  })
})

describe('modes', () => {
  test('a maximised window comes back maximised from the dock', () => {
    const state = run(open('a'), { do: 'toggleMaximised', key: 1 }, { do: 'minimise', key: 1 }, { do: 'focus', key: 1 })
    expect(only(state)?.mode).toBe('maximised')
  })

  test('minimising hands the focus to the one before', () => {
    const state = run(open('a'), open('b', true), { do: 'minimise', key: 2 })
    expect(shown(state)).toEqual(['a'])
    expect(minimised(state)).toEqual(['b'])
  })

  test('stepping keeps the window and its tab, and is told apart from opening', () => {
    const state = run(open('a'), { do: 'choose', key: 1, tab: 'payload' }, { do: 'step', key: 1, callbackId: 'b' })
    expect(only(state)).toMatchObject({ key: 1, callbackId: 'b', tab: 'payload', isStepped: true })
  })

  test('opening what is open already still gives it the keyboard, closing another does not', () => {
    const state = run(open('a'), open('b', true))
    expect(reduceWindows(state, open('b')).focusTurn).toBe(state.focusTurn + 1)
    expect(reduceWindows(state, { do: 'close', key: 2 }).focusTurn).toBe(state.focusTurn)
  })

  test('an action on a window that has gone does nothing', () => {
    const state = run(open('a'))
    expect(reduceWindows(state, { do: 'focus', key: 9 })).toBe(state)
    expect(shown(reduceWindows(state, { do: 'close', key: 9 }))).toEqual(['a'])
  })
})

describe('following the URL', () => {
  const follow = (...ids: string[]): WindowAction => ({
    do: 'follow',
    entries: ids.map((callbackId) => ({ callbackId, tab: null })),
  })

  test('opens what it names, focused last, and closes what it does not name', () => {
    expect(shown(run(open('x'), follow('a', 'b')))).toEqual(['a', 'b'])
    expect(run(open('x'), follow()).windows).toEqual([])
  })

  test('keeps the windows that stay, and those that are minimised', () => {
    const state = run(open('a'), open('b', true), { do: 'minimise', key: 2 }, follow('c', 'a'))
    expect(shown(state)).toEqual(['c', 'a'])
    expect(minimised(state)).toEqual(['b'])
    expect(state.windows.find(({ callbackId }) => callbackId === 'a')?.key).toBe(1)
  })

  test('opens four at most', () => {
    expect(shown(run(follow('a', 'b', 'c', 'd', 'e')))).toEqual(['b', 'c', 'd', 'e'])
  })
})
