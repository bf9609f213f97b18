/**
 * What the reason of a Close frame says, where its words name a mechanism. A reason is a program's own choice (up to
 * 123 bytes of UTF-8, RFC 6455 §5.5), so these are the words that libraries share, not one program's sentences.
 */
import type { Meaning } from '#lib/words/meaning.ts'

// Order matters: the first pattern that fits a reason gives its meaning.
const REASONS: readonly [RegExp, Meaning][] = [
  // “Connection initialisation timeout”, “authentication timeout”, “no first message”, “waiting for CONNECT”.
  [
    /\b(?:no|missing|expected|without|(?:waiting|waited) for) (?:a |an |the |your )?(?:first|initial|hello|auth\w{0,16}|login|identify|handshake|connect|init\w{0,16})\b(?: (?:message|packet|frame|payload|request))?|\b(?:auth\w{0,16}|login|log-?in|handshake|hello|identify|identification|initiali[sz]ation|init) (?:message )?(?:time-?out|timed out)\b/i,
    'first-message-missing',
  ],
  // Python websockets “keepalive ping timeout”, Socket.IO “ping timeout”, aiohttp and many servers of their own.
  [/\b(?:ping|pong|keep-?alive|heart-?beat)\b/i, 'ping-timeout'],
  // Jetty “Idle Timeout”, CometD “Connection Idle Timeout”, Tomcat “The WebSocket session [1] timeout expired”.
  [/\bidle\b|\binactiv|session \[?[\w-]{0,60}\]? ?timeout expired|\bno activity\b/i, 'idle-timeout'],
  [
    /\bmax(?:imum)?\b.{0,20}\b(?:age|duration|lifetime|time)\b|\bduration (?:limit|exceeded)|\b24 ?h/i,
    'lifetime',
  ],
  // WebKit, when a page enters the back/forward cache.
  [/\bdue to suspension\b/i, 'suspended'],
  [
    /\bshut(?:ting)? ?down(?![-_ ]?(?:timeout|delay|grace|period))|\brestart|\bdeploy|\breload|\bterminat|\bstopp(?:ed|ing)\b/i,
    'shutting-down',
  ],
  [/\borigins?\b/i, 'origin-refused'],
  [/\bsub-?protocols?\b/i, 'subprotocol'],
  [/\bprotocol version\b/i, 'application-protocol'],
  [
    /\btoo many (?:connections|clients|users|players)\b|\b(?:connection|client|user) limit\b|\b(?:server|room|lobby|channel|instance) (?:is )?full\b|\bmax(?:imum)? (?:number of )?(?:connections|clients|users|players)\b|\b(?:at|over) (?:full )?capacity\b/i,
    'too-many-connections',
  ],
  [/\brate.?limit|\btoo many (?:requests|messages)\b/i, 'rate-limited'],
  [
    /\btoo (?:big|large|long)\b|\b(?:message|frame|payload|buffer)\b.{0,40}\b(?:exceed|limit|size)/i,
    'too-big',
  ],
  [/\b(?:de|in)flate|\b(?:de)?compress/i, 'compression'],
  // websockify, gateways of games and of terminals.
  [
    /\b(?:failed|unable|could not|cannot|can.t|error) (?:to )?connect(?:ing)? to (?:the )?(?:upstream|downstream|backend|target|remote|origin) |\b(?:upstream|backend|downstream|target) (?:server )?(?:is )?(?:un(?:available|reachable)|refused|failed|down)\b|\bECONNREFUSED\b/i,
    'backend-refused',
  ],
  [/\bslow consumer\b|\bbuffer (?:overflow|full)|\bback-?pressure\b/i, 'not-reading'],
  [
    /\bno[- ]session\b|\bsession (?:expired|not found|invalid)\b|\bun-?authori[sz]ed\b|\bunauthenticated\b|\bauthenticat|\bauthorization['’"]? (?:header|or 'cookie')|\bhasura-admin-secret\b|\btoken\b|\bjwt\b|\bcredential|\bapi key\b|\b(?:not|log(?:ged)?) (?:logged )?(?:in|out)\b/i,
    'unauthorized',
  ],
]

/** A Close frame holds 123 bytes; a last message that tells why may be longer. */
const LONGEST = 500

/** Undefined where the reason names no mechanism; most name none. */
export function meaningOfReason(reason: string): Meaning | undefined {
  const text = reason.slice(0, LONGEST)
  return REASONS.find(([pattern]) => pattern.test(text))?.[1]
}
