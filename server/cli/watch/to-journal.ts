/** What `why1006 watch` sees, told to the journal of a Why1006 server: as the events of a watch that the server keeps itself. */
import { understandTarget } from '#lib/applications/target.ts'
import type { Report } from '#lib/diagnosis/report.ts'
import { maskText } from '#lib/evidence/mask.ts'
import { outcomeOfProbe } from '#lib/evidence/probe-outcome.ts'
import type { DiagnosticEvent } from '#lib/protocol/events.ts'
import { healthReport } from '#lib/protocol/health.ts'
import { type Sentence, sentence } from '#lib/text/foreign.ts'
import { CommandError, exit } from '#server/cli/command.ts'
import { createEventSender } from '#server/cli/logs/send-events.ts'
import { describeOutcome } from '#server/probe/describe-stage.ts'
import type { WatchEvent } from '#server/probe/keep-watch.ts'
import { shorten } from '#server/wire/shorten.ts'

type WatchChange = Extract<DiagnosticEvent, { kind: 'watch' }>

export interface JournalTeller {
  /** @param report the verdict on what is no opening */
  tell(event: WatchEvent, report?: Report): void
  /** The watch is over. Resolves when the server has all of it, or does not take it. */
  end(): Promise<void>
}

const PATIENCE_MS = 2000

/** Whether a Why1006 server answers there. */
async function isServed(address: URL, signal: AbortSignal): Promise<boolean> {
  try {
    const response = await fetch(new URL('/health', address), {
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
    })
    return healthReport.safeParse(await response.json()).success
  } catch {
    return false
  }
}

export interface TellerOptions {
  readonly address: URL
  /** Somebody asked for it: without the server there is no watch. */
  readonly isNamed: boolean
  readonly token: string | undefined
  /** What is watched. */
  readonly url: string
  readonly signal: AbortSignal
  /** For people: where it is kept, or why it is not. */
  readonly say: (line: Sentence) => void
}

/** @returns undefined where no server runs. @throws CommandError where the one that was named does not */
export async function tellJournal(options: TellerOptions): Promise<JournalTeller | undefined> {
  const { address, isNamed, signal, say } = options
  if (!(await isServed(address, signal))) {
    const says = sentence`No Why1006 server answers at ${address.origin}`
    if (isNamed) throw new CommandError(sentence`${says}. Start one with npm start.`, exit.usage)
    say(sentence`${says}: the losses are printed here and kept nowhere.`)
    return undefined
  }
  say(sentence`${address.origin} keeps each change in its journal: ${new URL('/events', address).href}`)
  const target = understandTarget(options.url)
  const url = shorten(maskText(target.ok ? (target.asked ?? target.url) : options.url), 512)
  const sender = createEventSender({
    url: address.href,
    token: options.token,
    signal,
    waits: say,
  })
  const watch = `terminal-${crypto.randomUUID()}`
  let sending: Promise<void> = Promise.resolve()
  const add = (atMs: number, change: Pick<WatchChange, 'state'> & Partial<WatchChange>) => {
    const common = { id: crypto.randomUUID(), at: atMs / 1000, instance: watch }
    sender.add([{ ...change, ...common, kind: 'watch', watch, url }])
    sending = sending
      .then(() => sender.flush())
      .catch((error: unknown) => say(sentence`${error instanceof Error ? error.message : String(error)}`))
  }
  add(Date.now(), { state: 'started' })
  return {
    tell: (event, report) => {
      if (event.kind === 'opened') return add(event.at_ms, { state: 'up' })
      const [verdict] = report?.verdicts ?? []
      add(event.at_ms, {
        state: event.kind,
        says: describeOutcome(outcomeOfProbe(event.evidence.probe ?? {})),
        ...(verdict && { cause: verdict.cause, certainty: verdict.certainty }),
        ...(event.kind === 'lost' && {
          silence_ms: Math.round(event.silence_ms),
          age_ms: Math.round((event.life.closed_ms ?? 0) - (event.life.opened_ms ?? 0)),
          ...(event.life.code !== undefined && { close_code: event.life.code }),
        }),
      })
    },
    end: async () => {
      add(Date.now(), { state: 'stopped' })
      await sending
    },
  }
}
