'use client'
import { useEffect } from 'react'
import { live } from '#components/live/live-core.ts'
import { Favicon } from './favicon.tsx'
import { ServerStatusBox } from './server-status.tsx'

/** The live part of the frame: it starts the core on whatever page one arrives at, and shows the server. */
export function LiveCorner() {
  useEffect(() => live.start(), [])
  return (
    <>
      <Favicon />
      <ServerStatusBox />
    </>
  )
}
