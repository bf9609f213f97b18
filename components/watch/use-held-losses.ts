import { useEffect, useState } from 'react'
import type { WatchDetail } from '#lib/api/watch.ts'

/** What is told of the losses, which grows only when the reader asks: nothing they read moves away under them. */
export interface HeldLosses {
  readonly losses: WatchDetail['losses']
  readonly learned: WatchDetail['learned']
  /** How many came since. */
  readonly waiting: number
  show(): void
}

/** The losses as they were first seen: the first one is shown at once, and all of them when the page is looked at again. */
export function useHeldLosses({ losses, learned }: WatchDetail): HeldLosses {
  const newest = losses.at(-1)?.at ?? null
  const [held, setHeld] = useState<{ upTo: number | null } & Pick<HeldLosses, 'learned'>>({
    upTo: newest,
    learned,
  })
  if (held.upTo === null && newest !== null) setHeld({ upTo: newest, learned })
  useEffect(() => {
    const onReturn = () => {
      if (document.visibilityState === 'visible') setHeld({ upTo: null, learned: undefined })
    }
    document.addEventListener('visibilitychange', onReturn)
    return () => document.removeEventListener('visibilitychange', onReturn)
  }, [])
  const { upTo } = held
  const shown = losses.filter(({ at }) => upTo !== null && at <= upTo)
  return {
    losses: shown,
    learned: held.learned,
    waiting: losses.length - shown.length,
    show: () => setHeld({ upTo: newest, learned }),
  }
}
