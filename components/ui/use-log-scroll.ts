'use client'
import { useLayoutEffect, useRef, useState } from 'react'

/** Nearer to the end than this counts as being there. */
const nearPx = 24

interface LogScroll {
  /** The height of all rows. */
  contentPx: number
  /** Holds the view at the end, whatever is added. */
  atEnd: boolean
  /** The reader scrolled up, or came back to the end. */
  onFollow: (following: boolean) => void
}

/** The scrolling of a log: where the window stands, how high it is, and whether the reader left the end. */
export function useLogScroll({ contentPx, atEnd, onFollow }: LogScroll) {
  const container = useRef<HTMLDivElement>(null)
  const last = useRef({ topPx: 0, heightPx: 0 })
  const [topPx, setTopPx] = useState(0)
  const [heightPx, setHeightPx] = useState(0)
  const endPx = Math.max(0, contentPx - heightPx)

  useLayoutEffect(() => {
    const box = container.current
    if (box === null) return
    const observer = new ResizeObserver(() => setHeightPx(box.clientHeight))
    observer.observe(box)
    setHeightPx(box.clientHeight)
    return () => observer.disconnect()
  }, [])

  useLayoutEffect(() => {
    if (atEnd && container.current !== null) container.current.scrollTop = endPx
  }, [atEnd, endPx])

  const onScroll = () => {
    const box = container.current
    if (box === null) return
    // A window that grows is scrolled up by the browser, not by the reader.
    const isUp = box.scrollTop < last.current.topPx - 1 && box.clientHeight === last.current.heightPx
    last.current = { topPx: box.scrollTop, heightPx: box.clientHeight }
    setTopPx(box.scrollTop)
    // New rows move the end away without any scrolling: only going up means that the reader reads.
    if (box.scrollHeight - box.scrollTop - box.clientHeight < nearPx) onFollow(true)
    else if (isUp) onFollow(false)
  }

  const reveal = (fromPx: number, toPx: number) => {
    const box = container.current
    if (box === null) return
    if (fromPx < box.scrollTop) box.scrollTop = fromPx
    else if (toPx > box.scrollTop + box.clientHeight) box.scrollTop = toPx - box.clientHeight
  }
  // Rows are drawn for the end before the browser has scrolled there.
  return { container, seenTopPx: atEnd ? endPx : topPx, heightPx, onScroll, reveal }
}
