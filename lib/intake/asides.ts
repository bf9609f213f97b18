/**
 * Lines beside the ones that tell: a person’s words around what was pasted, a line of a log that has a time and no word of
 * a failure. They say nothing of a connection, and are counted apart from what nobody understood.
 */
/** Longer lines are data. */
const LONGEST = 1000

/** Whatever may be about a failure, an end, or a wait, in words that nobody here knows. */
const TELLING =
  /(?:error|exception)s?\b|\b(?:err|unexpected|malformed|corrupt\w{0,3}|bad|unknown|unsupported|mismatch\w{0,2}|fail\w{0,4}|fatal|exception|refus\w{2,3}|reject\w{2,3}|den(?:ied|y)|time[ds]?[ -]?outs?|unable|cannot|can['’]?t|could ?n[o'’]t|won['’]?t|do(?:es)?n['’]t|did ?n['’]t|is ?n['’]t|not|never|no longer|nothing|clos(?:e[ds]?|ing)|disconnect\w{0,4}|lost|los(?:e|es|ing)|drop\w{0,4}|reset|abort\w{0,3}|invalid|unauthori[sz]ed|forbidden|missing|kill\w{0,3}|restart\w{0,3}|reload\w{0,3}|shut\w{0,8}|panic|crit(?:ical)?|severe|traceback|warn(?:ing)?|hang\w{0,3}|hung|stuck|stop\w{0,4}|end(?:s|ed)|die[sd]?|dead|broken?|break\w{0,3}|crash\w{0,3}|problem|issue|wrong|strange|weird|only|but|except|when(?:ever)?|after|unless|until|every|blocked|suspend\w{0,3}|sleep\w{0,3}|idle|pending|slow|1006)\b|(?<!\d[.,:])\b(?!(?<=:)443\b)[45]\d\d\b(?!\.\d| ?(?:ms|bytes|[kKM]i?B)\b)|错误|失败|断|超时|拒绝|无法|不能|エラー|失敗|切断|타임|실패|오류|ошиб|разрыв|обрыв|échou|erreur|fehler|getrennt|abgebrochen|schlägt/i

