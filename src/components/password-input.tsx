'use client'

import { Eye, EyeOff } from 'lucide-react'
import { type ComponentProps, type KeyboardEvent, useState } from 'react'
import { Input } from './ui/input'

type PasswordInputProps = Omit<ComponentProps<'input'>, 'type'> & { id: string; what?: string }

/** A password, or another secret, that can be shown, with a hint while Caps Lock is on. */
export function PasswordInput({
  id,
  'aria-describedby': describedBy,
  what = 'password',
  ...props
}: PasswordInputProps) {
  const [isShown, setShown] = useState(false)
  const [hasCapsLock, setCapsLock] = useState(false)
  const hintId = `${id}-caps-lock`
  const readCapsLock = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'))
  const Icon = isShown ? EyeOff : Eye
  return (
    <div>
      <div className="relative">
        <Input
          {...props}
          id={id}
          type={isShown ? 'text' : 'password'}
          autoCapitalize="none"
          spellCheck={false}
          className="pr-10"
          aria-describedby={[describedBy, hasCapsLock && hintId].filter(Boolean).join(' ') || undefined}
          onKeyDown={readCapsLock}
          onKeyUp={readCapsLock}
          onBlur={() => setCapsLock(false)}
        />
        <button
          type="button"
          className="absolute inset-y-0 right-0 grid w-9 cursor-pointer place-items-center rounded-control text-ink-2 hover:text-ink pointer-coarse:w-11"
          aria-pressed={isShown}
          aria-label={`Show ${what}`}
          onClick={() => setShown(!isShown)}
        >
          <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
        </button>
      </div>
      <p id={hintId} role="status" className="text-meta text-warning">
        {hasCapsLock && <span className="mt-1 block">Caps Lock is on.</span>}
      </p>
    </div>
  )
}
