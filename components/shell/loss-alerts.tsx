'use client'
import { useRouter } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { live } from '#components/core/live-core.ts'
import { now } from '#components/core/now.ts'
import { useSelect } from '#components/core/selection.ts'
import {
  beep,
  countLosses,
  droppedRows,
  lostSince,
  notify,
  notifyOfWatch,
  titleWith,
  type WatchStates,
  watchesChanged,
} from './alerts.ts'

/** Tells of drops where the page itself is not seen. What is seen is told no longer. */
export function LossAlerts() {
  const select = useSelect()
  const open = useRef(select)
  open.current = select
  const router = useRouter()
  useEffect(() => watchLosses((id) => open.current(id)), [])
  useEffect(() => tellOfWatches((id) => router.push(`/watch?id=${id}`)), [router])
  return null
}

function watchLosses(onOpen: (id: string) => void): () => void {
  let told = countLosses(live.store.getState())
  let seen = told
  let dropped = 0

  const tell = () => {
    const state = live.store.getState()
    const isHidden = document.visibilityState === 'hidden'
    const lost = lostSince(state, told)
    if (lost.length > 0) {
      told = countLosses(state)
      const { notifications, sound } = state.preferences.settings
      if (isHidden && notifications === 'on') for (const row of lost) notify(row, () => onOpen(row.id))
      if (sound) beep()
    }
    if (!isHidden) seen = told
    dropped = droppedRows(state, seen)
    entitle()
  }
  /** Each page brings its own title; the mark goes in front of whichever it is. */
  const entitle = () => {
    const title = titleWith(document.title, dropped)
    if (title !== document.title) document.title = title
  }
  const titles = new MutationObserver(entitle)
  titles.observe(document.head, { subtree: true, childList: true, characterData: true })
  document.addEventListener('visibilitychange', tell)
  const unsubscribe = live.store.subscribe((state, before) => {
    if (state.connections !== before.connections) tell()
  })
  return () => {
    titles.disconnect()
    document.removeEventListener('visibilitychange', tell)
    unsubscribe()
  }
}

/** What the server watches on its own, where this page is not seen. */
function tellOfWatches(onOpen: (id: string) => void): () => void {
  const fromAt = now()
  let told: WatchStates = new Map()
  return live.store.subscribe((state, before) => {
    if (state.watched === before.watched) return
    const news = watchesChanged(state, told, fromAt)
    told = news.now
    const { notifications } = state.preferences.settings
    if (document.visibilityState !== 'hidden' || notifications !== 'on') return
    for (const watched of news.changed) notifyOfWatch(watched, () => onOpen(watched.event.watch))
  })
}
