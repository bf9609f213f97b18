/** Messages worth sending, by endpoint, with what to expect. */
import type { OwnEndpoint } from '#lib/protocol/own-endpoint.ts'

export interface Template {
  readonly label: string
  readonly text: string
  readonly expects: string
}

const byEndpoint = {
  '/ws': [
    { label: 'Ping', text: '{"type":"ping"}', expects: 'A pong with the time and your client id.' },
    { label: 'JSON', text: '{"type":"test","data":"hello"}', expects: 'An echo with the processing time.' },
    { label: 'Not JSON', text: 'hello', expects: '“Failed to parse message”; the connection stays open.' },
  ],
  '/ws/echo': [
    { label: 'JSON', text: '{"type":"test","data":"hello"}', expects: 'An echo with the time of receipt.' },
    { label: 'Plain text', text: 'hello', expects: 'An echo_raw.' },
    { label: 'Pong', text: '{"type":"pong"}', expects: 'Nothing: a pong gets no answer.' },
  ],
  '/ws/health': [
    { label: 'Status', text: '{"type":"get_status"}', expects: 'Age, pings sent and pongs counted.' },
    { label: 'Pong', text: '{"type":"pong"}', expects: 'No reply. The next status counts one more pong.' },
  ],
} satisfies Record<OwnEndpoint, readonly Template[]>

const foreign: readonly Template[] = [
  { label: 'JSON ping', text: '{"type":"ping"}', expects: 'Your server’s reply, if any.' },
  { label: 'Plain text', text: 'hello', expects: 'Your server’s reply, if any.' },
]

export function templatesFor(endpoint: OwnEndpoint | null): readonly Template[] {
  return endpoint === null ? foreign : byEndpoint[endpoint]
}
