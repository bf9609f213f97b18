'use client'
import dynamic from 'next/dynamic'
import { statusBox } from './status-box.ts'

/** Comes with the first live script; until then a box of the same size. */
export const LiveCornerIsland = dynamic(
  () => import('./live-corner.tsx').then((module) => module.LiveCorner),
  {
    ssr: false,
    loading: () => (
      <div role="status" aria-label="Server" className={statusBox}>
        <span className="sr-only">Asking the server</span>
      </div>
    ),
  },
)
