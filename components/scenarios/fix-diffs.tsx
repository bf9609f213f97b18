import { CopyButton } from '#components/ui/copy-button.tsx'
import { DiffBlock, type DiffLine } from '#components/ui/diff-block.tsx'
import type { Diff } from '#lib/scenarios/scenario.ts'

/** What the fix changes, line by line. Copied is the text as it is afterwards. */
export function FixDiffs({ diffs }: { diffs: readonly Diff[] }) {
  return diffs.map(({ where, text }) => {
    const lines = linesOf(text)
    return (
      <section key={where} aria-label={where} className="mt-2.5 rounded-box border border-line bg-ground">
        <header className="flex items-center gap-2 border-b border-line py-1 pr-1 pl-2.5">
          <h4 className="min-w-0 flex-1 truncate text-soft" title={where}>
            {where}
          </h4>
          <CopyButton
            look="quiet"
            text={lines.flatMap(({ sign, text }) => (sign === '-' ? [] : [text])).join('\n')}
            what={where}
            name={`Copy ${where}`}
          />
        </header>
        <DiffBlock lines={lines} label={`Change: ${where}`} wraps />
      </section>
    )
  })
}

function linesOf(text: string): DiffLine[] {
  return text.split('\n').map((line) => ({
    number: null,
    sign: line.startsWith('+') ? '+' : line.startsWith('-') ? '-' : ' ',
    text: line.slice(1),
  }))
}
