export type Heading = { level: number; text: string }

const pattern = /^ {0,3}(#{1,6})[ \t]+(.+?)[ \t]*#*$/
const fence = /^ {0,3}(`{3,}|~{3,})/

/** The headings that Markdown marks with `#`, in order; not those inside fenced code. */
export function headingsOf(text: string): Heading[] {
  const headings: Heading[] = []
  let openFence: string | null = null
  for (const line of text.split('\n')) {
    const mark = fence.exec(line)?.[1]
    if (mark) {
      if (openFence === null) openFence = mark
      else if (mark.startsWith(openFence)) openFence = null
      continue
    }
    const found = openFence === null ? pattern.exec(line) : null
    if (found?.[1] && found[2]) headings.push({ level: found[1].length, text: found[2].replace(/[*_`]/g, '') })
  }
  return headings
}
