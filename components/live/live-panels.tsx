'use client'
import { useEffect } from 'react'
import { useLive } from '#components/core/live-core.ts'
import { useSelect, useSelectedId } from '#components/core/selection.ts'
import { listState, pick } from '#components/live/connections/list/list-state.ts'
import { ConnectionsPanel } from '#components/live/connections/panel.tsx'
import { CriteriaPanel } from '#components/live/criteria/panel.tsx'
import { ServerEventsPanel } from '#components/live/events/panel.tsx'
import { HeartbeatsPanel } from '#components/live/heartbeats/panel.tsx'
import { MessagesPanel } from '#components/live/messages/panel.tsx'
import { NewConnectionForm } from '#components/live/new-connection/form.tsx'
import { isPlainKey } from '#components/shell/hotkeys.tsx'
import { cx } from '#components/ui/cx.ts'
import { LazyView, lazyPart } from '#components/ui/lazy-view.tsx'
import { NotLoaded } from '#components/ui/not-loaded.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { Skeleton } from '#components/ui/panel-states.tsx'
import { WhyHost } from '#components/why/why-host.tsx'
import type { ConnectionId } from '#lib/store/connection/connection.ts'
import { FirstQuestion } from './first-question.tsx'
import { liveGrid } from './live-grid.ts'
import { Preload } from './preload.tsx'
import { ThroughHost } from './through/through-host.tsx'

const foreignPart = lazyPart(() => import('./this-connection/panel.tsx'))

export function LivePanels() {
  const selected = useSelectedId()
  return (
    <div className={liveGrid.page}>
      <LiveKeys />
      <Preload />
      <WhyHost />
      <ThroughHost />
      <NewConnectionForm className={liveGrid.form} />
      {selected === null ? <Blank /> : <Selected id={selected} />}
    </div>
  )
}

function Blank() {
  return (
    <>
      <div className={liveGrid.blank}>
        <FirstQuestion />
        <ConnectionsPanel selected={null} />
      </div>
      <div className={cx(liveGrid.blank, liveGrid.below)}>
        <ServerEventsPanel id={null} />
        <CriteriaPanel id={null} />
      </div>
    </>
  )
}

function Selected({ id }: { id: ConnectionId }) {
  return (
    <div className={cx(liveGrid.grid, liveGrid.headed)}>
      <ConnectionsPanel selected={id} className={liveGrid.connections} />
      <div className={cx(liveGrid.middle, liveGrid.second)}>
        <Instruments id={id} />
      </div>
      <div className={cx(liveGrid.right, liveGrid.third)}>
        <Beside id={id} />
      </div>
    </div>
  )
}

/** Of our own server, what it does and how well; of somebody else's, what is known of the connection. */
function Beside({ id }: { id: ConnectionId }) {
  const isForeign = useLive((live) => live.connections[id]?.target.isOwn === false)
  if (isForeign) {
    return (
      <LazyView
        part={foreignPart}
        loading={
          <Panel title="This connection" className={liveGrid.thisConnection}>
            <Skeleton lines={8} />
          </Panel>
        }
        failed={(retry) => <NotLoaded what="This panel" onRetry={retry} />}
      >
        {({ ThisConnectionPanel, FoldedPanels }) => (
          <>
            <ThisConnectionPanel key={id} id={id} className={liveGrid.thisConnection} />
            <FoldedPanels key={`${id} folded`} id={id} />
          </>
        )}
      </LazyView>
    )
  }
  return (
    <>
      <CriteriaPanel id={id} className={liveGrid.criteria} />
      <ServerEventsPanel id={id} className={liveGrid.events} />
    </>
  )
}

function Instruments({ id }: { id: ConnectionId }) {
  const isQuiet = useLive((live) => {
    const row = live.connections[id]
    return row !== undefined && row.target.endpoint === null && row.pagePings.mode === 'off'
  })
  return (
    <>
      <HeartbeatsPanel id={id} className={isQuiet ? liveGrid.quietHeartbeats : liveGrid.heartbeats} />
      <MessagesPanel id={id} className={liveGrid.messages} />
    </>
  )
}

/** The keys of the Live page's list: j and k move through the connections, x picks one. */
function LiveKeys() {
  const selected = useSelectedId()
  const select = useSelect()
  useEffect(() => {
    const undo = new AbortController()
    const move = (step: number) => {
      const { shown } = listState.getState()
      const at = selected === null ? -1 : shown.indexOf(selected)
      const next = shown[Math.min(shown.length - 1, Math.max(0, at + step))]
      if (next === undefined) return
      select(next)
      document.querySelector<HTMLElement>(`[data-row-button="${CSS.escape(next)}"]`)?.focus()
    }
    const onKeyDown = (event: KeyboardEvent) => {
      if (!isPlainKey(event)) return
      const isOnRow = event.target instanceof HTMLElement && event.target.matches('[data-row-button]')
      if (event.key === 'j' || (isOnRow && event.key === 'ArrowDown')) move(1)
      else if (event.key === 'k' || (isOnRow && event.key === 'ArrowUp')) move(-1)
      else if (event.key === 'x' && selected !== null) {
        pick(selected, !listState.getState().picked.has(selected), event.shiftKey)
      } else return
      event.preventDefault()
    }
    document.addEventListener('keydown', onKeyDown, { signal: undo.signal })
    return () => undo.abort()
  }, [selected, select])
  return null
}
