import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef } from 'react'
import { formatBytes, formatCount } from '../format'

const bytesPerRow = 16
const rowHeightPx = 20

/** Bytes that spell no text, 16 a line, with those of ASCII beside them. */
export function HexView({ hex, totalBytes }: { hex: string; totalBytes: number }) {
  const scroller = useRef<HTMLDivElement>(null)
  const bytesShown = hex.length / 2
  const virtualizer = useVirtualizer({
    count: Math.ceil(bytesShown / bytesPerRow),
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeightPx,
    overscan: 10,
    useFlushSync: false,
  })
  return (
    <>
      {bytesShown < totalBytes && (
        <p className="border-line border-b px-3 py-1 text-ink-2 text-meta">
          The first {formatBytes(bytesShown)} of {formatCount(totalBytes)} bytes; the download has all of them.
        </p>
      )}
      <section
        ref={scroller}
        aria-label="Bytes in hex digits"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
        className="min-h-0 flex-1 overflow-auto bg-sunken py-1 font-mono text-meta -outline-offset-2"
      >
        <div className="relative w-[76ch]" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start }) => (
            <HexRow key={index} hex={hex} row={index} top={start} />
          ))}
        </div>
      </section>
    </>
  )
}

function HexRow({ hex, row, top }: { hex: string; row: number; top: number }) {
  const digits = hex.slice(row * bytesPerRow * 2, (row + 1) * bytesPerRow * 2)
  const bytes = digits.match(/../g) ?? []
  const text = bytes.map((byte) => {
    const code = Number.parseInt(byte, 16)
    return code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : '.'
  })
  return (
    <div className="absolute left-0 flex h-5 gap-[2ch] whitespace-pre px-3 leading-5" style={{ top }}>
      <span className="select-none text-ink-3">{(row * bytesPerRow).toString(16).padStart(8, '0')}</span>
      <span className="w-[47ch]">{bytes.join(' ')}</span>
      <span className="text-ink-2">{text.join('')}</span>
    </div>
  )
}
