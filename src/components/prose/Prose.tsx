import { Square, SquareCheck } from 'lucide-react'
import { memo, type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import Markdown, { type Components } from 'react-markdown'
import remarkGfm from 'remark-gfm'
import { visibleText } from '@/lib/text/visible-text'
import { CopyButton } from '../copy-button'
import { readLink } from './read-link'
import { splitProse } from './split-prose'

/** How far below what is on screen the next piece is made ready. */
const readyAheadPx = 1_500
const plugins = [remarkGfm]

type ProseProps = {
  text: string
  /** Renders all of it, not only as far as somebody reads. */
  isWhole: boolean
  /** Called whenever more of it is there. */
  onGrown: () => void
}

/**
 * Markdown of a sender's. HTML in it is text, and nothing in it is ever fetched: images are named instead of loaded. Long
 * prose is rendered piece by piece, as far as it is read.
 */
export function Prose({ text, isWhole, onGrown }: ProseProps) {
  const pieces = useMemo(() => splitProse(text), [text])
  const [shown, setShown] = useState(1)
  const end = useRef<HTMLDivElement>(null)
  const grown = useRef(onGrown)
  grown.current = onGrown

  useEffect(() => {
    grown.current()
    if (shown >= pieces.length) return
    const showNext = () => setShown(shown + 1)
    if (isWhole) {
      const timer = setTimeout(showNext)
      return () => clearTimeout(timer)
    }
    if (!end.current) return
    const observer = new IntersectionObserver((entries) => entries.some((one) => one.isIntersecting) && showNext(), {
      root: end.current.closest('section'),
      rootMargin: `${readyAheadPx}px`,
    })
    observer.observe(end.current)
    return () => observer.disconnect()
  }, [shown, pieces, isWhole])

  return (
    <div className="max-w-[72ch] text-form leading-6 [overflow-wrap:anywhere]">
      {pieces.slice(0, shown).map((piece, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text never change places.
        <Piece key={index} text={piece} />
      ))}
      <div ref={end} />
    </div>
  )
}

const Piece = memo(function Piece({ text }: { text: string }) {
  return (
    <Markdown remarkPlugins={plugins} components={components} urlTransform={asWritten}>
      {visibleText(text, { lines: true })}
    </Markdown>
  )
})

/** The components below decide what may be followed, and show what may not. */
function asWritten(url: string): string {
  return url
}

const components: Components = {
  h1: ({ children }) => <Title level={3}>{children}</Title>,
  h2: ({ children }) => <Title level={4}>{children}</Title>,
  h3: ({ children }) => <Title level={5}>{children}</Title>,
  h4: ({ children }) => <Title level={6}>{children}</Title>,
  h5: ({ children }) => <Title level={6}>{children}</Title>,
  h6: ({ children }) => <Title level={6}>{children}</Title>,
  p: ({ children }) => (
    <p dir="auto" className="my-3">
      {children}
    </p>
  ),
  ul: ({ children }) => <ul className="my-3 list-disc pl-6">{children}</ul>,
  ol: ({ children, start }) => (
    <ol start={start} className="my-3 list-decimal pl-6">
      {children}
    </ol>
  ),
  li: ({ children }) => (
    <li dir="auto" className="my-1">
      {children}
    </li>
  ),
  blockquote: ({ children }) => (
    <blockquote className="my-3 border-line-strong border-l-2 pl-3 text-ink-2">{children}</blockquote>
  ),
  pre: ({ children }) => (
    <pre
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
      tabIndex={0}
      className="my-3 overflow-x-auto rounded-card border border-line bg-sunken p-3 text-meta leading-5"
    >
      {children}
    </pre>
  ),
  code: ({ children }) => <code className="rounded-badge bg-sunken px-0.5 font-mono text-meta">{children}</code>,
  hr: () => <hr className="my-4 border-line" />,
  table: ({ children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section aria-label="Table" tabIndex={0} className="my-3 overflow-x-auto">
      <table className="text-left text-body">{children}</table>
    </section>
  ),
  th: ({ children }) => <th className="border border-line px-2 py-1 font-semibold">{children}</th>,
  td: ({ children }) => <td className="border border-line px-2 py-1 align-top">{children}</td>,
  input: ({ checked }) => {
    const Icon = checked ? SquareCheck : Square
    return <Icon size={14} role="img" aria-label={checked ? 'Done' : 'Open'} className="mr-1 inline align-[-2px]" />
  },
  a: ({ href, children }) => <SenderLink url={href ?? ''}>{children}</SenderLink>,
  img: ({ src, alt }) => <UnloadedImage url={typeof src === 'string' ? src : ''} alt={alt ?? ''} />,
}

const titleLooks = { 3: 'text-heading', 4: 'text-heading', 5: 'text-form', 6: 'text-form' } as const

function Title({ level, children }: { level: 3 | 4 | 5 | 6; children: ReactNode }) {
  const Tag = `h${level}` as const
  return (
    <Tag
      dir="auto"
      tabIndex={-1}
      data-prose-heading=""
      className={`mt-5 mb-2 font-semibold outline-none ${titleLooks[level]}`}
    >
      {children}
    </Tag>
  )
}

function SenderLink({ url, children }: { url: string; children: ReactNode }) {
  const target = readLink(url)
  if (target === null) {
    return (
      <span className="text-ink-2" title={`Not a link that can be followed: ${visibleText(url).slice(0, 200)}`}>
        {children}
      </span>
    )
  }
  return (
    <a href={target.href} target="_blank" rel="noopener noreferrer" className="text-accent underline">
      {children}
      <span className="text-ink-2 text-meta"> ({visibleText(target.host)})</span>
    </a>
  )
}

function UnloadedImage({ url, alt }: { url: string; alt: string }) {
  const host = readLink(url)?.host ?? 'no address'
  return (
    <span className="inline-flex items-center gap-2 rounded-control border border-line bg-sunken px-2 text-ink-2 text-meta">
      Image not loaded · {visibleText(host)}
      {alt !== '' && ` · ${visibleText(alt)}`}
      <CopyButton text={url} label="URL" />
    </span>
  )
}
