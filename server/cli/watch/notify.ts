/** `why1006 watch --notify`: each change of state as a signed POST. */

import type { Report } from '#lib/diagnosis/report.ts'
import { maskText } from '#lib/evidence/mask.ts'
import { outcomeOfProbe } from '#lib/evidence/probe-outcome.ts'
import { sentence } from '#lib/text/foreign.ts'
import { problemOf, readText } from '#server/cli/input.ts'
import type { Io } from '#server/cli/io.ts'
import { describeOutcome } from '#server/probe/describe-stage.ts'
import type { WatchEvent } from '#server/probe/keep-watch.ts'
import { AT_THE_MACHINE } from '#server/probe/transport/address-guard.ts'
import { ProbeRefusal } from '#server/probe/transport/refusal.ts'
import { noticeMessage } from '#server/watch/message.ts'
import { createNotices } from '#server/watch/notices.ts'
import type { NoticeFacts } from '#server/watch/watch.ts'
import { postWebhook } from '#server/watch/webhook.ts'

const MOST_SECRET_BYTES = 4096

/** @throws ProbeRefusal when the file can't be read or is empty */
export async function readSecret(file: string): Promise<string> {
  const text = await readText(file, MOST_SECRET_BYTES).catch((error: unknown) => {
    throw new ProbeRefusal('option-refused', sentence`--notify-secret-file ${file}: ${problemOf(error)}`)
  })
  if (text.trim() === '') {
    throw new ProbeRefusal('option-refused', sentence`--notify-secret-file: ${file} is empty.`)
  }
  return text.trim()
}

export interface Notifier {
  tell(event: WatchEvent, report?: Report): void
  /** Resolves when what was sent is answered. */
  end(): Promise<void>
}

export function createNotifier(
  hook: { readonly url: URL; readonly secret: string | undefined },
  watched: string,
  io: Io,
): Notifier {
  const url = maskText(watched)
  let lostAtMs: number | undefined
  let sending: Promise<void> = Promise.resolve()
  const notices = createNotices<NoticeFacts>(({ state, losses, facts }) => {
    sending = sending.then(async () => {
      const message = noticeMessage(state, losses, facts)
      const problem = await postWebhook({ ...hook, policy: AT_THE_MACHINE }, message, { signal: io.signal })
      if (problem !== undefined && !io.signal.aborted) io.stderr.write(`Not notified: ${problem}\n`)
    })
  })
  return {
    tell(event, report) {
      const since = event.at_ms / 1000
      if (event.kind === 'opened') {
        const downMs = lostAtMs === undefined ? undefined : event.at_ms - lostAtMs
        lostAtMs = undefined
        notices.changed('up', { url, since, ...(downMs !== undefined && { loss: { down_ms: downMs } }) })
        return
      }
      if (lostAtMs !== undefined) return
      lostAtMs = event.at_ms
      const [leading] = report?.verdicts ?? []
      notices.changed('down', {
        url,
        since,
        loss: {
          at: since,
          how: event.kind,
          says: describeOutcome(outcomeOfProbe(event.evidence.probe ?? {})),
          ...(event.kind === 'lost' && { age_ms: event.age_ms, silence_ms: event.silence_ms }),
          ...(leading && { cause: leading.cause, certainty: leading.certainty }),
        },
      })
    },
    async end() {
      notices.stop()
      await sending
    },
  }
}
