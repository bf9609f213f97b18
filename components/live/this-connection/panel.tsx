'use client'
import { ChevronDown, ChevronRight } from 'lucide-react'
import Link from 'next/link'
import { type ReactNode, useState } from 'react'
import { useLive } from '#components/core/live-core.ts'
import { useNow } from '#components/core/use-now.ts'
import { diagnoseHref } from '#components/diagnose/diagnose-href.ts'
import { CriteriaPanel } from '#components/live/criteria/panel.tsx'
import { ServerEventsPanel } from '#components/live/events/panel.tsx'
import { liveGrid } from '#components/live/live-grid.ts'
import { askThrough } from '#components/live/through/ask-through.ts'
import { Button, buttonClass } from '#components/ui/button.tsx'
import { formatAge, keepUnits } from '#components/ui/format.ts'
import { Icon } from '#components/ui/icon.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { readIdleLimit } from '#lib/record/idle-limit.ts'
import type { Connection, ConnectionId } from '#lib/store/connection/connection.ts'
import { selectConnection } from '#lib/store/selectors.ts'
import { describeRoughly } from '#lib/text/duration.ts'
import { Fact, Part } from './fact.tsx'
import { Handshake } from './handshake.tsx'
import { Protocol } from './protocol.tsx'

interface Props {
  id: ConnectionId
  className?: string
}

/** The region "This connection": what is known of one to somebody's own server, and how to learn the rest. */
export function ThisConnectionPanel({ id, className }: Props) {
  const connection = useLive(selectConnection(id))
  if (connection === undefined) return null
  return (
    <Panel
      title="This connection"
      note={connection.target.isThrough ? 'through Why1006' : 'opened by this browser'}
      className={className}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scroll container must be reachable by keyboard */}
      <div tabIndex={0} className="flex min-h-0 flex-1 flex-col overflow-y-auto">
        <Handshake connection={connection} />
        <Protocol connection={connection} />
        <IdleLimit connection={connection} />
        {connection.target.isThrough ? (
          <Frames connection={connection} />
        ) : (
          <Unseen connection={connection} />
        )}
      </div>
    </Panel>
  )
}

/** How much silence it has come through, and how much stood before a drop. */
function IdleLimit({ connection }: { connection: Connection }) {
  const now = useNow()
  const { survivedMs, droppedMs, says } = readIdleLimit(connection, now)
  return (
    <Part title="Idle limit">
      <Fact label="Survived">
        {survivedMs < 1000 ? '–' : describeRoughly(Math.floor(survivedMs / 1000) * 1000)}
      </Fact>
      <Fact label="Dropped at">{droppedMs === null ? 'not yet' : describeRoughly(droppedMs)}</Fact>
      {droppedMs !== null && <p className="pt-1 text-code text-soft text-pretty">{keepUnits(says)}</p>}
    </Part>
  )
}

/** What the server at the other end of a relay sends beside messages. */
function Frames({ connection: { relayed } }: { connection: Connection }) {
  const now = useNow()
  const { pings = 0, lastPingAt = null, pingEveryMs = null } = relayed ?? {}
  return (
    <Part title="Ping frames">
      <Fact label="From server">
        {pings === 0
          ? 'none yet'
          : `${pings}${pingEveryMs === null ? '' : `, every ${describeRoughly(pingEveryMs)}`}`}
      </Fact>
      <Fact label="Last">{lastPingAt === null ? '–' : `${formatAge(now - lastPingAt)} ago, answered`}</Fact>
    </Part>
  )
}

/** What a browser tells nobody, each with the way to see it. */
function Unseen({ connection }: { connection: Connection }) {
  const { target } = connection
  return (
    <Part title="Hidden by browsers">
      <Way what="Ping frames, headers, cookies">
        <Button
          size="small"
          onClick={() => askThrough({ url: target.url, subprotocols: target.subprotocols })}
        >
          Connect through Why1006
        </Button>
      </Way>
      <Way what="HTTP status, TCP, TLS">
        <Link href={diagnoseHref(connection)} prefetch={false} className={buttonClass('plain', 'small')}>
          Diagnose with a probe
        </Link>
      </Way>
      <Way what="Your own pages">
        <Link href="/diagnose#record" prefetch={false} className={buttonClass('plain', 'small')}>
          Add the recorder
        </Link>
      </Way>
    </Part>
  )
}

function Way({ what, children }: { what: string; children: ReactNode }) {
  return (
    <div className="flex items-center justify-between gap-2 py-0.5">
      <p className="min-w-0 text-code text-soft text-pretty">{what}</p>
      {children}
    </div>
  )
}

/** What is about Why1006’s own endpoints before all: one line, until it is asked for. */
export function FoldedPanels({ id }: { id: ConnectionId }) {
  const [shown, setShown] = useState<readonly string[]>([])
  const toggle = (name: string) =>
    setShown((before) =>
      before.includes(name) ? before.filter((other) => other !== name) : [...before, name],
    )
  return (
    <>
      <div className="flex h-10 shrink-0 items-center gap-1 rounded-box border border-line bg-panel px-2">
        {folded.map(({ name, title }) => (
          <Button
            key={name}
            look="quiet"
            size="small"
            title={title}
            aria-expanded={shown.includes(name)}
            onClick={() => toggle(name)}
          >
            <Icon of={shown.includes(name) ? ChevronDown : ChevronRight} size={14} /> {name}
          </Button>
        ))}
      </div>
      {shown.includes('Success criteria') && <CriteriaPanel id={id} className={liveGrid.criteria} />}
      {shown.includes('Server events') && <ServerEventsPanel id={id} className={liveGrid.events} />}
    </>
  )
}

const folded = [
  { name: 'Success criteria', title: 'The six criteria, judged from outside' },
  { name: 'Server events', title: 'Events of Why1006’s own server' },
]
