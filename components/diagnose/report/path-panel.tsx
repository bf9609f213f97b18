import {
  ArrowRight,
  Check,
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
import type { ReactNode } from 'react'
import { cx } from '#components/ui/cx.ts'
import { Icon } from '#components/ui/icon.tsx'
import { Panel } from '#components/ui/panel.tsx'
import type { Station, StationId, StationState } from '#lib/diagnosis/path.ts'

const faces = {
  browser: { name: 'Browser', icon: Monitor },
  dns: { name: 'DNS', icon: Globe },
  tcp: { name: 'TCP', icon: Network },
  tls: { name: 'TLS', icon: Lock },
  proxy: { name: 'Proxy', icon: Shuffle },
  upgrade: { name: 'Upgrade', icon: Check },
  frames: { name: 'Frames', icon: ArrowRight },
  heartbeat: { name: 'Heartbeat', icon: HeartPulse },
  close: { name: 'Close', icon: LogOut },
} satisfies Record<StationId, { name: string; icon: LucideIcon }>

const looks = {
  passed: { ring: 'border-alive text-alive', text: 'text-text', line: 'border-alive' },
  broken: { ring: 'border-dead text-dead', text: 'text-text', line: 'border-dead border-dashed' },
  active: { ring: 'border-waiting text-waiting', text: 'text-text', line: 'border-waiting border-dashed' },
  skipped: { ring: 'border-edge text-faint', text: 'text-faint', line: 'border-alive' },
  waiting: { ring: 'border-edge text-faint', text: 'text-faint', line: 'border-edge border-dotted' },
} satisfies Record<StationState, { ring: string; text: string; line: string }>

const stateWords = {
  passed: 'passed',
  broken: 'broke here',
  active: 'under way',
  skipped: 'not used',
  waiting: 'not reached',
} satisfies Record<StationState, string>

interface Props {
  stations: readonly Station[]
  note?: ReactNode
  children?: ReactNode
}

/** The region "Path": the way of a connection as a line of stations; upright on a phone. */
export function PathPanel({ stations, note, children }: Props) {
  return (
    <Panel title="Path" note={note}>
      <ol aria-label="Stations" className="grid px-3.5 py-4 md:grid-cols-9 md:gap-0 md:py-5">
        {stations.map((station, index) => (
          <Stop key={station.id} station={station} isFirst={index === 0} />
        ))}
      </ol>
      {children}
    </Panel>
  )
}

function Stop({ station: { id, state, says, whole }, isFirst }: { station: Station; isFirst: boolean }) {
  const { name, icon } = faces[id]
  const { ring, text, line } = looks[state]
  return (
    <li className="relative flex min-w-0 items-center gap-3.5 max-md:h-[46px] md:flex-col md:gap-1.5 md:px-1 md:text-center">
      {!isFirst && (
        <span
          aria-hidden
          className={cx(
            'absolute',
            line,
            'max-md:-top-[8px] max-md:left-[15px] max-md:h-4 max-md:border-l-2',
            'md:top-[15px] md:right-[calc(50%+17px)] md:w-[calc(100%-34px)] md:border-t-2',
          )}
        />
      )}
      <span
        className={cx(
          'flex size-8 shrink-0 items-center justify-center rounded-pill border-2 bg-panel',
          ring,
        )}
      >
        <Icon of={state === 'broken' ? CircleX : icon} />
      </span>
      <span className={cx('font-medium max-md:flex-1', text)}>{name}</span>
      <span className="sr-only">{stateWords[state]}</span>
      <span
        className={cx(
          'figures max-w-full truncate',
          state === 'broken' ? 'text-dead' : state === 'waiting' ? 'text-faint' : 'text-soft',
        )}
        title={whole}
      >
        {says}
      </span>
    </li>
  )
}
