/** Holds the imported logs, off the page's main thread. Nothing leaves the browser. */
import { ImportedLogs } from './imported-logs.ts'
import { eventsBeside, eventsToJudge } from './own-events.ts'
import type { Answers, Message, Question, QuestionName, Questions } from './protocol.ts'

let logs = new ImportedLogs()
/** Of the question of each kind that is being answered: a newer one ends it. */
const running = new Map<QuestionName, AbortController>()

const PROGRESS_MS = 100
/** The first look at what was read; each further one after twice as long. */
const FIRST_LOOK_MS = 500
const MARGIN_MS = 5000

const say = (message: Message): void => self.postMessage(message)

self.addEventListener('message', ({ data }: MessageEvent<Question>) => void answerTo(data))

async function answerTo({ id, what, given }: Question): Promise<void> {
  running.get(what)?.abort()
  const stop = new AbortController()
  running.set(what, stop)
  try {
    const answer = await (answers[what] as (given: unknown, signal: AbortSignal) => unknown)(
      given,
      stop.signal,
    )
    say({ id, answer })
  } catch (error) {
    say({ id, failed: error instanceof Error ? error.message : String(error) })
  }
}

type Answering = {
  [Name in QuestionName]: (
    given: Questions[Name],
    signal: AbortSignal,
  ) => Answers[Name] | Promise<Answers[Name]>
}

const answers: Answering = {
  async read({ files }, signal) {
    logs = new ImportedLogs()
    let toldAt = 0
    let lookMs = FIRST_LOOK_MS
    const startedAt = performance.now()
    await logs.read(files, signal, (progress) => {
      const nowMs = performance.now()
      if (nowMs - toldAt > PROGRESS_MS) {
        toldAt = nowMs
        say({ progress })
      }
      if (nowMs - startedAt < lookMs) return
      lookMs *= 2
      say({ soFar: logs.overview() })
      // Whoever looks at what there is so far gets an answer before the next piece.
      return new Promise((resolve) => setTimeout(resolve, 0))
    })
    const { fromMs, toMs } = logs.overview()
    if (fromMs !== null && toMs !== null) await readOwn(fromMs, toMs, signal)
    return logs.overview()
  },
  stop() {
    running.get('read')?.abort()
    return null
  },
  choose: ({ filter, span }) => logs.choose(filter, span),
  rows: ({ from, to }) => logs.rows(from, to),
  chooseLines: ({ text }, signal) => logs.chooseLines(text, signal),
  lines: ({ from, to }) => logs.lines(from, to),
  story: ({ key, clientId }, signal) => logs.story(key, clientId, signal),
  judge: () => logs.judge(),
  async judgeEvents({ filter, span }, signal) {
    const events = new ImportedLogs()
    events.readOwn(await eventsToJudge(filter, span, signal))
    return events.judge()
  },
}

/** A server that does not answer takes nothing from what the files say. */
async function readOwn(fromMs: number, toMs: number, signal: AbortSignal): Promise<void> {
  try {
    const span = { sinceMs: fromMs - MARGIN_MS, untilMs: toMs + MARGIN_MS }
    logs.readOwn(await eventsBeside(span, signal))
  } catch {
    signal.throwIfAborted()
  }
}
