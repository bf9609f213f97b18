/** Events to a Why1006, in batches, each sent again until it is answered. */
import { setTimeout as wait } from 'node:timers/promises'
import { type IngestAnswer, ingestAnswer, ingestPath, ingestProblem } from '#lib/api/ingest.ts'
import { problem } from '#lib/api/problem.ts'
import type { DiagnosticEvent } from '#lib/protocol/events.ts'
import { type Sentence, sentence } from '#lib/text/foreign.ts'
import { aboutToken, authorization } from '#server/cli/token.ts'

export interface EventSender {
  add(events: readonly DiagnosticEvent[]): void
  /** Sends what waits, and resolves when it is answered. Rejects where the other side will never take it. */
  flush(): Promise<void>
  readonly sent: Pick<IngestAnswer, 'taken' | 'repeated' | 'refused'>
}

export interface EventSenderOptions {
  readonly url: string
  readonly token: string | undefined
  readonly signal: AbortSignal
  /** It does not answer, or asks to wait: said once, until it answers again. */
  readonly waits: (why: Sentence) => void
}

const BATCH = 1000
const PATIENCE_MS = 10_000
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 30_000

export function createEventSender({ url, token, signal, waits }: EventSenderOptions): EventSender {
  const address = new URL(ingestPath, url)
  const waiting: string[] = []
  const sent = { taken: 0, repeated: 0, refused: 0 }
  let hasSaid = false

  const say = (why: Sentence) => {
    if (!hasSaid) waits(why)
    hasSaid = true
  }

  const post = (body: string) =>
    fetch(address, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/x-ndjson',
        ...authorization(token),
      },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    })

  /** @returns the answer, or after how many milliseconds to ask again */
  const attempt = async (body: string): Promise<IngestAnswer | number> => {
    const response = await post(body).catch(() => undefined)
    if (response === undefined) {
      say(sentence`${address.origin} does not answer. The lines wait.`)
      return 0
    }
    if (response.status === 202) {
      hasSaid = false
      return ingestAnswer.parse(await response.json())
    }
    const answered = await response.json().catch(() => undefined)
    const none = ingestProblem.safeParse(answered)
    // Not one of them was taken, which says nothing of the next ones.
    if (response.status === 400 && none.success) return none.data
    const told = problem.safeParse(answered)
    const says = told.success ? `${told.data.message} ${told.data.remedy}` : ''
    if (response.status === 429 || response.status >= 500) {
      say(sentence`${address.origin} answers ${response.status}. ${says} The lines wait.`)
      return (Number(response.headers.get('Retry-After')) || 0) * 1000
    }
    const asked = aboutToken(response.status, address.origin, token)
    if (asked) throw new Error(asked)
    throw new Error(sentence`${address.href} answers ${response.status}. ${says}`)
  }

  const deliver = async (body: string): Promise<void> => {
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2)) {
      const result = await attempt(body)
      if (typeof result === 'object') {
        sent.taken += result.taken
        sent.repeated += result.repeated
        sent.refused += result.refused
        return
      }
      if (signal.aborted) return
      await wait(Math.max(result, pauseMs), undefined, { signal }).catch(() => {})
    }
  }

  return {
    sent,
    add: (events) => {
      for (const event of events) waiting.push(JSON.stringify(event))
    },
    flush: async () => {
      while (waiting.length > 0) {
        // More may be added meanwhile, and waits for the next round.
        const batch = waiting.slice(0, BATCH)
        await deliver(batch.join('\n'))
        waiting.splice(0, batch.length)
      }
    },
  }
}
