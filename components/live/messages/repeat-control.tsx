'use client'
import { useState } from 'react'
import { liveActions, useLive } from '#components/core/live-core.ts'
import { sayRefusal } from '#components/live/connections/row-actions.tsx'
import { Button } from '#components/ui/button.tsx'
import { plural } from '#components/ui/format.ts'
import type { Payload } from '#lib/protocol/payload.ts'
import type { ConnectionId } from '#lib/store/connection/connection.ts'
import { selectFacet } from '#lib/store/selectors.ts'

interface Props {
  id: ConnectionId | null
  open: boolean
  payload: Payload | null
}

/** Sends the draft again and again until stopped. */
export function RepeatControl({ id, open, payload }: Props) {
  const repeat = useLive(selectFacet(id, 'repeat'))
  const [everyMs, setEveryMs] = useState('1000')
  if (id !== null && repeat != null)
    return (
      <span className="ml-auto flex items-center gap-2">
        <span className="figures text-soft">{plural(repeat.sent, 'time')} sent</span>
        <Button onClick={() => liveActions.stopRepeat(id)}>Stop repeating</Button>
      </span>
    )
  return (
    <span className="ml-auto flex items-center gap-1.5">
      <label className="flex h-[26px] items-center gap-1.5 rounded-box border border-edge bg-ground px-2 text-code text-faint focus-within:border-link">
        every
        <input
          aria-label="Repeat every, in milliseconds"
          inputMode="numeric"
          value={everyMs}
          onChange={(event) => setEveryMs(event.target.value)}
          className="figures w-[5ch] bg-transparent text-text outline-none"
        />
        ms
      </label>
      <Button
        disabled={!open || payload === null}
        onClick={() =>
          id !== null && payload !== null && sayRefusal(liveActions.startRepeat(id, payload, Number(everyMs)))
        }
      >
        Repeat
      </Button>
    </span>
  )
}
