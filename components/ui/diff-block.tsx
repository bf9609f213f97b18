import type { DiffLine } from '#lib/text/diff.ts'
import { cx } from './cx.ts'

export type { DiffLine }

const signs = {
  ' ': { row: '', word: '', sign: '' },
  '+': { row: 'bg-alive-tint', word: 'added', sign: 'text-alive' },
  '-': { row: 'bg-dead-tint', word: 'removed', sign: 'text-dead' },
}

interface Props {
  lines: readonly DiffLine[]
  label: string
  /** Long lines break in place of scrolling: for a few lines in a narrow column. */
  wraps?: boolean
}

/** A fix as a diff: numbered lines, + and − in front, so that colour is not the only sign. */
export function DiffBlock({ lines, label, wraps = false }: Props) {
  const isNumbered = lines.some(({ number }) => number !== null)
  return (
    <section
      aria-label={label}
      // Wide lines scroll, and what scrolls must be reachable by keyboard (axe: scrollable-region-focusable).
      tabIndex={wraps ? undefined : 0}
      className={cx('py-1', !wraps && 'overflow-x-auto')}
    >
      <pre className={wraps ? 'whitespace-pre-wrap' : 'w-fit min-w-full'}>
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a diff does not change; its lines may repeat
          <div key={index} className={cx('figures flex min-h-[1.3125rem] pr-4', signs[line.sign].row)}>
            {isNumbered && (
              <span className="w-10 shrink-0 pr-3 text-right text-faint select-none">
                {line.number ?? ''}
              </span>
            )}
            <span className={cx('w-5 shrink-0 select-none', !isNumbered && 'ml-2.5', signs[line.sign].sign)}>
              {line.sign}
              <span className="sr-only">{signs[line.sign].word}</span>
            </span>
            <span className={wraps ? 'min-w-0 wrap-anywhere' : undefined}>{line.text}</span>
          </div>
        ))}
      </pre>
    </section>
  )
}
