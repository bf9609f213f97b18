'use client'
import { useLive } from '#components/core/live-core.ts'
import { cx } from '#components/ui/cx.ts'
import { selectServer } from '#lib/store/selectors.ts'
import type { ServerStatus } from '#lib/store/server-status.ts'
import { statusBox } from './status-box.ts'

const faces = {
  unknown: { word: 'Asking the server', dot: 'bg-unknown' },
  up: { word: 'Server up', dot: 'bg-alive' },
  draining: { word: 'Server is shutting down', dot: 'bg-waiting' },
  unreachable: { word: 'Server unreachable', dot: 'bg-dead' },
} satisfies Record<ServerStatus['status'], { word: string; dot: string }>

/** The status "Server": up or not, its heartbeat, how many connections are open, where it is. */
export function ServerStatusBox() {
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
      <p className="flex h-5 items-center gap-2 font-medium whitespace-nowrap md:max-lg:justify-center">
        <span aria-hidden className={cx('size-2 shrink-0 rounded-pill', faces[server.status].dot)} />
        <span className="max-md:text-code max-md:font-normal max-md:text-soft md:max-lg:sr-only">
          {faces[server.status].word}
        </span>
      </p>
      <div className="figures text-soft max-lg:sr-only">
        <p className="mt-0.5">
          {known?.heartbeat == null
            ? 'ping –'
            : `ping ${known.heartbeat.intervalSeconds} s / ${known.heartbeat.timeoutSeconds} s`}
        </p>
        <p>{`${(server.status === 'up' ? server.openConnections : null) ?? '–'} open`}</p>
        <p className="truncate">{origin.replace(/^https?:\/\//, '')}</p>
      </div>
    </div>
  )
}
