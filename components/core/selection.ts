'use client'
import { usePathname, useRouter } from 'next/navigation'
import { parseAsString, useQueryState } from 'nuqs'
import type { ConnectionId } from '#lib/store/connection/connection.ts'
import type { LiveState } from '#lib/store/live-state.ts'
import { useLive } from './live-core.ts'

/** The selection is part of the address, so that a link, a reload and the back button keep it. */
const parameter = parseAsString.withOptions({ history: 'replace', shallow: true })

/** The connection the panels show: the one in the address, else the newest. Null when there is none. */
export function useSelectedId(): ConnectionId | null {
  const [asked] = useQueryState('connection', parameter)
  return useLive((live: LiveState) =>
    asked !== null && asked in live.connections ? asked : (live.connectionIds.at(-1) ?? null),
  )
}

export function useSelect(): (id: ConnectionId | null) => void {
  const [, setAsked] = useQueryState('connection', parameter)
  return (id) => void setAsked(id)
}

/** Selects it on the Live page, and goes there from another: a selection alone would keep this page's address. */
export function useShowOnLive(): (id: ConnectionId) => void {
  const router = useRouter()
  const isThere = usePathname() === '/'
  const select = useSelect()
  return (id) => (isThere ? select(id) : router.push(`/?connection=${encodeURIComponent(id)}`))
}
