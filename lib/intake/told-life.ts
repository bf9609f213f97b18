/**
 * How long connections live, as a person tells it: “drops after exactly 60 seconds”, “disconnects every 5 minutes, even
 * with traffic”. A time that is told is as good as one that was measured to choose between timers, and proves nothing.
 */

export type ToldLife = {
  readonly ms: number
  /** Something was sent until the end. */
  readonly isBusy: boolean
}

/** Longer paragraphs tell of more than one thing. */
const LONGEST = 600

const MS = { s: 1000, m: 60_000, h: 3_600_000 }
const WORDS: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  five: 5,
  ten: 10,
  fifteen: 15,
  thirty: 30,
  sixty: 60,
}
const SHORTEST_MS = 1000
const LONGEST_MS = 48 * MS.h

const TIME =
  '(?:exactly |precisely |about |around |roughly |approximately |approx\\.? |almost |nearly |only |just |circa |~ ?|\\(?ca?\\.? ?){0,2}(?:(\\d{1,5}(?:\\.\\d{1,2})?|an?|one|two|three|five|ten|fifteen|thirty|sixty)[ -]?(s(?:ec(?:ond)?s?)?|m(?:in(?:ute)?s?)?|h(?:(?:ou)?rs?)?)|(second|minute|hour))(?:(?: and|,)? ?(\\d{1,2}) ?s(?:ec(?:ond)?s?)?)?\\b'
const ENDS =
  '(?:(?:(?:is|are|get|gets|got|was|were|being) )?(?:automatically )?(?:closed?|closes|closing|drop(?:s|ped|ping)?|disconnect(?:s|ed|ing)?|terminate[sd]?|dies?|died|lost|cut(?: off)?|kill(?:s|ed)|ends|ended|breaks)|(?:gets?|sees?) (?:a )?1006)'
const UNTIL_END = '(?:[^.;?!\\d]|1006){0,60}?'

/** Said of a line or an event that is shown beside it: “prints after about 60 seconds every time”. */
const HAPPENS = new RegExp(
  `\\b(?:prints?|logs?|logged|fires?|fired|happen(?:s|ed|ing)?|occurs?|occurred|triggers?|triggered|comes|get(?:s|ting)? (?:this|it|that|1006)|see (?:this|it))\\b[^.;?!\\d]{0,30}?\\b(?:after|every) ${TIME}`,
  'i',
)
const LONGEST_REMARK = 120

const SHAPES: readonly RegExp[] = [
  new RegExp(`\\b${ENDS}\\b${UNTIL_END}\\b(?:after|every|each|at) ${TIME}`, 'i'),
  new RegExp(`\\b(?:after|every|each) ${TIME}${UNTIL_END}\\b${ENDS}\\b`, 'i'),
]

/** The same in other languages: after so much time, and a word for an end anywhere in the line. */
const ABROAD: readonly { readonly after: RegExp; readonly ends: RegExp }[] = [
  {
    after:
      /(?<!\p{L})(?:nach|alle|après|toutes les|después de|tras|cada|dopo|ogni|depois de|após|a cada|через|после|каждые)(?: \p{L}{2,12}){0,2} (\d{1,5}) ?(s|sek|sekunden|secondes|segundos|secondi|min|minuten|minutes|minutos|minuti|h|stunden|heures|horas|ore|секунд\p{L}{0,2}|минут\p{L}{0,2}|час\p{L}{0,2})(?!\p{L})/iu,
    ends: /déconnect|ferm(?:e|é)|coup(?:e|é)|getrennt|geschlossen|abgebrochen|bricht .{0,20}ab\b|verbindungsabbr|desconect|se cierra|cerrad|se corta|disconnett|chius|cade|cai\b|fechad|отключ|закрыва|разрыв|обрыва/i,
  },
  {
    after: /(\d{1,5}) ?(秒|分钟|分|小时|時間)(?:后|左右|就|で|後|ごと)/u,
    ends: /断开|断线|掉线|关闭|切断|閉じ|切れ/,
  },
]

const UNITS: readonly (readonly [RegExp, number])[] = [
  [/^(?:s|秒|сек)/i, MS.s],
  [/^(?:m|分|мин)/i, MS.m],
  [/^(?:h|st|o|小|時|час)/i, MS.h],
]

