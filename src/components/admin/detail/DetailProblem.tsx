import type { ApiError } from '../../data/fetch-json'
import { Button } from '../../ui/button'

/** In place of a callback that could not be had. */
export function DetailProblem({ error, onRetry }: { error: ApiError; onRetry: () => void }) {
  if (error.status === 404 || error.status === 400) {
    return (
      <p role="alert" className="max-w-[60ch] p-4 text-form">
        No callback has this id. It may have been removed, or the link is from another Callboard.
      </p>
    )
  }
  const cause = [error.status === 0 ? 'no answer' : String(error.status), ...(error.ref ? [`ref ${error.ref}`] : [])]
  return (
    <div role="alert" className="grid justify-items-start gap-3 p-4 text-form">
      <p>Could not load this callback ({cause.join(', ')}).</p>
      <Button onClick={onRetry}>Retry</Button>
    </div>
  )
}
