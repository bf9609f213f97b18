import { cx } from '#components/ui/cx.ts'
import { formatWait } from '#components/ui/format.ts'
import { type IdleMark, idleMarks, readRuler } from './idle-marks.ts'

const leastSeconds = 1
const mostSeconds = 900

/** Where on the ruler so many seconds stand, in per cent: logarithmic, since 1 s and 10 min matter alike. */
function place(seconds: number): number {
  const clamped = Math.min(mostSeconds, Math.max(leastSeconds, seconds))
  return (Math.log(clamped / leastSeconds) / Math.log(mostSeconds / leastSeconds)) * 100
}

interface Props {
  /** Null where there is nothing to measure. */
  silentMs: number | null
  /** Before "for 12 s". */
  verb: string
  /** The silence is suspicious, however short. */
  suspect?: boolean
}

/** The ruler of known idle timers: its marks, and how much of it a silence has filled. */
export function IdleScale({ silentMs, verb, suspect = false }: Props) {
  const seconds = (silentMs ?? 0) / 1000
  const { passed } = readRuler(silentMs ?? 0)
  const tone =
    passed === undefined && !suspect
      ? { text: 'text-alive', fill: 'bg-alive' }
      : { text: 'text-waiting', fill: 'bg-waiting' }
  return (
    <div className="@container px-3.5 pt-1 pb-2.5">
      <div
        className="relative mx-1 h-14"
        role="img"
        aria-label={`Idle timers: ${silentMs === null ? 'not idle' : silenceWords(silentMs, verb)}`}
      >
        <div className="absolute inset-x-0 top-[1.6875rem] h-px bg-edge" />
        {silentMs !== null && (
          <div
            className={cx('absolute top-[1.625rem] left-0 h-[3px]', tone.fill)}
            style={{ width: `${place(seconds)}%` }}
          >
            <span className={cx('absolute -top-[3px] -right-1 size-[0.5625rem] rounded-pill', tone.fill)} />
          </div>
        )}
        {idleMarks.map((mark, index) => (
          <MarkLabel key={mark.seconds} mark={mark} above={index % 2 === 0} />
        ))}
        <span className={cx('figures absolute top-9 left-0 whitespace-nowrap', tone.text)}>
          {silentMs !== null && `${verb} for ${formatWait(silentMs)}`}
        </span>
      </div>
    </div>
  )
}

function MarkLabel({ mark, above }: { mark: IdleMark; above: boolean }) {
  const at = place(mark.seconds)
  return (
    <span
      className="absolute top-0 h-full"
      style={{ left: `${at}%` }}
      title={mark.measured && 'Measured by users; not officially documented'}
    >
      <span className="absolute top-[1.375rem] h-[0.6875rem] w-px bg-faint" />
      <span
        className={cx(
          'absolute text-tiny whitespace-nowrap text-faint',
          above ? 'top-0' : 'top-9',
          // The last label would leave the panel if it stood in the middle of its mark.
          at > 90 ? 'right-0 translate-x-6' : '-translate-x-1/2',
        )}
      >
        <span className="tabular-nums">
          {mark.measured && '~'}
          {mark.seconds}
          <span className="@max-md:hidden">{'\u00a0'}s</span>
        </span>{' '}
        {mark.who}
      </span>
    </span>
  )
}

function silenceWords(silentMs: number, verb: string): string {
  const silent = `${verb} for ${formatWait(silentMs)}`
  const { passed, next } = readRuler(silentMs)
  if (next !== undefined)
    return `${silent}; ${next.who} cut at ${next.measured ? 'about ' : ''}${next.seconds} s`
  return passed === undefined ? silent : `${silent}; longer than the ${passed.who} limit`
}
