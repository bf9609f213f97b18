/** One line of text beside others, of no format of a log: whose words it is, or what else it tells. */
import type { Evidence } from '#lib/evidence/schema.ts'
import { addressIn, SAYS_OF_ADDRESS } from '#lib/intake/addresses.ts'
import { SAYS_OF_INTRODUCTION, SAYS_OF_PLAIN, saysOfAside } from '#lib/intake/asides.ts'
import { type Comparison, comparisonIn, saysOfComparison } from '#lib/intake/comparison.ts'
import { isComplaint, MOST_COMPLAINTS } from '#lib/intake/complaints.ts'
import { createFollowing } from '#lib/intake/following.ts'
import type { Words } from '#lib/intake/from-words.ts'
import type { LogLines } from '#lib/intake/log-lines.ts'
import { createMarks } from '#lib/intake/marks.ts'
import { A_TRACE, createNoise } from '#lib/intake/noise.ts'
import { kindOfSentence, whatItSays } from '#lib/intake/piece-of-sentence.ts'
import type { Pieces } from '#lib/intake/pieces.ts'
import type { Settings } from '#lib/intake/settings.ts'
import type { StackWords } from '#lib/intake/stack-words.ts'
import { createClock } from '#lib/intake/times.ts'
import { saysOfLife, toldBeatIn, toldLifeIn } from '#lib/intake/told-life.ts'
import { createTraces, isHeadOfTrace } from '#lib/intake/traces.ts'
import { openEnvelope } from '#lib/logs/envelope.ts'
import { headOf } from '#lib/logs/logger-head.ts'
import { isOfClientAlone } from '#lib/words/circumstances.ts'
import { isMessageLine } from '#lib/words/life-words.ts'
import type { Meaning } from '#lib/words/meaning.ts'
import { AFTER_ACCEPTED, BEFORE_ACCEPTED, readSentence, type Sentence } from '#lib/words/phrasebook.ts'
import { isAboutOthers } from '#lib/words/prose.ts'

const SAYS_OF_REST = 'the rest of the message above'

/** More of them say no more. */
const MOST_COMPARISONS = 100
const SOME_YEAR = 2024

/** After a 101 curl waits until `--max-time`. */
const OWN_LIMIT = /^curl: \(28\) /
const OF_CURL = /^curl: \(\d{1,3}\) /

/** `connecting to: localhost:5900` of websockify, and its like. */
const CONNECTS_TO =
  /\b(?:connecting|dialing|proxying|forwarding) to:? (?:\w{2,5}:\/\/)?([\w.-]{1,253}:\d{1,5})(?!\d)/i
const ADDRESS_IN = /[\w.\]-]:\d{2,5}\b(?!:)/
const REFUSED: ReadonlySet<Meaning> = new Set([
  'refused',
  'backend-refused',
  'backend-unresolved',
  'backend-timeout',
])

type Wordless = {
  number: number
  text: string
  inner: string
  below: string
  atMs: number | undefined
}

