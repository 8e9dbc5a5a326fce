import { useId } from 'react'
import { cn } from '../../ui/cn'

type SegmentsProps = {
  label: string
  value: string
  options: readonly { value: string; label: string }[]
  onChange: (value: string) => void
}

/** One of a few ways to look at the same thing. */
export function Segments({ label, value, options, onChange }: SegmentsProps) {
  const name = useId()
  return (
    <fieldset className="flex shrink-0 rounded-control border border-line bg-sunken p-0.5">
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className={cn(
            'relative flex h-6 cursor-pointer items-center rounded-badge px-2 font-medium text-ink-2 text-meta has-focus-visible:outline-2 has-focus-visible:outline-ring pointer-coarse:h-10',
            option.value === value && 'bg-raised text-ink shadow-sm',
          )}
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            className="absolute inset-0 cursor-pointer opacity-0"
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  )
}
