/**
 * A failure in the words of a program that nobody here knows: “handshake rejected: origin https://… not in whitelist”,
 * “payload exceeds the maximum size”, “expected 101, got 502”. Everybody who writes a server or client names the same
 * few checks; the words alone say which, and never more than that: what rests on them alone is not proven.
 */
import { failureRules } from '#lib/words/failure-rules.ts'
import type { Meaning, Said, Side } from '#lib/words/meaning.ts'
import { sentencesIn } from '#lib/words/prose.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

export type FailureWords = { readonly said: Said; readonly side: Side | undefined }

/** Longer lines are data, or several sentences about something. */
const LONGEST = 600

/** What a line about a handshake has. */
const SUBJECT =
  /web ?-?socket|(?<![\w/])wss?(?::\/\/|\b)|hand-?shake|\bupgrad(?:e|ing)\b|sec-websocket|socket\.?io|socket(?:server|handler|client|connection|transport)\b|\bsignalr\b|\bsockjs\b|\b(?:sub-?)protocol\b/i

/** Words without which no rule fits. */
const FAILED =
  /\b(?:not|no|without|cannot|can't|could ?n[o']t|unable|failed|fails?|failure|failing|errors?|exception|refus\w{1,4}|reject\w{1,4}|den(?:y|ied)|declin\w{1,3}|block\w{1,3}|invalid|illegal|malformed|unexpected|unsupported|unknown|missing|mismatch\w{0,2}|bad|wrong|incorrect|absent|lacks?|expired|exceed\w{0,3}|limit|too|over|violat\w{1,5}|abort\w{0,3}|un\w{3,12}ed|forbidden|time-?out|timed|drop\w{0,4}|unavailable|expected|must|due|unsuccessful|only|want|status|reached|missed|late|stale|idle|inactiv\w{2,4}|full|slow|shut\w{0,8}|drain\w{0,3}|restart\w{0,3}|terminat\w{1,3}|plain\w{0,4}|down|dead|closing)\b|n[’']t\b|(?:error|exception)\b/i

/** Other things that fail in the same words, and have frames, origins, sessions, heartbeats of their own. */
const OTHERS =
  /\bvideo\b|\baudio\b|(?<!\.)\bcodec\b|\biframe\b|\bdata ?frame\b|\bstack frame|mongo|redis|postgres|mysql|maria|sqlite|\bsql\b|sequelize|prisma|typeorm|knex|hikari|jdbc|database|\bdb\b|kafka|\braft\b|\betcd\b|\bzookeeper\b|\bamqp\b|rabbit|smtp|imap|ldap|bluetooth|\bserial port\b|\busb\b|\bssh\b|\bftp\b|\bgit\b|\bremote origin\b|\bnpm\b|\byarn\b|\bwebpack compiled\b|\bfile\b|\b(?:is |are )?(?:set|configured) to\b|\bdefaults? to\b/i

/** A status that answered a handshake: `status 502`, `HTTP/1.1 403`, `got 404`, `(code=400)`, `expected 101 but received 200`. */
const STATUS =
  /\b(?:HTTP\/[\d.]{1,3}|HTTP|status(?: ?code)?|status_code|code|response|responded(?: with)?|received|got|returned|failed with|but|was|instead of 101|hand-?shake|:)(?: ?[:=([] ?| )["'`]?([2-5]\d\d)\b(?! ?(?:ms|s|bytes|kb|mb)\b)(?!\.\d)/i

/** A status with its own name behind it: `failed with 403 Forbidden`, `(403) Forbidden`. */
const NAMED_STATUS =
  /(?<![\w.:/-])\(?([345]\d\d)\)?,? \(?["']?(?:Bad Request|Unauthorized|Forbidden|Not Found|Method Not Allowed|Proxy Authentication Required|Request Time-?out|Upgrade Required|Too Many Requests|Internal Server Error|Not Implemented|Bad Gateway|Service (?:Temporarily )?Unavailable|Gateway Time-?out|Moved Permanently|Found|Temporary Redirect|Permanent Redirect)\b/i
/** An answer’s line, and no request’s: logs of accesses have both. */
const ABOUT_ANSWER =
  /\bHTTP\b|\bstatus\b|\bresponse\b|\bremote server\b|hand-?shake|upgrad|web ?socket|\bwss?:|\bconnect/i
const REQUEST_LINE =
  /\b(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\b|\bCompleted \d|\bFailed to load resource\b/

const ABOUT_HANDSHAKE = /hand-?shake|upgrad|\b101\b|web ?socket|\bwss?:/i

/** Said with less than a status says. */
const VAGUE: ReadonlySet<Meaning> = new Set(['bad-answer', 'upgrade-missing'])

/**
 * @param aboutConnection that the line is about one is known from elsewhere
 * @returns undefined where the line is about no connection, or names no check
 */
export function failureWordsOf(line: string, { aboutConnection = false } = {}): FailureWords | undefined {
  if (line.length > LONGEST || !FAILED.test(line) || OTHERS.test(line)) return undefined
  const isAbout = aboutConnection || SUBJECT.test(line)
  for (const part of sentencesIn(line)) {
    const found = failureIn(part, isAbout)
    if (found) return found
  }
  return undefined
}

function failureIn(line: string, isAbout: boolean): FailureWords | undefined {
  const status = statusIn(line)
  const rule = failureRules.find(
    ({ all, not, ofHandshake }) =>
      (isAbout || !ofHandshake) && all.every((each) => each.test(line)) && !not?.test(line),
  )
  if (status !== undefined && (rule === undefined || VAGUE.has(rule.means)))
    return { said: { ...saidOfStatus(status), unsure: true }, side: undefined }
  if (rule === undefined) return undefined
  const said: Said = {
    means: rule.means,
    unsure: true,
    ...(status !== undefined && { status: Number(status) }),
  }
  return { said, side: rule.side ?? sideOf(rule.means, line) }
}

function statusIn(line: string): string | undefined {
  const status = ABOUT_HANDSHAKE.test(line) ? STATUS.exec(line)?.[1] : undefined
  if (status !== undefined || !ABOUT_ANSWER.test(line) || REQUEST_LINE.test(line)) return status
  return NAMED_STATUS.exec(line)?.[1]
}

/** Who speaks of a frame, a message or a pong is the end that did not send it. */
function sideOf(means: Meaning, line: string): Side | undefined {
  if (
    /\bfrom (?:the |a )?client\b|\bclient(?:['’]s)? (?:sent|frames?|did|has not|missed|heart-?beats?|pongs?|\S{1,64} (?:missed|did))|\bfrom (?:the )?browser\b/i.test(
      line,
    )
  )
    return 'server'
  if (/\bfrom (?:the )?server\b|\bserver(?:['’]s)? (?:sent|frames?|did|has not|missed|stopped)/i.test(line))
    return 'client'
  return means === 'idle-timeout' || means === 'not-reading' || means === 'lifetime' ? 'server' : undefined
}
