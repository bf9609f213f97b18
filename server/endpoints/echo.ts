/** `/ws/echo`: sends back what it gets, with times to measure latency by. */
import type { Endpoint, Session } from '#server/endpoints/endpoint.ts'
import { epochText, isMessageOfType } from '#server/endpoints/json.ts'
import { parseJson } from '#server/wire/parse-json.ts'

const path = '/ws/echo'

export function createEchoEndpoint(): Endpoint {
  return {
    path,
    summary: 'Welcomes, echoes text and binary, and sends a server_ping at every interval.',
    queryParameters: [],
    sameOriginOnly: false,
    recordsActivity: true,
    prepare: () => ({ ok: true, open }),
  }
}

function open(session: Session) {
  const clientId = JSON.stringify(session.clientId)
  session.sendAscii(
    `{"type":"welcome","endpoint":"${path}","client_id":${clientId},"server_time":${epochText()},"config":{"ping_interval":${session.pingIntervalSeconds},"ping_timeout":${session.pingTimeoutSeconds}}}`,
  )
  return {
    text: (text: string, byteLength: number) => {
      const parsed = parseJson(text)
      const now = epochText()
      if (!parsed.ok) {
        const data = JSON.stringify(text)
        session.send(`{"type":"echo_raw","data":${data},"server_timestamp":${now},"client_id":${clientId}}`)
        return
      }
      if (isMessageOfType(parsed.value, 'pong')) return
      const age = Math.round(session.ageMs())
      const reply = `{"type":"echo","original":${text},"server_timestamp":${now},"client_id":${clientId},"latency_info":{"received_at":${now},"connection_age_ms":${age}}}`
      // Valid UTF-8 of as many bytes as characters is ASCII.
      if (byteLength === text.length) session.sendAscii(reply)
      else session.send(reply)
    },
    binary: (payload: Buffer) => session.sendBinary(payload),
    pinged: () => {
      session.send(`{"type":"server_ping","timestamp":${epochText()},"client_id":${clientId}}`)
    },
  }
}
