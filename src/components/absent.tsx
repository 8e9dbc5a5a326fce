/** What the sender did not tell. Never a zero, which would be a statement. */
export function Absent() {
  return (
    <span className="text-ink-3">
      <span aria-hidden="true">–</span>
      <span className="sr-only">not reported</span>
    </span>
  )
}
