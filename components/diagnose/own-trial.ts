'use client'
import { browserPorts } from '#components/core/runtime.ts'
import { recorder } from '#components/experiment/recorder.ts'
import { openTrial, type Trial } from '#components/experiment/trial.ts'
import type { ConnectionId } from '#lib/store/connection/connection.ts'
import { isOpen, isOver } from '#lib/store/connection/connection-state.ts'
import { createLive, type Live } from '#lib/store/live.ts'

export interface TrialRequest {
  /** ws:// or wss://; others are the browser's to refuse. */
  readonly url: string
  readonly subprotocols: readonly string[]
  /** Sent once it is open. */
  readonly firstMessage?: string | undefined
}

// What is tried for a diagnosis is no connection of the Live page: it keeps nothing and is offered to nobody.
const noStorage = { getItem: () => null, setItem: () => {} }

/** Opens the URL from this browser, recorded as the Live page records its connections. */
export function tryInBrowser({ url, subprotocols, firstMessage }: TrialRequest): Trial {
  const core = createLive({ ...browserPorts(), storage: noStorage })
  return openTrial({
    core,
    recorder,
    open: () => {
      const id = core.actions.open({ url, subprotocols, autoReconnect: false, remember: false })
      if (firstMessage !== undefined) sendOnceOpen(core, id, firstMessage)
      return id
    },
  })
}

function sendOnceOpen({ store, actions }: Live, id: ConnectionId, text: string): void {
  const unsubscribe = store.subscribe(({ connections }) => {
    const state = connections[id]?.state
    if (state !== undefined && !isOpen(state) && !isOver(state)) return
    unsubscribe()
    if (state !== undefined && isOpen(state)) actions.send(id, { opcode: 'text', text })
  })
}
