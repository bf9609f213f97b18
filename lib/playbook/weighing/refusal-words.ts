/**
 * What a backend says when it refuses. A client that certainly sent a header, and a backend that misses it, are
 * told apart only by something between them.
 */
import { serverPath } from '#lib/facts/backend.ts'
import type { Facts } from '#lib/facts/facts.ts'
import { type Because, say } from '#lib/playbook/cause.ts'
import { excerpt, sentence } from '#lib/text/foreign.ts'
import type { Meaning } from '#lib/words/meaning.ts'

/** What the answer itself says, in its status line and its body. */
const wordsOf = (answer: Facts['answer']): { text: string; from: string }[] =>
  answer === undefined
    ? []
    : [
        { text: answer.phrase, from: 'probe.http.status_text' },
        { text: answer.body, from: 'probe.http.body_start' },
      ]

function said({ told }: Facts, ...meanings: Meaning[]): Because | undefined {
  const by = told.server.find(({ means }) => meanings.includes(means))
  return by && say(sentence`The backend says: ${by.detail}`, by.from)
}

export const upgradeMissed = (facts: Facts): Because | undefined => said(facts, 'upgrade-missing')

export const versionRefused = (facts: Facts): Because | undefined => said(facts, 'http-version')

/** The backend speaks of the origin: it is its reason, whatever the words of its own. */
export function originNamed(facts: Facts): Because | undefined {
  const { answer, backend } = facts
  const lines = [
    ...wordsOf(answer),
    ...backend.errors.map(({ message, at }) => ({ text: message, from: serverPath(at) })),
    ...backend.logs.map(({ text, at }) => ({ text, from: serverPath(at) })),
  ]
  const line = lines.find(({ text }) => /\borigins?\b/i.test(text))
  return (
    said(facts, 'origin-refused', 'origin-missing', 'host-refused') ??
    (line && say(sentence`The backend says: “${excerpt(line.text)}”`, line.from))
  )
}

const HOST_REFUSED =
  /\b(?:invalid|bad|unknown|disallowed|unexpected|blocked|untrusted|mismatched)\b[^\n]{0,20}\bhost\b|\bhost\b[^\n]{0,40}\b(?:is not allowed|not allowed|mismatch|blocked)\b/i

/** The backend speaks of the Host header: what it was told is not what it expects. */
export function hostNamed(facts: Facts): Because | undefined {
  const { answer, backend } = facts
  const words = wordsOf(answer).find(({ text }) => HOST_REFUSED.test(text))
  const line = words && say(sentence`The refusal speaks of the host: “${excerpt(words.text)}”`, words.from)
  const logged = backend.logs.find(({ text }) => HOST_REFUSED.test(text))
  return (
    said(facts, 'host-refused') ??
    line ??
    (logged && say(sentence`The backend says: “${excerpt(logged.text)}”`, serverPath(logged.at)))
  )
}

/** An Origin and a refusal in one sentence of the answer, whatever the program. */
export const originRefusedInWords = ({ answer, told }: Facts): boolean =>
  told.server.some(({ means }) => means === 'origin-refused' || means === 'origin-missing') ||
  wordsOf(answer).some(({ text }) => ORIGIN_REFUSED.test(text))

const ORIGIN_REFUSED =
  /\borigins?\b(?:[^.\n]|\.(?=\S)){0,160}\b(?:not|no|never|denied|rejected|forbidden|invalid|mismatch|refused|blocked|disallowed)\b|\b(?:invalid|forbidden|disallowed|unknown|bad|wrong|unexpected|cross)[ -]origin\b/i

/** The backend speaks of the subprotocol (Python websockets refuses where others answer 101 without one). */
export function subprotocolNamed(facts: Facts): Because | undefined {
  const { target, answer } = facts
  const word =
    target.subprotocols.length > 0 || target.url === undefined ? said(facts, 'subprotocol') : undefined
  const line = wordsOf(answer).find(({ text }) => SUBPROTOCOL.test(text))
  return (
    word ?? (line && say(sentence`The refusal speaks of the subprotocol: “${excerpt(line.text)}”`, line.from))
  )
}

/** Named, and refused or wanted in the same sentence: a page may speak of them as well. */
const SUBPROTOCOL =
  /\b(?:not|no|none|missing|invalid|unsupported|unknown|unexpected|bad|wrong|must|expected|requires?d?|mismatch|reject(?:ed)?|denied|refused|unacceptable)\b[^.\n]{0,80}(?:\bsub-?protocols?\b|\bsec-websocket-protocol\b)|(?:\bsub-?protocols?\b|\bsec-websocket-protocol\b)[^.\n]{0,80}\b(?:not|no|none|missing|invalid|unsupported|unknown|unexpected|must|expected|required|mismatch|reject(?:ed)?|denied|refused|unacceptable|overlap)\b|n[’']t\b[^.\n]{0,80}\bsub-?protocols?\b/i
