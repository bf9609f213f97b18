/** Events to a Why1006, in batches, each sent again until it is answered. */
import { setTimeout as wait } from 'node:timers/promises'
import { type IngestAnswer, ingestAnswer, ingestPath, ingestProblem } from '#lib/api/ingest.ts'
import { problem } from '#lib/api/problem.ts'
import type { DiagnosticEvent } from '#lib/protocol/events.ts'
import { type Sentence, sentence } from '#lib/text/foreign.ts'
import { CommandError, exit } from '#server/cli/command.ts'
import { problemOf } from '#server/cli/input.ts'
import { aboutToken, authorization } from '#server/cli/token.ts'

export interface EventSender {
  add(events: readonly DiagnosticEvent[]): void
  /**
   * Sends what waits, and resolves when it is answered.
   * @throws CommandError where the other side will never take it, or failed as often in a row as it may
   */
  flush(): Promise<void>
  readonly sent: Sent
}

interface Sent extends Pick<IngestAnswer, 'taken' | 'repeated' | 'refused'> {
  /** Why the first one was refused. */
  readonly reason: string | undefined
}

export interface EventSenderOptions {
  readonly url: string
  readonly token: string | undefined
  readonly signal: AbortSignal
  /** So many batches in a row may fail before it gives up; for ever, where nobody waits for an end. */
  readonly tries?: number
  /** It does not answer, or asks to wait: said once, until it answers again. */
  readonly waits: (why: Sentence) => void
}

type Attempt =
  | { readonly is: 'answered'; readonly answer: IngestAnswer }
  /** `slowed`: it answers, and takes no more for now. */
  | { readonly is: 'failed' | 'slowed'; readonly says: Sentence; readonly waitMs: number }

const BATCH = 1000
const PATIENCE_MS = 10_000
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 30_000

export function createEventSender(options: EventSenderOptions): EventSender {
  const { url, token, signal, tries = Number.POSITIVE_INFINITY, waits } = options
  const address = new URL(ingestPath, url)
  const waiting: string[] = []
  const sent = { taken: 0, repeated: 0, refused: 0, reason: undefined as string | undefined }
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

  const attempt = async (body: string): Promise<Attempt> => {
    let response: Response
    try {
      response = await post(body)
    } catch (error) {
      return {
        is: 'failed',
        says: sentence`${address.origin} does not answer: ${reasonOf(error)}.`,
        waitMs: 0,
      }
    }
    if (response.status === 202) return { is: 'answered', answer: ingestAnswer.parse(await response.json()) }
    const answered = await response.json().catch(() => undefined)
    const none = ingestProblem.safeParse(answered)
    // Not one of them was taken, which says nothing of the next ones.
    if (response.status === 400 && none.success) return { is: 'answered', answer: none.data }
    const told = problem.safeParse(answered)
    const says = told.success ? `${told.data.message} ${told.data.remedy}` : ''
    if (response.status === 429 || response.status >= 500) {
      return {
        is: response.status === 429 ? 'slowed' : 'failed',
        says: sentence`${address.origin} answers ${response.status}. ${says}`,
        waitMs: (Number(response.headers.get('Retry-After')) || 0) * 1000,
      }
    }
    const asked = aboutToken(response.status, address.origin, token)
    throw new CommandError(asked ?? sentence`${address.href} answers ${response.status}. ${says}`, exit.usage)
  }

  const deliver = async (body: string): Promise<void> => {
    let failed = 0
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2)) {
      const result = await attempt(body)
      if (result.is === 'answered') {
        hasSaid = false
        sent.taken += result.answer.taken
        sent.repeated += result.answer.repeated
        sent.refused += result.answer.refused
        sent.reason ??= result.answer.reasons[0]?.message
        return
      }
      if (signal.aborted) return
      // A server that is only too busy for this pace does take it, later.
      if (result.is === 'failed') failed += 1
      if (failed >= tries) {
        throw new CommandError(
          [
            result.says,
            sentence`Tried ${failed} times. Start the Why1006 server there or correct --to, then run the command again. The server counts each event once.`,
          ],
          exit.failed,
        )
      }
      say(sentence`${result.says} The lines wait, and the next try follows.`)
      await wait(Math.max(result.waitMs, pauseMs), undefined, { signal }).catch(() => {})
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

/** `fetch` says only that it failed; its cause knows why. */
const reasonOf = (error: unknown): string =>
  problemOf(error instanceof Error && error.cause !== undefined ? error.cause : error)
