'use client'
import { useLayoutEffect, useRef, useState } from 'react'

/**
 * Which rows of a long log are seen. All rows have one height but the opened one, which has its detail below it;
 * so a position is a multiplication, and a new row costs nothing for the 20,000 before it.
 */
export interface RowLayout {
  count: number
  rowPx: number
  /** The opened row, -1 when none is. */
  openIndex: number
  /** The height of its detail. */
  openPx: number
}

export function totalPx({ count, rowPx, openIndex, openPx }: RowLayout): number {
  return count * rowPx + (openIndex >= 0 ? openPx : 0)
}

/** The distance of a row's top edge from the top of the first. */
export function rowTopPx({ rowPx, openIndex, openPx }: RowLayout, index: number): number {
  return index * rowPx + (openIndex >= 0 && index > openIndex ? openPx : 0)
}

/** The first row seen and the one after the last, with `overscan` more on both sides. */
export function seenRows(
  layout: RowLayout,
  topPx: number,
  heightPx: number,
  overscan = 8,
): { from: number; to: number } {
  const from = indexAt(layout, topPx) - overscan
  const to = indexAt(layout, topPx + heightPx) + 1 + overscan
  return { from: Math.max(0, from), to: Math.min(layout.count, to) }
}

function indexAt({ rowPx, openIndex, openPx }: RowLayout, px: number): number {
  const openBottom = openIndex < 0 ? Number.POSITIVE_INFINITY : (openIndex + 1) * rowPx
  if (px < openBottom) return Math.floor(px / rowPx)
  return px < openBottom + openPx ? openIndex : Math.floor((px - openPx) / rowPx)
}

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
