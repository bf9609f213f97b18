/**
 * What a backend says when it refuses. A client that certainly sent a header, and a backend that misses it, are
 * told apart only by something between them.
 */
import type { Facts } from '#lib/facts/facts.ts'
import { type Because, say } from '#lib/playbook/cause.ts'
import { excerpt, sentence } from '#lib/text/foreign.ts'

type Said = { text: string; from: string }

/** Bodies and log lines of the backend, in which a refusal may give its reason. */
function refusals({ answer, backend }: Facts): Said[] {
  const logs = backend.logs.map(({ text, at }) => ({ text, from: `server[${at}]` }))
  const errors = backend.errors.map(({ message, at }) => ({ text: message, from: `server[${at}]` }))
  return answer?.body
    ? [{ text: answer.body, from: 'probe.http.body_start' }, ...errors, ...logs]
    : [...errors, ...logs]
}

function firstOf(facts: Facts, pattern: RegExp): Because | undefined {
  const said = refusals(facts).find(({ text }) => pattern.test(text))
  return said && say(sentence`The backend says: “${excerpt(said.text)}”`, said.from)
}

/** Python websockets, Go (gorilla, coder), aiohttp, Tornado, Node ws and uvicorn, on a request without Upgrade. */
const UPGRADE_MISSED =
  /(missing|invalid|empty|no|not contain)\b[^\n]{0,40}\b(upgrade|connection)['"]? (header|hdr)|'upgrade' token not found|not (a |using the )websocket (protocol|handshake|request)|InvalidUpgrade|"?Upgrade"? only to "?WebSocket|"Connection" must be "Upgrade"|does not contain Upgrade|websocket server directly with a browser/i

export const upgradeMissed = (facts: Facts): Because | undefined => firstOf(facts, UPGRADE_MISSED)

const HTTP_VERSION =
  /unsupported HTTP version|HTTP version not supported|HTTP\/1\.1 (or (higher|newer|later) )?(is )?required|(at least|expected) HTTP\/1\.1|HTTP\/1\.0 [^\n]{0,30}(not supported|unsupported)/i

export const versionRefused = (facts: Facts): Because | undefined => firstOf(facts, HTTP_VERSION)

/** The backend speaks of the origin: it is its reason, whatever the words. */
export const originNamed = (facts: Facts): Because | undefined => firstOf(facts, /\borigins?\b/i)

/** The backend speaks of the subprotocol (Python websockets refuses where others answer 101 without one). */
export const subprotocolNamed = (facts: Facts): Because | undefined =>
  firstOf(facts, /\bsub-?protocols?\b|Sec-WebSocket-Protocol/i)