function toldAbroad(line: string): number | undefined {
  for (const { after, ends } of ABROAD) {
    const [, amount, unit = ''] = after.exec(line) ?? []
    if (amount === undefined || !ends.test(line)) continue
    const of = UNITS.find(([begins]) => begins.test(unit))?.[1]
    if (of !== undefined) return Number(amount) * of
  }
  return undefined
}

const SUBJECT =
  /\bweb-? ?sockets?\b|\bwss?\b|\bsockets?\b|\bconnections?\b|\bclients?\b|\bsessions?\b|\bit\b|\btunnel\b|\bchannel\b|\bsignalr\b|\bsocket\.io\b|\b1006\b|(?:^|[.;!?] )\W{0,4}(?:gets? |is |are )?(?:cut|drops?|closes?|closed|dies|disconnect(?:s|ed))\b/i
const NOT_SO = new RegExp(
  `\\b(?:not|never|no longer|n[’']t|should|would|could|must|want\\w{0,3}|expect\\w{0,3}|supposed)\\b[^.;]{0,30}\\b${ENDS}\\b`,
  'i',
)
const BUSY =
  /\b(?:even (?:though|if|when|while|with)|despite|regardless of|although|no matter)\b[^.;]{0,60}\b(?:messages?|data|traffic|active|activity|heart-?beats?|pings?|pongs?|sending|receiving|in use|busy)\b/i
/** Programs write values, paths and levels. */
const PROGRAMS = /[={}<>|\\]|:\/\/|\b(?:error|warn|info|debug|exception):|\d:\d\d/i

/** Undefined where a line tells of no lifetime, or a program wrote it. */
export function toldLifeIn(line: string): ToldLife | undefined {
  if (line.length > LONGEST || PROGRAMS.test(line)) return undefined
  const abroad = toldAbroad(line)
  if (abroad !== undefined && abroad >= SHORTEST_MS && abroad <= LONGEST_MS)
    return { ms: abroad, isBusy: false }
  if (NOT_SO.test(line)) return undefined
  // How often something is sent is no lifetime.
  const told = line.replace(BEAT, ' ')
  const shapes = SUBJECT.test(line) ? [...SHAPES, HAPPENS] : line.length <= LONGEST_REMARK ? [HAPPENS] : []
  for (const shape of shapes) {
    const ms = msOf(shape.exec(told))
    if (ms !== undefined) return { ms, isBusy: BUSY.test(line) }
  }
  return undefined
}

const BEAT = new RegExp(
  `\\b(?:heart-?beats?|pings?|pinging|keep-?alives?)\\b(?! ?time-?out)[^.;?!]{0,40}?\\b(?:every|each) ${TIME}`,
  'i',
)
const NO_BEAT =
  /\b(?:no|not|never|without|n[’']t|should|would|could|try|tried|trying|suggest\w{0,3}|recommend\w{0,3}|need to|want to)\b[^.;]{0,40}\b(?:heart-?beats?|pings?|pinging|keep-?alives?)\b/i

/** “A heartbeat every 30 s is in place”: something is sent so often, in ms. Undefined where a line tells of none. */
export function toldBeatIn(line: string): number | undefined {
  if (line.length > LONGEST || NO_BEAT.test(line)) return undefined
  return msOf(BEAT.exec(line))
}

function msOf(match: RegExpExecArray | null): number | undefined {
  if (match === null) return undefined
  const [, amount = 'one', counted = '', unit = counted, seconds = 0] = match
  const times = WORDS[amount.toLowerCase()] ?? Number(amount)
  const ms = times * (MS[unit.charAt(0).toLowerCase() as keyof typeof MS] ?? 0) + Number(seconds) * MS.s
  return ms >= SHORTEST_MS && ms <= LONGEST_MS ? ms : undefined
}

export const saysOfLife = ({ ms, isBusy }: ToldLife): string =>
  isBusy ? `it ends after ${timeOf(ms)}, traffic or not` : `it ends after ${timeOf(ms)}`

const timeOf = (ms: number): string =>
  ms % MS.h === 0 ? `${ms / MS.h} h` : ms % MS.m === 0 ? `${ms / MS.m} min` : `${ms / MS.s} s`
