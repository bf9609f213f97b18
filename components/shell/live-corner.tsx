'use client'
import { useEffect } from 'react'
import { live, useLive } from '#components/core/live-core.ts'
import { cx } from '#components/ui/cx.ts'
import { plural } from '#components/ui/format.ts'
import type { LiveState } from '#lib/store/live-state.ts'
import { selectServer } from '#lib/store/selectors.ts'
import type { ServerStatus } from '#lib/store/server-status.ts'
import { LossAlerts } from './loss-alerts.tsx'
import { statusBox } from './status-box.ts'
import { StayWhileAway } from './stay-while-away.tsx'

/** The live part of the frame: it starts the core on whatever page one arrives at, and shows the server. */
export function LiveCorner() {
  useEffect(startOnce, [])
  return (
    <>
      <Favicon />
      <LossAlerts />
      <StayWhileAway />
      <ServerStatusBox />
    </>
  )
}

/** StrictMode mounts twice in development: a start that waits for the second time opens no socket in vain. */
function startOnce(): () => void {
  let stop = () => {}
  const timer = setTimeout(() => {
    stop = live.start()
  })
  return () => {
    clearTimeout(timer)
    stop()
  }
}

/** The worst of what is open, for the tab: dead when the server is gone or a connection was lost. */
function selectMood(live: LiveState): 'alive' | 'waiting' | 'dead' {
  const states = live.connectionIds.map((id) => live.connections[id]?.state)
  if (selectServer(live).status === 'unreachable') return 'dead'
  if (
    states.some(
      (state) => state?.phase === 'never-opened' || (state?.phase === 'closed' && state.code === 1006),
    )
  )
    return 'dead'
  return states.some((state) => state?.phase === 'suspect') ? 'waiting' : 'alive'
}

const icons = { alive: '/icon.svg', waiting: '/icon-waiting.svg', dead: '/icon-dead.svg' }

/** Keeps the tab's icon in step: one glance over the tabs tells whether something died. */
function Favicon() {
  const mood = useLive(selectMood)
  useEffect(() => {
    const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]')
    if (link !== null && link.getAttribute('href') !== icons[mood]) link.href = icons[mood]
  }, [mood])
  return null
}

const faces = {
  unknown: { word: 'Checking the server', dot: 'bg-unknown' },
  up: { word: 'Server up', dot: 'bg-alive' },
  draining: { word: 'Server is shutting down', dot: 'bg-waiting' },
  unreachable: { word: 'Server unreachable', dot: 'bg-dead' },
} satisfies Record<ServerStatus['status'], { word: string; dot: string }>

/** The status "Server": up or not, its heartbeat, how many connections are open, where it is. */
function ServerStatusBox() {
  const server = useLive(selectServer)
  const origin = useLive((live) => live.page.origin)
  const known = server.status === 'up' ? server : server.status === 'unreachable' ? server.lastUp : null
  return (
    <div
      role="status"
      aria-label="Server"
      title={server.status === 'unreachable' ? server.says : undefined}
      className={statusBox}
    >
      <p className="flex h-5 items-center gap-2 font-medium whitespace-nowrap max-md:justify-end md:max-lg:justify-center">
        <span aria-hidden className={cx('size-2 shrink-0 rounded-pill', faces[server.status].dot)} />
        <span className="min-w-0 truncate max-md:text-code max-md:font-normal max-md:text-soft md:max-lg:sr-only">
          {faces[server.status].word}
        </span>
      </p>
      <div className="figures text-soft max-lg:sr-only">
        <p className="mt-0.5 h-10">
          {known?.heartbeat == null
            ? 'Ping –'
            : `Ping every ${known.heartbeat.intervalSeconds} s, timeout ${known.heartbeat.timeoutSeconds} s`}
        </p>
        <p>{connectionWords(server.status === 'up' ? server.openConnections : null)}</p>
        <p className="truncate">{origin.replace(/^https?:\/\//, '')}</p>
        <p className="truncate text-faint">{known === null ? '' : `Why1006 ${known.version}`}</p>
      </div>
    </div>
  )
}

const connectionWords = (count: number | null): string =>
  count === null ? '– connections' : plural(count, 'connection')
