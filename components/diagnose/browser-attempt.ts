'use client'
import { live } from '#components/core/live-core.ts'
import { browserPorts } from '#components/core/runtime.ts'
import type { Evidence } from '#lib/evidence/schema.ts'
import { connectionEvidence } from '#lib/record/connection-evidence.ts'
import { type ConnectionState, isOpen, isOver } from '#lib/store/connection/connection-state.ts'
import { createLive } from '#lib/store/live.ts'

export interface BrowserAttempt {
  /** What this browser has seen of it by now; with what this server saw, where the address is its own. */
  evidence(): Evidence
  /** Once the probe is done: resolves when this is over too, or a little later, since a cut meets both a little apart. */
  settled(): Promise<void>
  /** Closes it and lets go. */
  stop(): void
}

export interface AttemptRequest {
  /** ws:// or wss://; others are the browser's to refuse. */
  readonly url: string
  readonly subprotocols: readonly string[]
  /** Sent once it is open. */
  readonly firstMessage?: string | undefined
  /** Something new was seen. */
  changed(): void
}

/** How long it is awaited behind the probe: still connecting, and open. */
const graceMs = { connecting: 1500, open: 300 }

// What is tried for a diagnosis is no connection of the Live page: it keeps nothing and is offered to nobody.
const noStorage = { getItem: () => null, setItem: () => {} }

/** Opens the URL from this browser, recorded as the Live page records its connections. */
export function tryInBrowser({ url, subprotocols, firstMessage, changed }: AttemptRequest): BrowserAttempt {
  const core = createLive({ ...browserPorts(), storage: noStorage })
  const id = core.actions.open({ url, subprotocols, autoReconnect: false, remember: false })
  const connection = () => core.store.getState().connections[id]
  let last: ConnectionState = connection()?.state ?? { phase: 'connecting', since: 0 }
  let isSent = firstMessage === undefined
  const unsubscribe = core.store.subscribe(() => {
    const state = connection()?.state
    if (state === undefined || state === last) return
    last = state
    changed()
    if (!isSent && isOpen(state)) {
      isSent = true
      core.actions.send(id, { opcode: 'text', text: firstMessage ?? '' })
    }
  })
  return {
    evidence() {
      const recorded = connection()
      if (recorded === undefined) return {}
      const { feed } = live.store.getState()
      const nowMs = performance.timeOrigin + performance.now()
      const page = { origin: location.origin, online: navigator.onLine }
      return connectionEvidence({ connection: recorded, feed, page, nowMs })
    },
    settled: () =>
      new Promise((resolve) => {
        if (isOver(last)) return resolve()
        const timer = setTimeout(done, isOpen(last) ? graceMs.open : graceMs.connecting)
        const undo = core.store.subscribe(() => isOver(last) && done())
        function done() {
          clearTimeout(timer)
          undo()
          resolve()
        }
      }),
    stop() {
      unsubscribe()
      core.actions.remove(id)
    },
  }
}
