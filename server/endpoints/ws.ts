/** `/ws`: answers pings of its own JSON kind and echoes every other JSON value. */
import type { Endpoint, Session } from '#server/endpoints/endpoint.ts'
import { epochText, isMessageOfType } from '#server/endpoints/json.ts'
import { parseJson } from '#server/wire/parse-json.ts'

export function createWsEndpoint(): Endpoint {
  return {
    path: '/ws',
    summary: 'Echoes JSON and answers {"type":"ping"}.',
    queryParameters: [],
    sameOriginOnly: false,
    recordsActivity: true,
    prepare: () => ({ ok: true, open }),
  }
}

function open(session: Session) {
  const clientId = JSON.stringify(session.clientId)
  return {
    text: (text: string, byteLength: number) => {
      const startedAt = performance.now()
      const parsed = parseJson(text)
      if (!parsed.ok) {
        session.send(`{"type":"error","error":"Failed to parse message","timestamp":${epochText()}}`)
      } else if (isMessageOfType(parsed.value, 'ping')) {
        session.send(`{"type":"pong","timestamp":${epochText()},"client_id":${clientId}}`)
      } else {
        const timestamp = epochText()
        const processingMs = (performance.now() - startedAt).toFixed(3)
        const reply = `{"type":"echo","data":${text},"timestamp":${timestamp},"client_id":${clientId},"server_processing_ms":${processingMs}}`
        // Valid UTF-8 of as many bytes as characters is ASCII.
        if (byteLength === text.length) session.sendAscii(reply)
        else session.send(reply)
      }
    },
  }
}
