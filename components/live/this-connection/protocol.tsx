'use client'
import { useEffect, useState } from 'react'
import { liveActions } from '#components/core/live-core.ts'
import { speaking } from '#components/core/protocols.ts'
import { sayRefusal } from '#components/live/connections/row-actions.tsx'
import { Button } from '#components/ui/button.tsx'
import { keepUnits } from '#components/ui/format.ts'
import type { Portrait } from '#lib/applications/portrait.ts'
import type { Payload } from '#lib/protocol/payload.ts'
import type { Connection } from '#lib/store/connection/connection.ts'
import { openedAt } from '#lib/store/connection/connection-state.ts'
import { visible } from '#lib/text/foreign.ts'
import { Part } from './fact.tsx'

/** The protocol above WebSocket, what runs by the clock in it, and whether this page speaks it. */
export function Protocol({ connection }: { connection: Connection }) {
  const portrait = usePortrait(connection)
  const { id, isSpoken, state } = connection
  return (
    <Part title="Protocol">
      {portrait === null ? (
        <p className="text-soft text-pretty">
          {openedAt(state) === null
            ? 'Nothing to tell it by: it has not opened.'
            : 'None recognized. Messages are the application’s own.'}
        </p>
      ) : (
        <>
          <div className="flex min-h-6 items-center gap-2">
            <p className="min-w-0 flex-1 font-medium">
              {portrait.name}
              {portrait.version !== null && (
                <span className="figures font-normal text-soft"> {visible(portrait.version)}</span>
              )}
            </p>
            {portrait.isSpeakable &&
              (isSpoken ? (
                <span className="text-code text-faint">spoken by this page</span>
              ) : (
                <Button
                  size="small"
                  title={`Opens it again and sends what a ${portrait.name} client sends`}
                  onClick={() => sayRefusal(liveActions.speak(id, speaking()))}
                >
                  Speak it
                </Button>
              ))}
          </div>
          {[
            ...portrait.timers,
            ...(isSpoken || portrait.waits === null ? [] : [portrait.waits]),
            ...portrait.notes,
          ].map((says) => (
            <p key={says} className="text-code text-soft text-pretty">
              {keepUnits(says)}
            </p>
          ))}
        </>
      )}
    </Part>
  )
}

/** Enough to know a protocol by. */
const mostMessages = 5
const longest = 4096

/** What the server said first in this attempt. */
function firstMessages({ log, state }: Connection): string[] {
  const since = openedAt(state) ?? Number.POSITIVE_INFINITY
  const messages: string[] = []
  for (const entry of log) {
    if (entry.type !== 'message' || entry.direction !== 'in' || entry.at < since) continue
    messages.push(textOf(entry.payload))
    if (messages.length === mostMessages) break
  }
  return messages
}

const textOf = (payload: Payload): string =>
  payload.opcode === 'text'
    ? payload.text.slice(0, longest)
    : String.fromCharCode(...payload.bytes.subarray(0, longest))

/** Null while nothing is recognized. */
function usePortrait(connection: Connection): Portrait | null {
  const { target, state } = connection
  const [known, setKnown] = useState<{ url: string; portrait: Portrait | null } | null>(null)
  const opened = 'opened' in state ? state.opened : state.phase === 'open' ? state : null
  const heard = Math.min(mostMessages, connection.traffic.messagesIn)
  const signs = JSON.stringify({
    url: target.url,
    subprotocols: target.subprotocols,
    picked: opened?.subprotocol || undefined,
    close:
      state.phase === 'closed' && state.how === 'close-frame'
        ? { code: state.code, reason: state.reason }
        : undefined,
    heard,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the signs are made of, not each message
  useEffect(() => {
    let isCurrent = true
    const messages = firstMessages(connection)
    void import('#lib/applications/portrait.ts').then(
      ({ portraitOf }) => {
        if (!isCurrent) return
        const { url, heard: _, ...rest } = JSON.parse(signs)
        const found = portraitOf({ ...rest, url: URL.parse(url) ?? undefined, messages })
        // What an earlier attempt showed is not forgotten while the next one has said nothing yet.
        setKnown((before) => ({
          url,
          portrait:
            found ??
            (messages.length === 0 && before !== null && before.url === url ? before.portrait : null),
        }))
      },
      // Without its words it is as unknown as any other.
      () => {},
    )
    return () => {
      isCurrent = false
    }
  }, [signs])
  return known?.url === target.url ? known.portrait : null
}
