/**
 * Events to a Why1006, in batches. Bounded and silent: where it does not answer, the oldest are dropped and the
 * application hears nothing of it. That the token is wrong nobody would find out: Node warns of it, once.
 */
import type { Output } from '#server/instrument/event.ts'

export interface SenderOptions {
  readonly url: string
  readonly token: string | undefined
}

const GATHER_MS = 200
const MOST_IN_BATCH = 500
const MOST_WAITING = 10_000
const PATIENCE_MS = 5000
const FIRST_PAUSE_MS = 1000
const LONGEST_PAUSE_MS = 60_000

export interface Sender {
  readonly output: Output
  /** Sends what waits, without another try: for a process that is about to end. */
  flush(): Promise<void>
}

export function sender({ url, token }: SenderOptions): Sender {
  const address = new URL('/api/ingest', url)
  const waiting: string[] = []
  let underWay: Promise<boolean> | undefined
  let pauseMs = FIRST_PAUSE_MS
  let timer: NodeJS.Timeout | undefined
  let hasWarned = false

  const soon = (ms: number) => {
    if (timer !== undefined) return
    timer = setTimeout(() => {
      timer = undefined
      void send()
    }, ms).unref()
  }

  /** @returns whether the batch was answered */
  const send = (): Promise<boolean> => {
    underWay ??= sendBatch().finally(() => {
      underWay = undefined
    })
    return underWay
  }

  const sendBatch = async (): Promise<boolean> => {
    if (waiting.length === 0) return true
    const batch = waiting.splice(0, MOST_IN_BATCH)
    const wait = await post(address, token, batch, () => {
      if (!hasWarned) warnOfToken(address, token)
      hasWarned = true
    })
    if (wait !== undefined) {
      // What was dropped meanwhile came before these.
      waiting.unshift(...batch.slice(Math.max(0, batch.length + waiting.length - MOST_WAITING)))
      pauseMs = Math.min(LONGEST_PAUSE_MS, Math.max(wait, pauseMs * 2))
    } else pauseMs = FIRST_PAUSE_MS
    if (waiting.length > 0) soon(wait === undefined ? 0 : pauseMs)
    return wait === undefined
  }

  return {
    output: (event) => {
      waiting.push(JSON.stringify(event))
      if (waiting.length > MOST_WAITING) waiting.shift()
      soon(GATHER_MS)
    },
    flush: async () => {
      // What was under way may have left without the last ones.
      await underWay
      while (waiting.length > 0) if (!(await send())) return
    },
  }
}

function warnOfToken({ origin }: URL, token: string | undefined): void {
  const says = token === undefined ? 'wants its access token' : 'does not know this access token'
  process.emitWarning(`The Why1006 server at ${origin} ${says}, and takes no events. Set WHY1006_TOKEN.`, {
    code: 'WHY1006_TOKEN',
  })
}

/** Milliseconds to wait before these are sent again; undefined where they are done with, taken or refused for good. */
async function post(
  address: URL,
  token: string | undefined,
  lines: readonly string[],
  unknownToken: () => void,
): Promise<number | undefined> {
  try {
    const response = await fetch(address, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-ndjson',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      body: lines.join('\n'),
      signal: AbortSignal.timeout(PATIENCE_MS),
      redirect: 'error',
    })
    await response.body?.cancel()
    if (response.status === 401) unknownToken()
    if (response.status !== 429 && response.status < 500) return undefined
    return (Number(response.headers.get('retry-after')) || 0) * 1000
  } catch {
    return 0
  }
}
