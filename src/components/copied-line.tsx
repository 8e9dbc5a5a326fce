import { CopyButton } from './copy-button'

/** A text to paste elsewhere, whole and in its own lines, with a button that copies it. */
export function CopiedLine({ text, label }: { text: string; label: string }) {
  return (
    <div className="flex items-start gap-2 rounded-control border border-line bg-sunken py-1 pr-1 pl-3">
      <pre className="min-w-0 flex-1 whitespace-pre-wrap break-all py-1 font-mono text-meta">{text}</pre>
      <CopyButton text={text} label={label} />
    </div>
  )
}
