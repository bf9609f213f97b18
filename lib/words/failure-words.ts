/**
 * A failure in the words of a program that nobody here knows: “handshake rejected: origin https://… not in whitelist”,
 * “payload exceeds the maximum size”, “expected 101, got 502”. Everybody who writes a server or client names the same
 * few checks; the words alone say which, and never more than that: what rests on them alone is not proven.
 */
import type { Meaning, Said } from '#lib/words/meaning.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

/** Longer lines are data, or several sentences about something. */
const LONGEST = 600

/** What the line must be about, unless a pattern names its own subject. */
const SUBJECT =
  /web ?-?socket|(?<![\w/])wss?(?::\/\/|\b)|hand-?shake|\bupgrad(?:e|ing)\b|sec-websocket|socket\.?io|\bsignalr\b|\bsockjs\b|\b(?:sub-?)protocol\b/i

const FAILED =
  /\b(?:not|no|without|cannot|can't|could ?n[o']t|unable|failed|fails?|failure|failing|errors?|exception|refus\w{1,4}|reject\w{1,4}|den(?:y|ied)|declin\w{1,3}|block\w{1,3}|invalid|illegal|malformed|unexpected|unsupported|unknown|missing|mismatch\w{0,2}|bad|wrong|incorrect|absent|lacks?|expired|exceed\w{0,3}|limit|too|over|violat\w{1,5}|abort\w{0,3}|un\w{3,12}ed|forbidden|time-?out|timed|drop\w{0,4}|unavailable|expected|must|due|unsuccessful)\b|n’t\b|(?:error|exception)\b/i

/** Other things that fail in the same words. */
const OTHERS =
  /mongo|redis|postgres|mysql|maria|sqlite|\bsql\b|database|\bdb\b|kafka|rabbit|smtp|imap|ldap|bluetooth|\busb\b|\bssh\b|\bftp\b|\bnpm\b|\bfile\b|fruit|\b(?:is |are )?(?:set|configured) to\b|\bdefaults? to\b/i

type Row = readonly [pattern: RegExp, means: Meaning]

