/** Where the attempts of a row go: to the address that was given or, where that never opens, to the first that does. */
import { describeUrl } from '#lib/protocol/address.ts'
import type { Fallback, OpenRequest, Route, Target, Tried } from '#lib/store/connection/connection.ts'

export interface Routes {
  /** Of the next attempt. */
  target(): Target
  /** True while one that does not open is not the end of it: then `next` must be awaited. Only until one has opened. */
  isOpen(): boolean
  /** Moves on to the next that is there; false where none is left, and the first is the row's again. */
  next(): Promise<boolean>
  /** One has opened: the row stays with it. */
  settle(): void
  /** Null before anything was refused. */
  view(): Tried | null
}

export function createRoutes(request: OpenRequest, pageOrigin: string): Routes {
  const first = targetOf(request, pageOrigin)
  let target = first
  let left: readonly Fallback[] = request.fallbacks ?? []
  let label = URL.parse(first.url)?.pathname ?? first.label
  let refused: readonly string[] = []
  let isSettled = false
  let isRenewed = false
  let current: Fallback | null = null
  let view: Tried | null = null

  const look = () => {
    view = { first: first.url, refused, isElsewhere: target !== first }
  }
  const go = (to: Target, as: string) => {
    target = to
    label = as
    look()
  }

  return {
    target: () => target,
    isOpen: () => (isSettled ? current?.isFresh === true && !isRenewed : left.length > 0 || target !== first),
    async next() {
      if (isSettled) {
        isRenewed = true
        const again = (await current?.find().catch(() => null)) ?? null
        if (again !== null) target = targetAt(again, first, pageOrigin)
        return again !== null
      }
      refused = [...refused, label]
      look()
      while (left[0] !== undefined) {
        const [fallback] = left
        const route = await fallback.find().catch(() => null)
        left = left.slice(1)
        if (route === null) {
          refused = [...refused, fallback.label]
          continue
        }
        current = fallback
        go(targetAt(route, first, pageOrigin), fallback.label)
        return true
      }
      current = null
      go(first, label)
      return false
    },
    settle() {
      isSettled = true
      isRenewed = false
    },
    view: () => view,
  }
}

function targetOf(request: OpenRequest, pageOrigin: string): Target {
  const { url, endpoint, subprotocols = [], through } = request
  const isThrough = through !== undefined
  const place = describeUrl(url, pageOrigin)
  // What a relay opens carries no trace, and is nobody's own.
  if (isThrough) return { ...place, isOwn: false, endpoint: null, isThrough, subprotocols }
  return { ...place, ...(endpoint && { endpoint, isOwn: true }), isThrough, subprotocols }
}

const targetAt = ({ url, subprotocols }: Route, { isThrough }: Target, pageOrigin: string): Target => ({
  ...describeUrl(url, pageOrigin),
  isThrough,
  subprotocols,
})
