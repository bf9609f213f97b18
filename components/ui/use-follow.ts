'use client'
import { type RefObject, useRef, useState } from 'react'

/** Nearer to the end than this counts as being there. */
const nearPx = 24

/**
 * Whether a log follows its tail: until the reader scrolls up, and again when the reader comes back to the end.
 * `onScroll` belongs on the scroll container.
 */
export function useFollow(container: RefObject<HTMLElement | null>) {
  const [following, setFollowing] = useState(true)
  const lastTop = useRef(0)
  const onScroll = () => {
    const box = container.current
    if (box === null) return
    const isUp = box.scrollTop < lastTop.current - 1
    lastTop.current = box.scrollTop
    const isNear = box.scrollHeight - box.scrollTop - box.clientHeight < nearPx
    // New rows move the end away without any scrolling: only going up means that the reader reads.
    if (isNear) setFollowing(true)
    else if (isUp) setFollowing(false)
  }
  return { following, setFollowing, onScroll }
}
