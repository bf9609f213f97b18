import { Badge } from '#components/ui/badge.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import type { PlaybookCommand } from '#lib/checklist/commands.ts'

/** One command, filled in for the URL at hand, with what a good answer looks like. */
export function CommandBlock({ command: { id, title, says, text, isTried } }: { command: PlaybookCommand }) {
  return (
    <li
      id={`command-${id}`}
      className="scroll-mt-20 border-line px-3.5 py-3 not-first:border-t target:bg-raised"
    >
      <div className="flex items-center gap-2">
        <h3 className="min-w-0 font-medium">{title}</h3>
        {!isTried && <Badge tone="unknown">not tried</Badge>}
        <div className="ml-auto">
          <CopyButton text={text} what={title} name={`Copy ${title}`} />
        </div>
      </div>
      <pre className="figures mt-1.5 rounded-box border border-line bg-ground px-2.5 py-2 whitespace-pre-wrap wrap-anywhere">
        {text}
      </pre>
      <p className="mt-1.5 text-soft">{says}</p>
    </li>
  )
}
