/**
 * Many literal texts looked for in one pass, whatever their number: Aho and Corasick's automaton (CACM 18/6, 1975).
 * Case does not count for ASCII letters.
 */

/** Indices of the needles that occur in the text, each once. */
export type Finder = (text: string) => Set<number>

type Node = { next: Map<number, Node>; fallback: Node | undefined; ends: number[] }

const node = (): Node => ({ next: new Map(), fallback: undefined, ends: [] })

/** @param needles none of them empty */
export function createFinder(needles: readonly string[]): Finder {
  const root = node()
  for (const [index, needle] of needles.entries()) insert(root, needle, index)
  link(root)
  return (text) => {
    const found = new Set<number>()
    let at = root
    for (let index = 0; index < text.length; index++) {
      at = step(root, at, lower(text.charCodeAt(index)))
      for (const end of at.ends) found.add(end)
    }
    return found
  }
}

function insert(root: Node, needle: string, index: number): void {
  let at = root
  for (let position = 0; position < needle.length; position++) {
    const unit = lower(needle.charCodeAt(position))
    const next = at.next.get(unit) ?? node()
    at.next.set(unit, next)
    at = next
  }
  at.ends.push(index)
}

/** Breadth first, so that the shorter suffix is complete before it is borrowed from. */
function link(root: Node): void {
  const waiting = [root]
  for (const parent of waiting) {
    for (const [unit, child] of parent.next) {
      child.fallback = parent === root ? root : step(root, parent.fallback ?? root, unit)
      child.ends.push(...child.fallback.ends)
      waiting.push(child)
    }
  }
}

function step(root: Node, from: Node, unit: number): Node {
  for (let at: Node | undefined = from; at !== undefined; at = at.fallback) {
    const next = at.next.get(unit)
    if (next !== undefined) return next
  }
  return root
}

const lower = (unit: number): number => (unit >= 65 && unit <= 90 ? unit + 32 : unit)
