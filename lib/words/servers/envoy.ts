import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const flags = 'https://www.envoyproxy.io/docs/envoy/latest/faq/debugging/why_is_envoy_sending_http_503s'
const details =
  'https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/response_code_details'

const start = 'https://github.com/envoyproxy/envoy/blob/main/source/server/server.cc'

export default defineProgram({
  id: 'envoy',
  name: 'Envoy and Istio (their own answers)',
  side: 'proxy',
  mark: /\bupstream connect error or disconnect\/reset before headers\b/,
  phrases: [
    ...phrasesOf(flags, [
      {
        id: 'backend-refused',
        needle: 'disconnect/reset before headers',
        pattern:
          /\bupstream connect error or disconnect\/reset before headers\.(?: retried and the latest)? reset reason: (?:remote connection failure|connection failure|local connection failure)[^\n]{0,200}/,
        said: { means: 'backend-refused', status: 503 },
        example:
          'upstream connect error or disconnect/reset before headers. reset reason: remote connection failure, transport failure reason: delayed connect error: 111',
        explains: 'Envoy’s 503: it could not connect to the backend. 111 is a refused connection.',
      },
      {
        id: 'backend-timeout',
        needle: 'disconnect/reset before headers',
        pattern:
          /\bupstream connect error or disconnect\/reset before headers\.(?: retried and the latest)? reset reason: connection timeout/,
        said: { means: 'backend-timeout', status: 503 },
        example:
          'upstream connect error or disconnect/reset before headers. reset reason: connection timeout',
        explains: 'Envoy’s 503: the backend did not answer TCP within connect_timeout.',
      },
      {
        id: 'backend-closed',
        needle: 'disconnect/reset before headers',
        pattern:
          /\bupstream connect error or disconnect\/reset before headers\.(?: retried and the latest)? reset reason: (?:connection termination|remote reset|local reset)/,
        said: { means: 'backend-closed', status: 503 },
        example:
          'upstream connect error or disconnect/reset before headers. reset reason: connection termination',
        explains: 'Envoy’s 503: the backend closed the connection without an answer.',
      },
      {
        id: 'backend-bad-answer',
        needle: 'disconnect/reset before headers',
        pattern:
          /\bupstream connect error or disconnect\/reset before headers\.(?: retried and the latest)? reset reason: (?:protocol error|overflow)/,
        said: { means: 'backend-bad-answer', status: 502 },
        example: 'upstream connect error or disconnect/reset before headers. reset reason: protocol error',
        explains: 'Envoy and the backend do not speak the same version of HTTP, or do not agree on TLS.',
      },
      {
        id: 'no-healthy-upstream',
        needle: 'no healthy upstream',
        pattern: /\bno healthy upstream\b/,
        said: { means: 'no-backend', status: 503 },
        example: 'no healthy upstream',
        explains: 'Envoy’s 503: no host of the cluster is there, or all fail their health check.',
      },
      {
        id: 'request-timeout',
        needle: 'upstream request timeout',
        pattern: /\bupstream request timeout\b/,
        said: { means: 'backend-timeout', status: 504 },
        example: 'upstream request timeout',
        explains: 'Envoy’s 504: the backend did not answer within the route’s timeout.',
      },
    ]),
    ...phrasesOf(start, [
      {
        id: 'config-refused',
        needle: 'error initializing config',
        pattern: /\berror initializing config(?:uration)?\b[^\n]{0,300}/,
        said: { means: 'config-refused' },
        example: "error initializing config ' envoy.yaml': Protobuf message has unknown fields",
        explains: 'Envoy refuses its configuration and does not start. The words behind name the reason.',
      },
    ]),
    ...phrasesOf(details, [
      {
        id: 'rbac',
        needle: 'RBAC: access denied',
        pattern: /\bRBAC: access denied\b/,
        said: { means: 'forbidden', status: 403 },
        example: 'RBAC: access denied',
        explains: 'Envoy’s 403: an authorization policy denies the request.',
      },
      {
        id: 'rate-limited',
        needle: 'local_rate_limited',
        pattern: /\blocal_rate_limited\b/,
        said: { means: 'rate-limited', status: 429 },
        example: 'local_rate_limited',
        explains: 'Envoy’s 429: its local rate limit is reached.',
      },
    ]),
  ],
})
