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
