import { Input } from '../ui/input'
import { Label } from '../ui/label'

type TypedSlugProps = { slug: string; onTyped: (isTyped: boolean) => void }

/** Asks for the slug, letter by letter, before what can't be undone. */
export function TypedSlug({ slug, onTyped }: TypedSlugProps) {
  return (
    <div className="grid gap-1">
      <Label htmlFor="typed-slug">Type “{slug}” to go on</Label>
      <Input
        id="typed-slug"
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onTyped(event.target.value === slug)}
      />
    </div>
  )
}
