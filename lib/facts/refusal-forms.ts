/**
 * Programs that give themselves away by the form of a refusal: its status line, its headers and its body together are
 * written by one library in just this way. Names of the phrasebook or of a framework.
 */
import { headerValue } from '#lib/evidence/headers.ts'
import type { ProbeHttp } from '#lib/evidence/schema.ts'
import { isStatusName } from '#lib/words/status-words.ts'

type Refusal = {
  status: number
  phrase: string
  body: string
  /** Names as they were written, in order. */
  names: string
  value: (name: string) => string | undefined
}

type Form = { programs: readonly string[]; fits: (refusal: Refusal) => boolean }

/** `http.Error` of Go's net/http. */
const isOfGo = ({ value, body }: Refusal): boolean =>
  value('x-content-type-options') === 'nosniff' && body.endsWith('\n')

/** Nothing but a status line, as Autobahn's `failHandshake` writes it. */
const isBare = ({ names, body }: Refusal): boolean => names === '' && body === ''

const FORMS: readonly Form[] = [
  {
    // Upgrader.returnError, in gorilla/websocket's server.go.
    programs: ['gorilla'],
    fits: (refusal) =>
      isOfGo(refusal) &&
      refusal.value('sec-websocket-version') !== undefined &&
      /^(?:Bad Request|Forbidden|Method Not Allowed|Internal Server Error)\n$/.test(refusal.body),
  },
  {
    // Accept and authenticateOrigin, in coder/websocket's accept.go.
    programs: ['coder-websocket'],
    fits: (refusal) =>
      isOfGo(refusal) &&
      (/^(?:WebSocket protocol violation: |unsupported WebSocket protocol version |request Origin ")/.test(
        refusal.body,
      ) ||
        (refusal.status === 501 && refusal.body === 'Not Implemented\n')),
  },
  {
    // serverReject and handle_exception, in daphne's ws_protocol.py and server.py.
    programs: ['daphne'],
    fits: (refusal) =>
      isBare(refusal) &&
      ((refusal.status === 403 && refusal.phrase === 'Access denied') ||
        (refusal.status === 500 && refusal.phrase === 'Internal server error')),
  },
  {
    programs: ['autobahn'],
    fits: (refusal) => isBare(refusal) && refusal.phrase !== '' && !isStatusName(refusal.phrase),
  },
  {
    // asgi_send and send_500_response, in uvicorn's websockets_impl.py; the library's own refusals have a body of words.
    programs: ['uvicorn'],
    fits: ({ status, names, body, value }) =>
      (status === 403 && body === '' && /^Python\/\S{1,20} websockets\//.test(value('server') ?? '')) ||
      (status === 500 &&
        body === 'Internal Server Error' &&
        names === 'content-type,content-length,connection'),
  },
  {
    // The same with wsproto, which writes no name of a status.
    programs: ['uvicorn'],
    fits: ({ status, phrase, names, body }) =>
      (status === 403 || status === 500) && phrase === '' && names === 'content-length' && body === '',
  },
  {
    // write_error, in gunicorn's util.py.
    programs: ['gunicorn', 'wsgi'],
    fits: ({ status, body }) => status === 500 && body.includes('<h1><p>Internal Server Error</p></h1>'),
  },
]

/** Empty where it is no refusal, or one that any program may write. */
export function programsByForm({
  status,
  status_text,
  headers = [],
  body_start,
}: ProbeHttp): readonly string[] {
  if (status === undefined || status < 400) return []
  const refusal = {
    status,
    phrase: status_text ?? '',
    body: body_start ?? '',
    names: headers.map(([name]) => name).join(),
    value: (name: string) => headerValue(headers, name),
  }
  return FORMS.find(({ fits }) => fits(refusal))?.programs ?? []
}
