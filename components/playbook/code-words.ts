import type { CloseSender } from '#lib/protocol/close-codes.ts'

export const senderWords = {
  either: 'either side',
  client: 'the client',
  server: 'the server',
  nobody: 'nobody',
} satisfies Record<CloseSender, string>

/** The article behind a code that has one; 1006 has the whole playbook. */
export const causesByCode: Readonly<Record<number, string>> = {
  1000: 'normal-closure',
  1001: 'going-away',
  1002: 'protocol-error',
  1003: 'invalid-data',
  1005: 'no-status',
  1007: 'invalid-data',
  1008: 'policy-violation',
  1009: 'message-too-big',
  1010: 'extension-mismatch',
  1011: 'internal-error',
  1012: 'server-restarting',
  1013: 'try-again-later',
}

/** `4000`, or `4000–4999`. */
export const spanOf = ({ from, to }: { from: number; to: number }): string =>
  from === to ? String(from) : `${from}–${to}`
