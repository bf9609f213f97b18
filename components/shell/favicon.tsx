'use client'
import { useEffect } from 'react'
import { useLive } from '#components/core/live-core.ts'
import type { LiveState } from '#lib/store/live-state.ts'
import { selectServer } from '#lib/store/selectors.ts'

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
export function Favicon() {
  const mood = useLive(selectMood)
  useEffect(() => {
    const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]')
    if (link !== null && link.getAttribute('href') !== icons[mood]) link.href = icons[mood]
  }, [mood])
  return null
}
