import type { IncomingMessage } from 'node:http'
import type { EventDraft } from '#server/journal/journal.ts'
import { handshakeFields } from '#server/wire/handshake-fields.ts'

type AttemptDraft = Extract<EventDraft, { kind: 'attempt' }>

export interface AttemptNames {
  readonly clientId: string
  readonly endpoint: string
  readonly trace: string | undefined
}

export function describeAttempt(
  request: IncomingMessage,
  { clientId, endpoint, trace }: AttemptNames,
  ownParameters: ReadonlySet<string>,
): AttemptDraft {
  return {
    kind: 'attempt',
    client_id: clientId,
    endpoint,
    ...(trace !== undefined && { trace }),
    ...handshakeFields(request, ownParameters),
  }
}
