import { setting } from '#lib/configs/nginx/edits/changes.ts'
import { defineRule, describePlace } from '#lib/configs/nginx/rule.ts'
import { joined } from '#lib/text/code.ts'
import { nginx } from '#lib/text/configurations.ts'
import { sentence } from '#lib/text/foreign.ts'

const SAYS =
  'HTTP/2 has no Upgrade header, and nginx does not know the CONNECT of RFC 8441: no handshake can succeed.'

export default defineRule({
  id: 'http2-upstream',
  cause: 'upstream-http-version',
  site: ({ place, effective }) => {
    if (effective.httpVersion !== '2') return undefined
    return {
      severity: 'error',
      at: effective.by.httpVersion ?? place,
      says: sentence`${describePlace(place)} speaks HTTP/2 to the backend. ${SAYS}`,
      fix: nginx`proxy_http_version 1.1;`,
      edits: setting(place, 'proxy_http_version', nginx`proxy_http_version 1.1;`),
    }
  },
  route: ({ answer }) => {
    if (answer.kind !== 'other' || answer.by.name !== 'grpc_pass') return undefined
    const url = (answer.by.args[0] ?? '').replace(/^grpc(s?):\/\//, 'http$1://')
    const target = nginx.argument(url.startsWith('http') ? url : `http://${url}`)
    const lines = [nginx`proxy_pass ${target};`, nginx`proxy_http_version 1.1;`]
    return {
      severity: 'error',
      at: answer.by,
      says: sentence`${describePlace(answer.place)} speaks HTTP/2 to the backend. ${SAYS}`,
      fix: joined(lines, '\n'),
      edits: [{ kind: 'replace', directive: answer.by, lines }],
    }
  },
})
