import { visibleText } from '@/lib/text/visible-text'

/** Lines of columns, as wide as what is in them; whatever a cell holds stays in its cell. */
export function formatTable(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [headings, ...rows].map((row) => row.map((cell) => visibleText(cell)))
  const widths = headings.map((_, column) => Math.max(...cells.map((row) => [...(row[column] ?? '')].length)))
  const pad = (cell: string, column: number) => cell + ' '.repeat((widths[column] ?? 0) - [...cell].length)
  return cells.map((row) => row.map(pad).join('  ').trimEnd()).join('\n')
}
