import { cn } from './cn'

const shown: Record<string, string> = {
  Mod: 'Ctrl',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
}

/** The keys of a shortcut, as `useShortcuts` names them; a sequence has two presses. */
export function Kbd({ keys, className }: { keys: string; className?: string }) {
  const [first = '', second] = keys.split(' ')
  return (
    <span className={cn('inline-flex gap-1 text-ink-2 text-meta', className)}>
      <Press press={first} />
      {second && <Press press={second} />}
    </span>
  )
}

function Press({ press }: { press: string }) {
  return press.split('+').map((part) => (
    <kbd
      key={part}
      className="min-w-4 rounded-badge border border-line bg-sunken px-1 text-center font-mono text-badge"
    >
      {shown[part] ?? part}
    </kbd>
  ))
}
