'use client'
import dynamic from 'next/dynamic'
import { LiveSkeleton } from './live-skeleton.tsx'

/** The panels need sockets, a clock and what was kept in this browser: a server has none of them to render with. */
export const LiveIsland = dynamic(() => import('./live-panels.tsx').then((module) => module.LivePanels), {
  ssr: false,
  loading: () => <LiveSkeleton />,
})
