/** Who answers a handshake, where something on the way asks, refuses or hands over; the real nginx agrees (tests/parity/more). */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { settingsOfPath } from '#lib/configs/nginx/settings-of-path.ts'

const PASS =
  'proxy_pass http://127.0.0.1:3000; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";'

const answerIn = (body: string, path = '/ws') => {
  const { answer } = settingsOfPath(`server { listen 80; ${body} }`, { path, host: 'a.example', port: 80 })
  if (answer === undefined) return 'unknown'
  return answer.kind === 'other' ? (answer.status ?? answer.what) : answer.kind
}

const ANSWERS: Record<string, [body: string, answer: string | number, path?: string]> = {
  'auth_request that never allows': [
    `location /ws { auth_request /no; ${PASS} } location = /no { internal; return 401; }`,
    401,
  ],
  'auth_request that fails': [
    `location /ws { auth_request /no; ${PASS} } location = /no { return 404; }`,
    500,
  ],
  'auth_request that allows': [
    `location /ws { auth_request /yes; ${PASS} } location = /yes { internal; return 204; }`,
    'proxied',
  ],
  'auth_request that a backend answers': [
    `auth_request /ask; location /ws { ${PASS} } location = /ask { auth_request off; proxy_pass http://auth; }`,
    'proxied',
  ],
  'auth_request where a password does as well': [
    `location /ws { satisfy any; auth_request /no; ${PASS} } location = /no { return 401; }`,
    'proxied',
  ],
  'limit_except without GET': [`location /ws { limit_except POST { deny all; } ${PASS} }`, 403],
  'limit_except with GET': [`location /ws { limit_except GET { deny all; } ${PASS} }`, 'proxied'],
  'internal around it': [`location /ws { internal; location /ws/a { ${PASS} } }`, 404, '/ws/a'],
  'error_page that keeps the status': [`error_page 404 @ws; location @ws { ${PASS} }`, 404],
  'error_page with a status of its own': [`error_page 404 =200 @ws; location @ws { ${PASS} }`, 200],
  'error_page with the status of the answer': [`error_page 404 = @ws; location @ws { ${PASS} }`, 'proxied'],
  'a folder that is not there': [
    `error_page 404 = @ws; location @ws { ${PASS} }`,
    'proxied',
    '/socket.io/?EIO=4',
  ],
  'an application’s page': [
    `error_page 404 = @ws; location /ws { try_files $uri /index.html; } location @ws { ${PASS} }`,
    'answered from files, with /index.html',
  ],
  'a cookie that may come': [`location /ws { if ($cookie_session = "") { return 401; } ${PASS} }`, 'proxied'],
  'a header that a load balancer may add': [
    `location /ws { if ($http_x_forwarded_proto != "https") { return 301 https://$host$request_uri; } ${PASS} }`,
    'proxied',
  ],
  'any browser’s name': [
    `location /ws { if ($http_user_agent !~ Chrome) { return 403; } ${PASS} }`,
    'proxied',
  ],
  'a Referer, which no handshake has': [
    `location /ws { valid_referers server_names; if ($invalid_referer) { return 403; } ${PASS} }`,
    403,
  ],
  'a Referer that may be missing': [
    `location /ws { valid_referers none server_names; if ($invalid_referer) { return 403; } ${PASS} }`,
    'proxied',
  ],
}

describe('a handshake', () => {
  for (const [name, [body, answer, path]] of Object.entries(ANSWERS)) {
    it(`meets ${name}`, () => assert.equal(answerIn(body, path), answer))
  }
})
