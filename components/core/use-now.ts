'use client'
import { useSyncExternalStore } from 'react'
import { now as read } from './now.ts'

type Listener = () => void

/** One timer per pace for the whole page; views that tick share it. Nothing ticks while nobody looks. */
function createTicker(everyMs: number) {
  const listeners = new Set<Listener>()
  let timer: ReturnType<typeof setInterval> | null = null
  let now = 0
  const tick = () => {
    if (document.visibilityState === 'hidden') return
    now = read()
    for (const listener of listeners) listener()
  }
  return {
    subscribe(listener: Listener) {
      listeners.add(listener)
      if (timer === null) {
        now = read()
        timer = setInterval(tick, everyMs)
      }
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0 || timer === null) return
        clearInterval(timer)
        timer = null
      }
    },
    read() {
      if (now === 0) now = read()
      return now
    },
  }
}

/**
 * Once a second for ages and countdowns, four times for figures that follow every beat, ten for logs. The chart
 * has a timer of its own, so that its update and the rows' are two short tasks rather than a long one.
 */
export const tickers = {
  second: createTicker(1000),
  quarter: createTicker(250),
  chart: createTicker(250),
  tenth: createTicker(100),
}
export type Pace = keyof typeof tickers

/** The time in epoch milliseconds, renewed every second (ages, countdowns) or more often (charts, logs). */
export function useNow(pace: Pace = 'second'): number {
  const ticker = tickers[pace]
  return useSyncExternalStore(ticker.subscribe, ticker.read)
}
