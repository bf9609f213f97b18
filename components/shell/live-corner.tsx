'use client'
import { useEffect } from 'react'
import { live } from '#components/core/live-core.ts'
import { Favicon } from './favicon.tsx'
import { ServerStatusBox } from './server-status.tsx'

/** The live part of the frame: it starts the core on whatever page one arrives at, and shows the server. */
export function LiveCorner() {
  useEffect(startOnce, [])
  return (
    <>
      <Favicon />
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
