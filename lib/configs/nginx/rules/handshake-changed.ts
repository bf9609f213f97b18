import { headers, setting } from '#lib/configs/nginx/edits/changes.ts'
import { sentHeaders } from '#lib/configs/nginx/routing/effective.ts'
import { evaluate } from '#lib/configs/nginx/routing/evaluate.ts'
import { defineRule, describePlace, type Found, type Site, written } from '#lib/configs/nginx/rule.ts'
import { inherited } from '#lib/configs/nginx/syntax/scope.ts'
import { nginx } from '#lib/text/configurations.ts'
import { sentence } from '#lib/text/foreign.ts'

/** RFC 6455 §4.2.1: without them a server cannot answer. */
const NEEDED = [
  { name: 'Sec-WebSocket-Key', line: nginx`proxy_set_header Sec-WebSocket-Key $http_sec_websocket_key;` },
  {
    name: 'Sec-WebSocket-Version',
    line: nginx`proxy_set_header Sec-WebSocket-Version $http_sec_websocket_version;`,
  },
]

const ON = nginx`proxy_pass_request_headers on;`
const GET = nginx`proxy_method GET;`

export default defineRule({
  id: 'handshake-changed',
  cause: 'upgrade-headers-stripped',
  site: (site) => needed(site) ?? method(site) ?? target(site),
})

function needed({ scope, place, handshake }: Site): Found | undefined {
  const passing = inherited(scope, 'proxy_pass_request_headers')
  for (const { name, line } of NEEDED) {
    const lines = sentHeaders(scope, name, handshake)
    const values = lines.flatMap(({ value }) => (value === '' ? [] : [value]))
    const [first] = lines
    if (first && !values.includes(undefined)) {
      const wanted = handshake.headers[name.toLowerCase().replaceAll('-', '_')]
      // Version 8 is that of a draft, which servers take for the same.
      const isRight = values[0] === wanted || (name === 'Sec-WebSocket-Version' && values[0] === '8')
      if (values.length === 1 && isRight) continue
      const sent = values.length === 0 ? 'removes' : 'changes'
      return {
        severity: 'error',
        at: first.by,
        says: sentence`${describePlace(place)} ${sent} ${name}, which every handshake needs: the backend refuses it with 400 or 426.`,
        fix: line,
        edits: headers(place, scope, [{ name, line }]),
      }
    }
    if (first || passing?.args[0] !== 'off') continue
    return {
      severity: 'error',
      at: passing,
      says: sentence`${describePlace(place)} passes none of the client’s headers on, and ${name} is one that every handshake needs: the backend refuses it with 400 or 426.`,
      fix: ON,
      edits: setting(place, 'proxy_pass_request_headers', ON),
    }
  }
  return undefined
}

function method({ scope, place, handshake }: Site): Found | undefined {
  const at = inherited(scope, 'proxy_method')
  const value = at && evaluate(at.args[0] ?? '', handshake, scope)
  if (!at || value === undefined || value === 'GET') return undefined
  return {
    severity: 'error',
    at,
    says: sentence`${describePlace(place)} makes a ${value} of every request, and a handshake is a GET: the backend refuses it with 405 or 400.`,
    fix: GET,
    edits: setting(place, 'proxy_method', GET),
  }
}

/** What is written with variables is sent as it is, and `$uri` has no escapes any more. */
function target({ scope, place, pass, handshake }: Site): Found | undefined {
  const url = evaluate(pass.args[0] ?? '', handshake, scope)
  if (url === undefined || !/[\s\p{Cc}]/u.test(url)) return undefined
  const plain = (pass.args[0] ?? '').replace(
    /\$\{?(?:document_)?uri\b\}?(?:\$is_args)?(?:\$args)?/,
    '$request_uri',
  )
  const fix = nginx`proxy_pass ${nginx.argument(plain)};`
  return {
    severity: 'error',
    at: pass,
    says: sentence`${written(pass)} in ${describePlace(place)} sends ${handshake.uri} with its escapes decoded: a blank ends the path, and the backend answers 400.`,
    fix,
    edits: [{ kind: 'replace', directive: pass, lines: [fix] }],
  }
}
