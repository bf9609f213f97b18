'use client'
import Link from 'next/link'
import { useEffect, useState } from 'react'
import { fetchRecordings } from '#components/api/recordings.ts'
import { useLive } from '#components/core/live-core.ts'
import { useNow } from '#components/core/use-now.ts'
import { Badge, type Tone } from '#components/ui/badge.tsx'
import { formatAge, formatSeconds, plural } from '#components/ui/format.ts'
import { isOrderlyEnd } from '#lib/protocol/close-codes.ts'
import { newestOf, type Recorded } from '#lib/store/recordings.ts'
import { selectRecordings } from '#lib/store/selectors.ts'
import { visible } from '#lib/text/foreign.ts'

/** The list "Recorded connections": sockets of the reader's own pages, where a recorder told the server of them. */
export function RecordedConnections() {
  const [earlier, setEarlier] = useState<readonly Recorded[]>([])
  useEffect(() => {
    let gone = false
    // Without them the list begins with what comes next.
    fetchRecordings().then(
      (found) => !gone && setEarlier(found),
      () => {},
    )
    return () => {
      gone = true
    }
  }, [])
  const heard = useLive(selectRecordings)
  const all = newestOf(heard, earlier)
  if (all.length === 0) return null
  return (
    <section
      aria-label="Recorded"
      className="flex min-h-24 shrink-0 flex-col border-t border-line md:max-h-[40%]"
    >
      <h3 className="flex items-baseline gap-2.5 px-3.5 pt-2 pb-1 font-semibold">
        Recorded in your pages <span className="figures font-normal text-faint">{all.length}</span>
      </h3>
      <ul aria-label="Recorded connections" className="min-h-0 flex-1 pb-1 md:overflow-y-auto">
        {all.map((one) => (
          <RecordedRow key={one.recording} one={one} />
        ))}
      </ul>
    </section>
  )
}

function RecordedRow({ one }: { one: Recorded }) {
  const { recording, url, origin, messages_in, messages_out } = one
  const { word, tone } = stateOf(one)
  return (
    <li className="flex flex-col gap-0.5 border-t border-line px-3.5 py-1.5">
      <div className="flex items-center gap-2">
        <span className="figures min-w-0 flex-1 truncate" title={visible(url)}>
          {visible(url.replace(/^wss?:\/\//, ''))}
        </span>
        <Link
          href={`/diagnose?recording=${encodeURIComponent(recording)}`}
          prefetch={false}
          className="figures shrink-0 text-link hover:underline"
        >
          Why?
        </Link>
        <Badge tone={tone}>{word}</Badge>
      </div>
      <div className="flex gap-2.5 text-soft">
        <span className="min-w-0 flex-1 truncate">{visible(origin)}</span>
        <span className="figures shrink-0">
          <Lifetime one={one} /> · {plural(messages_in + messages_out, 'message', 'messages')}
        </span>
      </div>
    </li>
  )
}

/** A recorder says something of an open connection every 30 s, and once a minute where its page is in the background. */
const HEARD_MS = 150_000

/** How long it lived, or for how long it has by now, as far as its page was heard. */
function Lifetime({ one: { phase, started, duration_ms, at } }: { one: Recorded }) {
  const now = useNow()
  if (duration_ms !== undefined) return formatSeconds(duration_ms)
  if (phase !== 'open') return '–'
  const silentMs = now - at * 1000
  if (silentMs > HEARD_MS) return `not heard for ${formatAge(silentMs)}`
  return formatAge(Math.max(0, now - started * 1000))
}

function stateOf({ phase, close_code: code }: Recorded): { word: string; tone: Tone } {
  switch (phase) {
    case 'connecting':
      return { word: 'connecting', tone: 'waiting' }
    case 'open':
      return { word: 'open', tone: 'alive' }
    case 'left':
      return { word: 'page left', tone: 'unknown' }
    case 'refused':
      return { word: 'refused by the browser', tone: 'dead' }
    case 'failed':
      return { word: 'never opened', tone: 'dead' }
    case 'closed':
      return { word: `closed ${code ?? ''}`.trimEnd(), tone: isOrderlyEnd(code ?? 1006) ? 'unknown' : 'dead' }
  }
}