/** What somebody set, or printed, is more than words. */
const VALUES = /[={}<>|\\;]|:\/\/|\b\d{1,3}(?:\.\d{1,3}){3}\b|^\s{0,8}(?:at |[#/*@$])/
const WORDS =
  /(?:\p{L}[\p{L}'’-]{1,30}[ ,.!?:;)]{1,3}){3}|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}，。]{6}/u

/** What a person wrote, and nothing of it tells how a connection fares. */
const isAside = (line: string): boolean =>
  line.length <= LONGEST && !TELLING.test(line) && !VALUES.test(line) && WORDS.test(line)

/** Words of what a connection is made of, and of what may hold or end it. */
const ABOUT =
  /web-?\s?sockets?|\b(?:wss?|sockets?|stomp|mqtt|sockjs|signalr)\b|connect|hand-?shake|upgrad|heart-?beat|keep-?alive|\b(?:ping|pong|origin|peer|frame)s?\b|time-?out/i

/** `[WS-Client][handleHeader] `, `kernel.js:100 `: who printed it says nothing of what is printed. */
const LABEL = /^\s{0,20}(?:\[[^\]]{1,80}\]\s{0,4}){1,4}|^\S{1,80}\.[cm]?[jt]sx?:\d{1,6}(?::\d{1,6})?\s{1,4}/

/** Whatever it is, values, a table, a heading, one word: it names neither trouble nor anything of a connection. */
function isPlain(line: string): boolean {
  const bare = line.replace(LABEL, '')
  return line.length <= LONGEST && !TELLING.test(bare) && !ABOUT.test(bare) && !TROUBLE.test(line)
}

/** Source code by its shape: a statement, a declaration, an annotation, what opens or closes a block. */
const CODE = [
  /^\s{0,60}(?:(?:export|public|private|protected|fileprivate|static|async|final|override|abstract|internal|inline|default|lazy|weak|unowned|lateinit|suspend|data|sealed|companion|pub|readonly|partial|virtual|volatile|transient|unsafe) ){0,5}(?:import|from|const|let|var|val|def|func?|fun|function|class|interface|struct|enum|impl|namespace|package|using|use|return|await|void|require|include)\b[^\n]{0,500}[;{}()[\]=>:,'"]\s{0,4}(?:\/\/.*)?$/,
  /^\s{0,60}(?:const|let|var|val|def|func|fun|import|from|using|package|include|return) [\w.$'"{}*@/ ,:=()<>[\]-]{1,300}$/,
  /^\s{0,60}@[A-Z]\w{1,60}(?:\(.{0,300}\))?\s{0,4}$/,
  /^\s{0,60}(?:await |return |new )?[\w$]{1,60}(?:(?:\.|->|::)[\w$]{1,60}){0,8}(?:\(| [-+]?= )[^\n]{0,900}[;,]$/,
  /^\s{0,60}(?:[\w$.]{1,120}\s?[-+]?=\s?)?(?:async )?\([\w$, :]{0,120}\)\s?=>?[>\s]{0,3}\{?\s{0,4}$/,
  /^\s{0,60}[\w$.]{1,120} [-+]?= (?:async )?(?:\([\w$, :]{0,120}\)|[\w$]{1,60}) =>\s{0,4}\{?\s{0,4}$/,
  /^\s{0,60}(?:[\w$.]{1,120}(?:\.on|\.once|\.addEventListener))\(['"`][\w.:-]{1,60}['"`], .{0,200}$/,
  /^\s{0,60}(?:if|for|foreach|while|switch|using|try|catch|else|elif|with|except|finally|async with|async for)\b.{0,300}[{:)]\s{0,4}$/,
  /^\s{0,8}(?:export )?[A-Z][A-Z0-9_]{2,60}=(?:"[^"]{0,400}"|'[^']{0,400}'|[^\s"']{0,400})\s{0,4}$/,
  /^\s{0,60}\}\)?\(\)[;,)]{0,2}\s{0,4}$/,
  /^\s{0,60}(?:\/\/|\/\*|\*\/|<!--|-->)/,
]

/** Of source code only addresses and timers are read. */
const isCode = (line: string): boolean =>
  line.length <= LONGEST && !OF_TROUBLE.test(line) && CODE.some((pattern) => pattern.test(line))

/** What is printed where it fails is in its own lines, and in none of the program that prints it. */
const OF_TROUBLE =
  /\b(?:error|fatal|panic|exception|fail(?:ed|ure)|refused|denied|timed out)\b[^'"`(){}]{0,20}$|^\s{0,8}[A-Z]\w{0,60}(?:Error|Exception)\b/

/** A person’s words above what was pasted: “But I am getting this error in the console:”. */
const INTRODUCES =
  /\b(?:errors?|messages?|warnings?|exceptions?|logs?|outputs?|consoles?|configs?|configuration|following|this|these|below|stack ?trace|says?|shows?|prints?|see|get(?:ting)?|got|have|code)\b[^\n:]{0,120}:\s{0,4}$|^(?:#{1,6} |\*\*)?(?:steps to reproduce|to reproduce|describe the bug|expected behaviou?r|actual behaviou?r|stack ?trace|additional context|environment|screenshots?|logs?|relevant log output|what happened\??|version|message)(?:\*\*)?[:?]?\s{0,4}$/i
const PERSONS = /^(?:\W{0,4}[A-Z]|I\b)[^\n{}=<>|;]{1,300}$/

const isIntroduction = (line: string): boolean =>
  line.length <= 400 && INTRODUCES.test(line) && PERSONS.test(line) && !/\d:\d\d|\b[45]\d\d\b/.test(line)

/** Levels of trouble by their letter: logcat’s `W Tag:`, `E/Tag`. */
const TROUBLE = /(?:^|[\s|[])[WEF](?:\/|\s\S{1,60}: )/

/** A line of a log with a time of its own, at no level of trouble. */
const isUneventful = (line: string): boolean =>
  line.length <= LONGEST && !TELLING.test(line) && !TROUBLE.test(line)

const SAYS_OF_ASIDE = 'words that tell nothing of a connection'
export const SAYS_OF_PLAIN = 'a line that names nothing of a connection'
export const SAYS_OF_CODE = 'source code, of which only addresses, times and versions of TLS are read'
export const SAYS_OF_INTRODUCTION = 'words above what was copied'
const SAYS_OF_UNEVENTFUL = 'a line without a word of a failure'

/** What is said of all of these. */
export const SAYS_OF_ASIDES: ReadonlySet<string> = new Set([
  SAYS_OF_ASIDE,
  SAYS_OF_PLAIN,
  SAYS_OF_CODE,
  SAYS_OF_INTRODUCTION,
  SAYS_OF_UNEVENTFUL,
])

/** What such a line is; undefined where it may tell something. @param isStamped with a time of its own */
export function saysOfAside(line: string, isStamped: boolean): string | undefined {
  if (isStamped) return isUneventful(line) ? SAYS_OF_UNEVENTFUL : undefined
  if (isAside(line)) return SAYS_OF_ASIDE
  if (isIntroduction(line)) return SAYS_OF_INTRODUCTION
  if (isCode(line)) return SAYS_OF_CODE
  return isPlain(line) ? SAYS_OF_PLAIN : undefined
}