/** In order: the first that fits gives the meaning. These name their subject themselves. */
const CHECKS: readonly Row[] = [
  [
    /\b(?:missing|no|without|empty|absent|lacks?) (?:an? |the |valid )?["'`]?origin\b(?! (?:server|check))|\borigin["'`]? (?:header )?(?:is |was )?(?:missing|absent|required|not (?:set|sent|present|specified|provided|given)|empty)\b/i,
    'origin-missing',
  ],
  [
    /\b(?:bad|invalid|unknown|wrong|disallowed|un-?authori[sz]ed|forbidden|mismatched|untrusted|unexpected|illegal|cross) ["'`]?origin\b(?! server)|\borigin\b.{0,100}\b(?:not (?:allowed|permitted|authori[sz]ed|accepted|trusted|whitelisted|in|on|valid|match\w{0,3})|(?:is |was )?(?:refused|rejected|denied|invalid|disallowed|forbidden|blocked|mismatch|does ?n[o'’]t match|untrusted))|\b(?:reject|refus|block|den|disallow)\w{0,4} .{0,60}\borigin\b|\borigin (?:check|validation|verification) fail/i,
    'origin-refused',
  ],
  [
    /\b(?:sub-?protocol|sec-websocket-protocol)\b.{0,80}\b(?:not|no|un\w{3,12}|mismatch|invalid|missing|reject\w{0,3}|refus\w{0,3}|required|none)\b|\b(?:no|unsupported|unknown|invalid|unexpected|unacceptable|missing) (?:websocket |acceptable |matching |common |valid |requested )?sub-?protocols?\b|\b(?:cannot|could not|couldn't|unable to|failed to) (?:match|negotiate|agree on|select|find) (?:(?:an?|the|any|common|matching|websocket) ){0,3}(?:sub-?)?protocols?\b/i,
    'subprotocol',
  ],
  [
    /\b(?:message|frame|payload|packet|data|body)\b.{0,60}(?:\btoo (?:big|large|long)\b|\bexceed\w{0,3}\b|\blarger than\b|\bover the (?:limit|max)|\breached (?:the |its )?(?:size )?(?:limit|max))|\b(?:exceed\w{0,3}|larger than|over|above|reached|beyond)\b.{0,40}\bmax\w{0,5} (?:message|frame|payload|packet|size|length)|\bmax\w{0,5} (?:message|frame|payload|packet) (?:size|length)\b.{0,40}\b(?:exceed|reached|was)/i,
    'too-big',
  ],
  [
    /\b(?:permessage-?deflate|permessage_deflate|(?:de|in)flat(?:e|ing|ion)|(?:de)?compress\w{0,5})\b.{0,80}\b(?:fail\w{0,4}|error|invalid|unexpected|not|without (?:any )?(?:agreement|negotiation)|corrupt\w{0,2}|bad|unsupported|mismatch)\b|\b(?:fail\w{0,4}|error|invalid|unexpected|cannot|unable|corrupt\w{0,2}|bad)\b.{0,60}\b(?:permessage-?deflate|(?:de|in)flat(?:e|ing|ion)|(?:de)?compress\w{0,5}) ?(?:frame|message|data|payload|extension)?\b/i,
    'compression',
  ],
  [
    /\binvalid utf-?8\b|\butf-?8\b.{0,40}\b(?:invalid|error|malformed|not valid|fail\w{0,3})/i,
    'invalid-utf8',
  ],
  [
    /\b(?:invalid|illegal|malformed|unexpected|unknown|reserved|bad|unsupported|corrupt\w{0,2}|un-?masked|fragmented)\b.{0,40}\b(?:frame|op-?code|rsv ?[123]?|mask(?:ing)?(?: bit| key)?|fin bit|control frame|continuation)\b|\b(?:frame|op-?code|rsv ?[123]?|mask bit)s?\b.{0,60}\b(?:invalid|illegal|malformed|reserved|not (?:be )?(?:masked|set|allowed|permitted)|must (?:not )?be|unmasked|incomplete)\b/i,
    'frame',
  ],
  [
    /\b(?:no|missed|late|un-?answered) (?:pongs?|heart-?beats?)\b|\b(?:ping|pong|heart-?beat|keep-?alive)s?\b.{0,60}\b(?:time-?out|timed out|missed|not (?:been )?(?:received|answered|returned)|no (?:response|reply|answer)|un-?answered|expired|fail\w{0,3})\b/i,
    'ping-timeout',
  ],
  [
    /\bidle (?:time-?out|connection|for too long|too long|limit)\b|\b(?:due to|because of|for|after|by) (?:\w{1,12} ){0,3}inactivity\b|\binactivity (?:time-?out|limit)/i,
    'idle-timeout',
  ],
  [
    /\b(?:auth\w{0,16}|login|identify|init\w{0,16}|hello|connect|first|initial)\b (?:message|packet|frame|payload)\b.{0,40}\b(?:time-?out|timed out|not (?:received|sent)|missing|expected|required)\b|\b(?:timed out|time-?out) (?:while )?waiting for (?:an? |the )?(?:auth\w{0,16}|login|identify|init\w{0,16}|hello|connect|first|initial)\b/i,
    'first-message-missing',
  ],
  [
    /\btoo many (?:open |concurrent |active |simultaneous )?(?:connections|clients|sockets|sessions)\b|\b(?:connection|client|session)s? (?:limit|quota)\b.{0,40}\b(?:reached|exceeded|hit)|\bmax\w{0,5} (?:number of )?(?:connections|clients|sessions)\b.{0,40}\b(?:reached|exceeded)/i,
    'too-many-connections',
  ],
  [
    /\brate[ -]?limit\w{0,3}\b|\btoo many (?:requests|messages|attempts|handshakes)\b|\bthrottl(?:ed|ing)\b/i,
    'rate-limited',
  ],
  [
    /\b(?:unknown|invalid|expired|no such|stale) (?:session(?: ?id)?|sid|connection ?id)\b|\b(?:session(?: ?id)?|sid|connection ?id)\b.{0,60}\b(?:unknown|not found|does not exist|expired|not (?:valid|known|recognized))\b|\bno (?:session|connection) with (?:that|this) (?:id|sid)/i,
    'session-unknown',
  ],
  [
    /\b(?:upgrade|connection)["'`]? header\b.{0,40}\b(?:missing|absent|not|invalid|required|incorrect|wrong|empty)\b|\b(?:missing|no|without|invalid|absent|incorrect|wrong|lacks?|expected)\b.{0,40}["'`]?\b(?:upgrade|connection)["'`]? header\b|\bnot (?:an? )?(?:valid )?web ?socket (?:upgrade )?(?:request|handshake|connection)\b(?! (?:response|reply|answer))|\bupgrade (?:is )?required\b|\bmust (?:be|use) (?:an? )?web ?socket\b|\bcan ["'`]?upgrade["'`]? only to/i,
    'upgrade-missing',
  ],
  [
    /\bsec-websocket-(?:key|version)\b.{0,60}\b(?:missing|absent|not|invalid|required|unsupported|wrong|bad)\b|\b(?:missing|no|invalid|bad|wrong|unsupported)\b.{0,40}\bsec-websocket-(?:key|version)\b|\bunsupported web ?socket version\b/i,
    'handshake-header',
  ],
]

/** These are about a handshake only where the line is. */
const OF_SUBJECT: readonly Row[] = [
  [
    /\bun-?authori[sz]ed\b|\bnot authori[sz]ed\b|\bunauthenticated\b|\bnot (?:logged in|authenticated|signed in)\b|\bauth\w{0,16} (?:is )?(?:failed|failure|required|error|rejected)\b|\b(?:invalid|missing|bad|expired|wrong|no|malformed) (?:or (?:missing|expired|invalid) )?(?:auth\w{0,16} |access |jwt |bearer |csrf |api )?(?:token|credentials?|jwt|api ?key|ticket|cookie|password)\b|\b(?:token|credentials?|jwt|api ?key|ticket)\b.{0,30}\b(?:expired|invalid|missing|rejected|not valid|revoked|malformed)\b|\blogin required\b/i,
    'unauthorized',
  ],
  [
    /\bforbidden\b|\baccess (?:is |was )?denied\b|\bnot (?:permitted|allowed)\b|\bpermission denied\b/i,
    'forbidden',
  ],
  [
    /\bsec-websocket-accept\b.{0,60}\b(?:missing|absent|not|invalid|incorrect|mismatch|wrong|unexpected)\b|\b(?:missing|no|invalid|incorrect|wrong|bad|mismatched)\b.{0,40}\bsec-websocket-accept\b/i,
    'bad-answer',
  ],
  [
    /\bno (?:such )?(?:route|handler|endpoint|path|namespace|channel|hub)\b|\b(?:route|handler|endpoint|path|namespace|url|uri)\b.{0,40}\b(?:not found|unknown|does not exist|not registered|not matched)\b/i,
    'no-route',
  ],
  [
    /\b(?:server|service|process|worker|node) (?:is |was )?(?:shutting down|restarting|going away|stopping|stopped|draining)\b/i,
    'shutting-down',
  ],
  [
    /\b(?:hand-?shake|upgrade|opening)\b.{0,40}\b(?:time-?out|timed out)\b|\b(?:time-?out|timed out)\b.{0,40}\b(?:hand-?shake|upgrade|opening)\b/i,
    'handshake-timeout',
  ],
  [
    /\b(?:hand-?shake|upgrad(?:e|ing)|switching protocols|web ?socket (?:response|reply|answer))\b.{0,60}\b(?:fail\w{0,4}|error|reject\w{0,3}|refus\w{0,3}|denied|declined|unsuccessful|unexpected|invalid|malformed|not|aborted)\b|\b(?:fail\w{0,4}|error|reject\w{0,3}|refus\w{0,3}|could not|couldn't|unable to|cannot|unexpected|invalid|bad|malformed|not an?)\b.{0,60}\b(?:hand-?shak\w{1,4}|upgrad(?:e|ing)|web ?socket (?:response|reply|answer))\b|\bexpected 101\b|Web ?Socket\w{0,10}(?:Upgrade|Handshake)\w{0,12}(?:Error|Exception)\b/i,
    'bad-answer',
  ],
]

/** A status that answered a handshake: `status 502`, `HTTP/1.1 403`, `got 404`, `(code=400)`, `expected 101 but received 200`. */
const STATUS =
  /\b(?:HTTP\/[\d.]{1,3}|HTTP|status(?: ?code)?|status_code|code|response|responded(?: with)?|received|got|returned|but|was|instead of 101|:)(?: ?[:=([] ?| )["'`]?([2-5]\d\d)\b(?! ?(?:ms|s|bytes|kb|mb)\b)(?!\.\d)/i

const ABOUT_HANDSHAKE = /hand-?shake|upgrad|\b101\b|web ?socket|\bwss?:/i

/**
 * @param aboutConnection that the line is about one is known from elsewhere
 * @returns undefined where the line is about no connection, or names no check
 */
export function failureWordsOf(line: string, { aboutConnection = false } = {}): Said | undefined {
  if (line.length > LONGEST || !FAILED.test(line) || OTHERS.test(line)) return undefined
  const about = aboutConnection || SUBJECT.test(line)
  const status = about && ABOUT_HANDSHAKE.test(line) ? STATUS.exec(line)?.[1] : undefined
  const rows = about ? [...CHECKS, ...OF_SUBJECT] : CHECKS
  const means = rows.find(([pattern]) => pattern.test(line))?.[1]
  if (status !== undefined && (means === undefined || means === 'bad-answer' || means === 'upgrade-missing'))
    return saidOfStatus(status)
  if (means === undefined) return undefined
  return status === undefined ? { means } : { means, status: Number(status) }
}