/** “the console of https://app.example/chat”, “when I open https://…”. */
const PAGE_IN =
  /\b(?:console (?:of|at|on|for)|page(?: at| on| of)?|site|website|front-?end(?: at| on| is)?|visit(?:ing)?|open(?:ing)?|browser on|brows(?:e|ing) to|navigat(?:e|ing) to|served (?:from|at|on)|deployed (?:to|at|on)|running (?:at|on)|hosted (?:at|on))(?: is)?:? ["'“<(]?(https?:\/\/[\w.-]{1,253}(?::\d{1,5})?)(?![\w.-])/i

/** What all sources add to. */
export type Beside = { words: Words; logs: LogLines; settings: Settings; stack: StackWords }

export type LineReading = ReturnType<typeof createLineReading>

/** What single lines tell, of all sources together. */
export function createLineReading(beside: Beside) {
  const comparisons: Comparison[] = []
  /** Lines that announce what follows. */
  const introductions: string[] = []
  let url: string | undefined
  return {
    introductions,
    foundUrl(found: string | undefined): void {
      url ??= found
    },
    compared(comparison: Comparison): void {
      if (comparisons.length < MOST_COMPARISONS) comparisons.push(comparison)
    },
    introduced(line: string): void {
      if (introductions.length < MOST_COMPLAINTS) introductions.push(line)
    },
    evidence: (): Evidence => ({
      ...(comparisons.length > 0 && { elsewhere: comparisons }),
      ...(url !== undefined && { target: { url } }),
    }),
    ...beside,
  }
}

/** Reads the lines of one source, in their order. */
export function createLineReader(told: LineReading, pieces: Pieces) {
  const { words, logs, settings, stack } = told
  const clock = createClock()
  const marks = createMarks(words)
  const noiseOf = createNoise()
  const following = createFollowing()
  const traces = createTraces()
  /** The last HTTP text was a 101. */
  let isUpgraded = false
  /** Where a program connects to, as it said last: its error below does not repeat it. */
  let target: string | undefined
  /** The line that the sentence above took with it. */
  let taken: string | undefined

  /** The sentence of a line, and the text that tells it: some need the line below, or what stood above. */
  function sentenceOf(inner: string, below: string, isNoise: boolean): { sentence?: Sentence; text: string } {
    if (isNoise) return { text: inner }
    let text = inner
    let sentence = readSentence(inner)
    const isProxys = OF_PROXY.test(inner) && REASON_BELOW.test(below)
    if (isProxys || (sentence === undefined && isErrorAbove(inner, below))) {
      const both = readSentence(`${inner} ${below.trim()}`)
      if (both !== undefined) {
        text = `${inner} ${below.trim()}`
        sentence = both
        if (isProxys) taken = below
      }
    }
    const asked = QUERY.exec(inner)?.[1]
    if (sentence === undefined && asked !== undefined && below !== '') {
      const answered = readSentence(`${asked}: ${below.trim()}`)
      if (answered !== undefined) {
        taken = below
        return { sentence: answered, text: `${asked}: ${below.trim()}` }
      }
    }
    const headed = headOf(inner)
    if (headed?.isServers) words.wasServersThread()
    if (sentence === undefined && headed !== undefined) {
      sentence = readSentence(headed.message)
      if (sentence !== undefined) text = headed.message
    }
    const connectsTo = CONNECTS_TO.exec(inner)?.[1]
    if (connectsTo !== undefined) target = connectsTo
    else if (sentence !== undefined) {
      if (target !== undefined && REFUSED.has(sentence.said.means) && !ADDRESS_IN.test(inner))
        text = `${inner} (connecting to ${target})`
      target = undefined
    }
    const redirect = sentence === undefined ? undefined : redirectBelow(sentence, below)
    if (redirect !== undefined) taken = below
    if (sentence !== undefined)
      return { sentence, text: redirect === undefined ? text : `${text} (location: ${redirect})` }
    const link = CHAIN.exec(inner)?.[0]
    const cause = link === undefined ? undefined : inner.slice(link.length)
    const caused = cause === undefined ? undefined : readSentence(cause)
    return cause !== undefined && caused !== undefined ? { sentence: caused, text: cause } : { text }
  }

  /** What a person names beside what they tell. */
  function readWords(inner: string): void {
    stack.words(inner)
    const page = PAGE_IN.exec(inner)?.[1]
    if (page !== undefined && URL.canParse(page)) settings.foundPage(page)
    const beatMs = toldBeatIn(inner)
    if (beatMs !== undefined) words.beaten(beatMs)
  }

  /** What a person tells in words of their own. */
  function readTold(inner: string, lines: [number, number]): boolean {
    const comparison = comparisonIn(inner)
    if (comparison !== undefined) {
      told.compared(comparison)
      pieces.add({ kind: 'comparison', lines, says: saysOfComparison(comparison) })
      return true
    }
    const life = toldLifeIn(inner)
    if (life === undefined) return false
    words.lived(life)
    pieces.add({ kind: 'comparison', lines, says: saysOfLife(life) })
    return true
  }

  /** A line in which the phrasebook finds nothing. */
  function readWordless(
    { number, text, inner, below, atMs }: Wordless,
    noise: ReturnType<typeof noiseOf>,
  ): void {
    const lines: [number, number] = [number, number]
    if (settings.line(inner, number, pieces)) return
    const aside = noise === undefined ? saysOfAside(inner, clock.isStamped()) : undefined
    if (noise === undefined || noise.isCommand) stack.code(inner)
    if (words.isOpen() && isMessageLine(inner)) {
      words.moved({ text: inner, atMs })
      pieces.add({ kind: 'transcript', lines, says: 'messages of a connection' })
    } else if (noise !== undefined) {
      traces.passed(noise.says === A_TRACE)
      pieces.add({ kind: 'noise', lines, says: noise.says })
    } else if (traces.isKnown(inner))
      pieces.add({ kind: 'noise', lines, says: 'the exception that is told above' })
    else if (isHeadOfTrace(inner, below))
      pieces.add({ kind: 'noise', lines, says: 'the head of the exception below' })
    else if (aside !== undefined) {
      if (aside === SAYS_OF_INTRODUCTION) told.introduced(inner)
      pieces.add({ kind: 'noise', lines, says: aside })
      if (aside === SAYS_OF_PLAIN) pieces.wasBeside(number, inner)
    } else if (following.isRest(text) && !isComplaint(inner))
      pieces.add({ kind: 'noise', lines, says: SAYS_OF_REST })
    else pieces.miss(number, inner)
  }

  return {
    emptyLine(): void {
      following.end()
    },
    /** A comment beside code. @returns whether it tells of a connection: how long it lived, or the code that it ended with */
    comment(text: string, number: number): boolean {
      const lines: [number, number] = [number, number]
      if (readTold(text, lines)) return true
      const sentence = readSentence(text)
      if (sentence?.said.close === undefined) return false
      words.take(sentence, { text, atMs: undefined })
      pieces.add({ kind: kindOfSentence(sentence), lines, says: whatItSays(sentence) })
      return true
    },
    wasHttp(isUpgrade: boolean): void {
      isUpgraded = isUpgrade
    },
    read({ number, text, below }: { number: number; text: string; below: string }): void {
      const lines: [number, number] = [number, number]
      if (marks.read(text)) {
        pieces.add({ kind: 'noise', lines, says: 'a time' })
        return
      }
      if (logs.read(text, number, clock, pieces)) {
        following.passed(true, true)
        return
      }
      if (text === taken) {
        taken = undefined
        pieces.add({ kind: 'noise', lines, says: SAYS_OF_REST })
        return
      }
      const { text: inner } = openEnvelope(text, SOME_YEAR)
      const atMs = clock.timeOf(text) ?? marks.above()
      const address = addressIn(inner)
      if (address !== undefined) {
        told.foundUrl(address)
        pieces.add({ kind: 'url', lines, says: SAYS_OF_ADDRESS })
        return
      }
      if (isUpgraded && OWN_LIMIT.test(inner)) {
        pieces.add({ kind: 'noise', lines, says: 'curl’s own limit: it was open until then' })
        return
      }
      const noise = noiseOf(inner)
      if (noise?.wasOpen) words.wasOpen()
      const isOfOthers = isAboutOthers(inner)
      const { sentence, text: saying } = sentenceOf(inner, below, noise?.isSure === true || isOfOthers)
      const isOwn =
        sentence !== undefined && (sentence.program !== undefined || isOfClientAlone(sentence.said))
      if (!isOwn && noise === undefined && !clock.isStamped()) readWords(inner)
      if (!isOwn && !isOfOthers && readTold(inner, lines)) return
      marks.passed(text, noise === undefined)
      following.passed(clock.isStamped(), sentence !== undefined || noise !== undefined)
      if (sentence?.said.isAgain) {
        words.take(sentence, { text: saying, atMs })
        pieces.add({ kind: 'noise', lines, says: 'a client that connects again' })
        return
      }
      if (sentence === undefined) {
        readWordless({ number, text, inner, below, atMs }, noise)
        return
      }
      const isAccepted = sentence.said.means === 'handler-failed' ? logs.isAccepted() : undefined
      const phase = isAccepted === undefined ? '' : isAccepted ? ` ${AFTER_ACCEPTED}` : ` ${BEFORE_ACCEPTED}`
      words.take(sentence, { text: `${saying}${phase}`, atMs })
      traces.told(inner, sentence.said.means)
      if (isUpgraded && OF_CURL.test(inner)) words.wasOpen()
      marks.wasSentence()
      pieces.add({
        kind: kindOfSentence(sentence),
        ...(sentence.program && { program: sentence.program.id }),
        lines,
        says: whatItSays(sentence),
      })
    },
  }
}

/** What stands before each error of a chain: an indent, a count (anyhow, eyre), a branch (miette), “Caused by:”. */
const CHAIN =
  /^(?:\s{0,40}(?:[├└╰│]\S{0,3} {1,2}|(?:caused by|source|reason|inner exception|root cause|details?): ?(?=\S))|\s{1,40})(?:\d{1,2}: )?(?=\S)/i

/** A command line of Azure that asks for one setting: its value is the next line. */
const QUERY =
  /^(?:.{0,40}[$#>] )?az [a-z][^\n]{0,300} --query ["']?(?:[a-z]\w{0,40}\.){0,3}([a-z]\w{2,40})["']?(?= |$)/i

/** A development server could not pass a request on, and prints why on the next line. */
const OF_PROXY = /\bproxy error\b|\bfailed to proxy\b|\bcould not proxy request\b/i
const REASON_BELOW =
  /^\s{0,8}(?:\[?(?:cause\]: )?(?:[A-Z]\w{0,40})?Error\b[ :[]|See https:\/\/nodejs\.org\/api\/errors\.html)/

const FRAME = /^\s{1,20}at \S.{0,400}:\d{1,7}:\d{1,7}\)?/

/** The header of the answer that a client printed below its status. */
const LOCATION =
  /^\s{0,40}["']?location["']?(?: ?[:=]|:) ?["']?((?:https?:\/\/|wss?:\/\/|\/)[^\s"']{0,2000})["']?,?$/i

const redirectBelow = ({ said: { status = 0 } }: Sentence, below: string): string | undefined =>
  status >= 300 && status < 400 ? LOCATION.exec(below)?.[1] : undefined

/** `Error: timeout` alone is anybody's: the first frame of its trace may show the program. */
const isErrorAbove = (line: string, below: string): boolean =>
  line.length < 400 && /\b(?:Error|Exception)\b/.test(line) && FRAME.test(below)
