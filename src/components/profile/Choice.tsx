type ChoiceProps = {
  name: string
  label: string
  value: string
  options: readonly (readonly [value: string, label: string])[]
  onChange: (value: string) => void
}

/** One of a few, all to be seen. */
export function Choice({ name, label, value, options, onChange }: ChoiceProps) {
  return (
    <fieldset className="flex flex-wrap gap-x-4 gap-y-1">
      <legend className="mb-1 font-medium">{label}</legend>
      {options.map(([option, optionLabel]) => (
        <label key={option} className="flex items-center gap-2 pointer-coarse:min-h-11">
          <input
            type="radio"
            name={name}
            className="accent-accent"
            checked={value === option}
            onChange={() => onChange(option)}
          />
          {optionLabel}
        </label>
      ))}
    </fieldset>
  )
}
