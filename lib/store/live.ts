/** The live core: connections, the server's events and its health, for a page to draw. README.md is its map. */

import { createStore, type StoreApi } from 'zustand/vanilla'
import { createActions, type LiveActions } from '#lib/store/actions.ts'
import { createRows } from '#lib/store/connection/rows.ts'
import { createFeed } from '#lib/store/feed/feed.ts'
import { createAttention } from '#lib/store/kit/attention.ts'
import type { PageSignal, Ports, Stop } from '#lib/store/kit/ports.ts'
import { createPublisher } from '#lib/store/kit/publisher.ts'
import type { LiveState } from '#lib/store/live-state.ts'
import { createPreferences } from '#lib/store/preferences.ts'
import { createRecordings } from '#lib/store/recordings.ts'
import { createServerPoll } from '#lib/store/server-status.ts'
import { createWatched } from '#lib/store/watched.ts'

export interface Live {
  readonly store: StoreApi<LiveState>
  readonly actions: LiveActions
  /** Connects the feed, polls the server, listens to the page. The undo also closes every socket. */
  start(): Stop
}

/** Blind times shorter than this are not worth a mark in a chart. */
const BLIND_MARK_MS = 3_000

/** Touches no port before `start()` or an action: a page may be rendered on a server. */
export function createLive(ports: Ports): Live {
  const publisher = createPublisher(ports, () => publish())
  const changed = publisher.request
  const preferences = createPreferences(ports, changed)
  const attention = createAttention(ports, (fromAt, untilAt) => {
    if (untilAt - fromAt >= BLIND_MARK_MS) for (const row of rows.all()) row.onBlind(fromAt, untilAt)
  })
  const rows = createRows({ ports, attention, changed, onSaid: preferences.rememberSent })
  const poll = createServerPoll(ports, {
    changed,
    onClockOffset: (offsetMs) => feed.setClockOffset(offsetMs),
    // Its back-off may have half a minute to go.
    onReturn: () => {
      if (feed.view().status.phase === 'waiting') feed.hurry()
    },
  })
  const recordings = createRecordings()
  const watched = createWatched()
  const feed = createFeed(ports, {
    changed,
    onEvent(event, at) {
      if (event.kind === 'recorded') recordings.take(event)
      if (event.kind === 'watch') watched.take(event, at)
      if (typeof event.trace === 'string') rows.ofTrace(event.trace)?.onServerEvent(event, at)
    },
    // The next poll may be seconds away, and the server has just shown that something is wrong with it.
    onLost() {
      if (poll.view().status === 'up') poll.hurry()
    },
    // Attempts that began before the feed was live are in the journal.
    onLive() {
      for (const row of rows.all()) {
        const { trace, server } = row.view()
        if (trace !== null && server.attempt === null) feed.fetchTrace(trace)
      }
    },
  })

  let page = { origin: ports.page.origin, hidden: false, online: true }
  const collect = (): LiveState => ({
    ...rows.view(),
    feed: feed.view(),
    recordings: recordings.view(),
    watched: watched.view(),
    server: poll.view(),
    page,
    preferences: preferences.view(),
  })
  const store = createStore<LiveState>(collect)
  const publish = (): void => store.setState(collect(), true)

  const onSignal = (signal: PageSignal): void => {
    if (signal.type === 'visibility') page = { ...page, hidden: signal.hidden }
    if (signal.type === 'online') page = { ...page, online: signal.online }
    for (const row of rows.all()) row.onSignal(signal)
    if (signal.type === 'visibility' && !signal.hidden) poll.hurry()
    if (signal.type === 'visibility' && signal.hidden) preferences.save()
    if (signal.type === 'online' && signal.online) {
      feed.hurry()
      poll.hurry()
    }
    changed()
  }

  return {
    store,
    actions: createActions({ rows, feed, preferences, publisher, origin: ports.page.origin }),
    start() {
      page = { ...page, hidden: ports.page.isHidden(), online: ports.page.isOnline() }
      preferences.load()
      const stops = [ports.page.listen(onSignal), feed.start(), poll.start()]
      publisher.flush()
      return () => {
        for (const stop of stops) stop()
        preferences.save()
        for (const { id } of [...rows.all()]) rows.remove(id)
        publisher.flush()
        publisher.stop()
      }
    },
  }
}
