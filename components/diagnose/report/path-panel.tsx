'use client'
import {
  ArrowRight,
  Check,
  ChevronDown,
  CircleX,
  Globe,
  HeartPulse,
  Lock,
  LogOut,
  type LucideIcon,
  Monitor,
  Network,
  Shuffle,
} from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import { cx } from '#components/ui/cx.ts'
import { Icon } from '#components/ui/icon.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { pathOf } from '#lib/diagnosis/path.ts'
import type { Report } from '#lib/diagnosis/report.ts'
import {
  type Station,
  type StationId,
  type StationState,
  stationNames,
  stationStates,
} from '#lib/diagnosis/stations.ts'
import type { Evidence } from '#lib/evidence/schema.ts'

const icons = {
  browser: Monitor,
  dns: Globe,
  tcp: Network,
  tls: Lock,
  proxy: Shuffle,
  upgrade: Check,
  frames: ArrowRight,
  heartbeat: HeartPulse,
  close: LogOut,
} satisfies Record<StationId, LucideIcon>

const looks = {
  passed: { ring: 'border-alive text-alive', text: 'text-text', line: 'border-alive' },
  noted: { ring: 'border-faint text-soft', text: 'text-text', line: 'border-alive' },
  broken: { ring: 'border-dead text-dead', text: 'text-text', line: 'border-dead border-dashed' },
  active: { ring: 'border-waiting text-waiting', text: 'text-text', line: 'border-waiting border-dashed' },
  skipped: { ring: 'border-edge text-faint', text: 'text-faint', line: 'border-alive' },
  waiting: { ring: 'border-edge text-faint', text: 'text-faint', line: 'border-edge border-dotted' },
  unknown: { ring: 'border-faint border-dashed text-soft', text: 'text-text', line: 'border-alive' },
} satisfies Record<StationState, { ring: string; text: string; line: string }>

interface Props {
  stations: readonly Station[]
  note?: ReactNode
}

/**
 * The region "Path": the way of a connection as a line of stations; where nine have no room beside each other, one line
 * that unfolds, upright.
 */
export function PathPanel({ stations, note }: Props) {
  const [isOpen, setOpen] = useState(false)
  const listId = useId()
  return (
    <Panel title="Path" note={note} className="@container">
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={listId}
        onClick={() => setOpen((was) => !was)}
        className="flex min-h-11 items-center gap-2 px-3.5 py-2 text-left @2xl:hidden"
      >
        <Line stations={stations} />
        <Icon of={ChevronDown} className={cx('shrink-0 text-soft', isOpen && 'rotate-180')} />
      </button>
      <ol
        id={listId}
        aria-label="Stations"
        className={cx('grid px-3.5 pb-4 @2xl:grid-cols-9 @2xl:gap-0 @2xl:py-5', !isOpen && '@max-2xl:hidden')}
      >
        {stations.map((station, index) => (
          <Stop key={station.id} station={station} isFirst={index === 0} />
        ))}
      </ol>
    </Panel>
  )
}

/** The path that a report's evidence tells, and nothing where it tells of no station: nine dashes say nothing. */
export function ReportPath({
  evidence,
  report,
  note,
}: {
  evidence: Evidence
  report: Report
  note?: ReactNode
}) {
  const stations = pathOf(evidence, null, report.ending)
  if (stations.every(({ state }) => state === 'waiting')) return null
  return <PathPanel stations={stations} note={note} />
}

const marks = {
  passed: '✓',
  noted: '·',
  broken: '✕',
  active: '…',
  skipped: '–',
  waiting: '',
  unknown: '?',
} satisfies Record<StationState, string>

/** "Browser · DNS ✓ TCP ✓ TLS – Upgrade ✕ 426": as far as it came. */
function Line({ stations }: { stations: readonly Station[] }) {
  const reached = stations.filter(({ state }) => state !== 'waiting')
  if (reached.length === 0) return <span className="flex-1 text-soft">Not reached yet</span>
  return (
    <span className="flex min-w-0 flex-1 flex-wrap gap-x-2.5">
      {reached.map(({ id, state, says }) => (
        <span key={id} className="whitespace-nowrap">
          <span className={state === 'broken' ? 'font-medium' : 'text-soft'}>{stationNames[id]}</span>{' '}
          <span aria-hidden className={cx('figures', looks[state].ring.split(' ').at(-1))}>
            {marks[state]}
          </span>
          <span className="sr-only">{stationStates[state]}, </span>
          {(state === 'broken' || state === 'active') && (
            <span className={cx('figures', state === 'broken' && 'text-dead')}> {says}</span>
          )}
        </span>
      ))}
    </span>
  )
}

function Stop({ station: { id, state, says, whole }, isFirst }: { station: Station; isFirst: boolean }) {
  const { ring, text, line } = looks[state]
  return (
    <li className="relative flex min-w-0 items-center gap-3.5 @max-2xl:h-[2.875rem] @2xl:flex-col @2xl:gap-1.5 @2xl:text-center">
      {!isFirst && (
        <span
          aria-hidden
          className={cx(
            'absolute',
            line,
            '@max-2xl:-top-[0.5rem] @max-2xl:left-[0.9375rem] @max-2xl:h-4 @max-2xl:border-l-2',
            '@2xl:top-[0.9375rem] @2xl:right-[calc(50%+1.0625rem)] @2xl:w-[calc(100%-2.125rem)] @2xl:border-t-2',
          )}
        />
      )}
      <span
        className={cx(
          'flex size-8 shrink-0 items-center justify-center rounded-pill border-2 bg-panel',
          ring,
        )}
      >
        <Icon of={state === 'broken' ? CircleX : icons[id]} />
      </span>
      <span className={cx('font-medium @max-2xl:flex-1', text)}>
        {stationNames[id]}
        <span className="sr-only">:</span>
      </span>
      <span className="sr-only">{stationStates[state]},</span>
      <span
        className={cx(
          'figures max-w-full truncate @2xl:whitespace-normal',
          state === 'broken' ? 'text-dead' : state === 'waiting' ? 'text-faint' : 'text-soft',
        )}
        title={whole}
      >
        {says}
      </span>
    </li>
  )
}
