/**
 * Lines beside the ones that tell: a person’s words around what was pasted, a line of a log that has a time and no word of
 * a failure. They say nothing of a connection, and are counted apart from what
 * nobody understood.
 */
/** Longer lines are data. */
const LONGEST = 1000

/** Whatever may be about a failure, an end, or a wait, in words that nobody here knows. */
const TELLING =
  /(?:error|exception)s?\b|\b(?:err|unexpected|malformed|corrupt\w{0,3}|bad|unknown|unsupported|mismatch\w{0,2}|fail\w{0,4}|fatal|exception|refus\w{2,3}|reject\w{2,3}|den(?:ied|y)|time[ds]?[ -]?outs?|unable|cannot|can['’]?t|could ?n[o'’]t|won['’]?t|do(?:es)?n['’]t|did ?n['’]t|is ?n['’]t|not|never|no longer|nothing|clos(?:e[ds]?|ing)|disconnect\w{0,4}|lost|los(?:e|es|ing)|drop\w{0,4}|reset|abort\w{0,3}|invalid|unauthori[sz]ed|forbidden|missing|kill\w{0,3}|restart\w{0,3}|reload\w{0,3}|shut\w{0,8}|panic|crit(?:ical)?|severe|traceback|warn(?:ing)?|hang\w{0,3}|hung|stuck|stop\w{0,4}|end(?:s|ed)|die[sd]?|dead|broken?|break\w{0,3}|crash\w{0,3}|problem|issue|wrong|strange|weird|only|but|except|when(?:ever)?|after|unless|until|every|blocked|suspend\w{0,3}|sleep\w{0,3}|idle|pending|slow|1006|[45]\d\d)\b|错误|失败|断|超时|拒绝|无法|不能|エラー|失敗|切断|타임|실패|오류|ошиб|разрыв|обрыв|échou|erreur|fehler|getrennt|abgebrochen|schlägt/i

/** What somebody set, or printed, is more than words. */
const VALUES = /[={}<>|\\;]|:\/\/|\b\d{1,3}(?:\.\d{1,3}){3}\b|^\s{0,8}(?:at |[#/*@$])/
const WORDS =
  /(?:\p{L}[\p{L}'’-]{1,30}[ ,.!?:;)]{1,3}){3}|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}，。]{6}/u

/** What a person wrote, and nothing of it tells how a connection fares. */
export const isAside = (line: string): boolean =>
  line.length <= LONGEST && !TELLING.test(line) && !VALUES.test(line) && WORDS.test(line)

/** Levels of trouble by their letter: logcat’s `W Tag:`, `E/Tag`. */
const TROUBLE = /(?:^|[\s|[])[WEF](?:\/|\s\S{1,60}: )/

/** A line of a log with a time of its own, at no level of trouble. */
export const isUneventful = (line: string): boolean =>
  line.length <= LONGEST && !TELLING.test(line) && !TROUBLE.test(line)

export const SAYS_OF_ASIDE = 'words that tell nothing of a connection'
export const SAYS_OF_UNEVENTFUL = 'a line without a word of a failure'
