import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const flags = 'https://www.envoyproxy.io/docs/envoy/latest/faq/debugging/why_is_envoy_sending_http_503s'
const details =
  'https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/response_code_details'

const start = 'https://github.com/envoyproxy/envoy/blob/main/source/server/server.cc'

const codes =
  'https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/response_code_details'

const jwt = 'https://github.com/google/jwt_verify_lib/blob/master/src/status.cc'

export default defineProgram({
  id: 'envoy',
  name: 'Envoy and Istio (their own answers)',
  side: 'proxy',
  mark: /\bupstream connect error or disconnect\/reset before headers\b|\bupstream_reset_(?:before|after)_response_started\{/,
  phrases: [
    ...phrasesOf(start, [
      {
        id: 'stops',
        needle: ['ENVOY_SIG', 'shutting down server instance', 'shutting down due to child'],
        pattern:
          /\bcaught ENVOY_SIG(?:TERM|INT)\b|\bshutting down (?:server instance|due to child (?:initialization|hot-restart))/,
        said: { means: 'shutting-down' },
        example:
          '[2026-05-01 10:00:00.101][1][warning][main] [source/server/server.cc:862] caught ENVOY_SIGTERM',
        explains: 'Envoy stops, or a new process takes over, and the connections that it holds end.',
      },
    ]),
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
        needle: ['no healthy upstream', 'no_healthy_upstream'],
        pattern: /\bno[ _]healthy[ _]upstream\b/,
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
    ...phrasesOf(codes, [
      {
        id: 'no-route',
        needle: ['route_not_found', 'cluster_not_found', 'filter_chain_not_found'],
        pattern: /\b(?:route|cluster|direct_response_route|filter_chain)_not_found\b/,
        said: { means: 'no-route', status: 404 },
        example: 'route_not_found',
        explains: 'No route has this host and path.',
      },
      {
        id: 'upgrade-twice-in-header',
        needle: ["'upgrade', 'websocket", 'upgrade: websocket'],
        pattern: /(?:'upgrade', '|\bupgrade: )websocket, ?websocket\b'?/i,
        said: { means: 'upgrade-not-allowed' },
        example: "'upgrade', 'websocket,websocket'",
        explains:
          'The request has the Upgrade header twice: two places before Envoy set it. Envoy knows no upgrade of the name websocket,websocket.',
        fix: 'Set the Upgrade header in one place only. The proxy before Envoy sets it already, and a snippet or a second proxy_set_header repeats it. Remove the second.',
      },
      {
        id: 'upgrade-failed',
        needle: 'upgrade_failed',
        pattern: /\bupgrade_failed\b/,
        said: { means: 'upgrade-not-allowed', status: 403 },
        example: 'upgrade_failed',
        explains: 'The route allows no WebSocket: upgrade_configs is missing.',
      },
      {
        id: 'idle',
        needle: ['stream_idle_timeout', 'stream timeout'],
        pattern: /\bstream_idle_timeout\b|\bstream timeout\b/,
        said: { means: 'idle-timeout' },
        example: 'stream_idle_timeout',
        explains: 'Nothing was sent for stream_idle_timeout: 5 minutes unless it was set.',
      },
      {
        id: 'lifetime',
        needle: 'duration_',
        pattern: /\b(?:max_duration_timeout|duration_timeout|upstream_max_stream_duration_reached)\b/,
        said: { means: 'lifetime' },
        example: 'max_duration_timeout',
        explains: 'The connection reached the age that Envoy allows.',
      },
      {
        id: 'response-timeout',
        needle: ['response_timeout', 'request_overall_timeout', 'upstream_per_try_timeout'],
        pattern:
          /\b(?:upstream_response_timeout|response_timeout|request_overall_timeout|upstream_per_try_timeout)\b/,
        said: { means: 'backend-timeout', status: 504 },
        example: 'upstream_response_timeout',
        explains: 'The backend did not answer within the route’s timeout.',
      },
      {
        id: 'low-version',
        needle: 'low_version',
        pattern: /\blow_version\b/,
        said: { means: 'http-version', status: 426 },
        example: 'low_version',
        explains: 'The request came as HTTP/1.0.',
      },
      {
        id: 'client-left',
        needle: 'downstream_remote_disconnect',
        pattern: /\bdownstream_remote_disconnect\b/,
        said: { means: 'lost' },
        example: 'downstream_remote_disconnect',
        explains: 'The client closed the connection.',
      },
      {
        id: 'authorization',
        needle: ['ext_authz_', 'rbac_access_denied_matched_policy'],
        pattern: /\bext_authz_(?:denied|error)\b|\brbac_access_denied_matched_policy\b/,
        said: { means: 'forbidden', status: 403 },
        example: 'ext_authz_denied',
        explains: 'An authorization service or policy denies the request.',
      },
      {
        id: 'reset-refused',
        needle: 'upstream_reset_before_response_started',
        pattern:
          /\bupstream_reset_before_response_started\{(?:remote_|local_)?connection_failure\b(?![^}\s]{0,20}TLS_error)/,
        said: { means: 'backend-refused', status: 503 },
        example:
          'upstream_reset_before_response_started{remote_connection_failure|delayed_connect_error:_111}',
        explains: 'Envoy could not connect to the backend.',
      },
      {
        id: 'reset-timeout',
        needle: 'upstream_reset_before_response_started',
        pattern: /\bupstream_reset_before_response_started\{connection_timeout\b/,
        said: { means: 'backend-timeout', status: 503 },
        example: 'upstream_reset_before_response_started{connection_timeout}',
        explains: 'The backend did not answer TCP within connect_timeout.',
      },
      {
        id: 'reset-closed',
        needle: 'upstream_reset_before_response_started',
        pattern:
          /\bupstream_reset_before_response_started\{(?:http[123]\.)?(?:connection_termination|remote_reset|local_reset)\b/,
        said: { means: 'backend-closed', status: 503 },
        example: 'upstream_reset_before_response_started{connection_termination}',
        explains: 'The backend closed the connection without an answer.',
      },
      {
        id: 'reset-protocol',
        needle: 'upstream_reset_before_response_started',
        pattern: /\bupstream_reset_before_response_started\{(?:protocol_error|overflow)\b/,
        said: { means: 'backend-bad-answer', status: 502 },
        example: 'upstream_reset_before_response_started{protocol_error}',
        explains: 'Envoy and the backend do not speak the same version of HTTP, or do not agree on TLS.',
      },
    ]),
    ...phrasesOf(codes, [
      {
        id: 'reset-tls',
        needle: 'upstream_reset_before_response_started',
        pattern:
          /\bupstream_reset_before_response_started\{(?:remote_|local_)?connection_failure[|,]?TLS_error[^}\s]{0,200}/,
        said: { means: 'backend-bad-answer', status: 503 },
        example:
          'upstream_reset_before_response_started{remote_connection_failure|TLS_error:|268435703:SSL_routines:OPENSSL_internal:WRONG_VERSION_NUMBER:TLS_error_end}',
        explains:
          'TLS between Envoy and the backend failed. WRONG_VERSION_NUMBER: the backend speaks none on this port.',
      },
      {
        id: 'reset-later',
        needle: 'upstream_reset_after_response_started',
        pattern:
          /\bupstream_reset_after_response_started\{(?:http[123]\.)?(?:connection_termination|remote_reset|protocol_error)\b/,
        said: { means: 'dropped' },
        example: 'upstream_reset_after_response_started{remote_reset}',
        explains:
          'The backend ended the connection after its answer had begun: of a WebSocket, while it was open.',
      },
      {
        id: 'codec-error',
        needle: ['http1.', 'http2.'],
        pattern:
          /\bhttp1\.(?:codec_error|body_disallowed|connection_header_rejected|content_length_\w{1,40}|invalid_\w{1,30}|transfer_encoding_not_allowed|unexpected_underscore)\b|\bhttp2\.(?:invalid\.header\.field|unexpected_underscore|violation\.of\.messaging\.rule|unknown\.nghttp2\.error)\b/,
        said: { means: 'handshake-header', status: 400, unsure: true },
        example: 'http1.codec_error',
        explains:
          'Envoy cannot read this as an HTTP request. It is something else, TLS at a plain port, or has a header that is not allowed.',
      },
      {
        id: 'headers-too-large',
        needle: ['http1.', 'http2.'],
        pattern: /\bhttp1\.(?:headers_too_large|too_many_headers)\b|\bhttp2\.too_many_headers\b/,
        said: { means: 'request-too-large', status: 431 },
        example: 'http1.headers_too_large',
        explains:
          'The headers of the request, mostly cookies, are more than max_request_headers_kb or the count that is allowed.',
      },
      {
        id: 'request-refused',
        needle: [
          'missing_host_header',
          'missing_path_rejected',
          'absolute_path_rejected',
          'path_normalization_failed',
          'request_headers_failed_strict_check',
        ],
        pattern:
          /\b(?:missing_host_header|missing_path_rejected|absolute_path_rejected|path_normalization_failed|request_headers_failed_strict_check)\b/,
        said: { means: 'status', status: 400 },
        example: 'missing_host_header',
        explains:
          'Envoy does not take the request as it came: its Host, path or a header is missing or wrong.',
      },
      {
        id: 'request-late',
        needle: 'request_header_timeout',
        pattern: /\brequest_header_timeout\b/,
        said: { means: 'handshake-timeout', status: 408 },
        example: 'request_header_timeout',
        explains: 'The headers of the request were not whole within request_headers_timeout.',
      },
      {
        id: 'maintenance',
        needle: 'maintenance_mode',
        pattern: /\bmaintenance_mode\b/,
        said: { means: 'no-backend', status: 503, unsure: true },
        example: 'maintenance_mode',
        explains: 'The cluster of the route is in maintenance: a runtime setting drops requests to it.',
      },
    ]),
    ...phrasesOf(jwt, [
      {
        id: 'jwt-missing',
        needle: 'Jwt ',
        pattern:
          /\bJwt (?:is missing|is expired|verification fails|header is an invalid JSON|is not in the form of Header\.Payload\.Signature[^\n]{0,60}|issuer is not configured)/,
        said: { means: 'unauthorized', status: 401 },
        example: 'Jwt is missing',
        explains:
          'The request has no token that the JWT filter accepts. JavaScript cannot send an Authorization header with a WebSocket.',
      },
      {
        id: 'jwt-audience',
        needle: 'Audiences in Jwt',
        pattern: /\bAudiences in Jwt are not allowed\b/,
        said: { means: 'forbidden', status: 403 },
        example: 'Audiences in Jwt are not allowed',
        explains: 'The token is for another service.',
      },
    ]),
  ],
})
