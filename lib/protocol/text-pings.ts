/**
 * Heartbeats that are messages: browsers let no script see the protocol's own pings, so servers send their own and end
 * who does not answer. tRPC's (PING), Primus's, and the two that people write by hand.
 */
const ANSWERS: Readonly<Record<string, string>> = {
  PING: 'PONG',
  ping: 'pong',
  '{"type":"ping"}': '{"type":"pong"}',
}

const PRIMUS = /^"primus::ping::(\d{1,16})"$/

/** What a client answers; undefined where it is no ping whose answer is known. */
export function pongFor(message: string): string | undefined {
  const time = PRIMUS.exec(message)?.[1]
  return time === undefined ? ANSWERS[message] : `"primus::pong::${time}"`
}

const PING =
  /^\{[^{}]{0,200}"(?:type|event|op|msg|action|method|command|kind|t)" ?: ?"(?:server[-_:]?)?(?:ping|heart-?beat)"/i

/** A message that asks for an answer, whether that is known or not. */
export const isPing = (message: string): boolean => pongFor(message) !== undefined || PING.test(message)
