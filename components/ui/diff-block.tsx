import { cx } from './cx.ts'

export interface DiffLine {
  /** The line's number in the file it belongs to; null where there is none. */
  number: number | null
  sign: ' ' | '+' | '-'
  text: string
}

const signs = {
  ' ': { row: '', word: '', sign: '' },
  '+': { row: 'bg-alive-tint', word: 'added', sign: 'text-alive' },
  '-': { row: 'bg-dead-tint', word: 'removed', sign: 'text-dead' },
}

/** A fix as a diff: numbered lines, + and − in front, so that colour is not the only sign. */
export function DiffBlock({ lines, label }: { lines: readonly DiffLine[]; label: string }) {
  const isNumbered = lines.some(({ number }) => number !== null)
  return (
    // Wide lines scroll, and what scrolls must be reachable by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroll container (axe: scrollable-region-focusable)
    <section aria-label={label} tabIndex={0} className="overflow-x-auto py-1">
      <pre className="w-fit min-w-full">
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a diff does not change; its lines may repeat
          <div key={index} className={cx('figures flex h-[21px] pr-4', signs[line.sign].row)}>
            {isNumbered && (
              <span className="w-10 shrink-0 pr-3 text-right text-faint select-none">
                {line.number ?? ''}
              </span>
            )}
            <span className={cx('w-5 shrink-0 select-none', !isNumbered && 'ml-2.5', signs[line.sign].sign)}>
              {line.sign}
              <span className="sr-only">{signs[line.sign].word}</span>
            </span>
            <span>{line.text}</span>
          </div>
        ))}
      </pre>
    </section>
  )
}
