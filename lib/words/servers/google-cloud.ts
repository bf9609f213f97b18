import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const details =
  'https://cloud.google.com/load-balancing/docs/https/https-logging-monitoring#statusdetail_http_failure_messages'
const run = 'https://cloud.google.com/run/docs/troubleshooting'
const balancer = 'https://cloud.google.com/load-balancing/docs/https/https-logging-monitoring'

export default defineProgram({
  id: 'google-cloud',
  name: 'Google Cloud (Cloud Run, load balancers, IAP)',
  side: 'proxy',
  mark: /\bcloud\.google\.com\b|\bstatusDetails\b/,
  phrases: [
    ...phrasesOf(run, [
      {
        id: 'malformed',
        needle: 'HTTP response was malformed',
        pattern: /\beither the HTTP response was malformed or connection to the instance had an error\b/,
        said: { means: 'backend-bad-answer', status: 503 },
        example:
          'The request failed because either the HTTP response was malformed or connection to the instance had an error.',
        explains: 'The container closed the connection, ended, or answered what is no HTTP/1.1.',
      },
      {
        id: 'lifetime',
        needle: 'maximum request timeout',
        pattern: /\bThe request has been terminated because it has reached the maximum request timeout\b/,
        said: { means: 'lifetime', status: 504 },
        example:
          'The request has been terminated because it has reached the maximum request timeout. To change this limit, see https://cloud.google.com/run/docs/configuring/request-timeout',
        explains:
          'A WebSocket is one request to Cloud Run: it ends at the request timeout, 5 minutes unless it was raised (60 at most).',
      },
      {
        id: 'truncated',
        needle: 'Truncated response body',
        pattern:
          /\bTruncated response body\. Usually implies that the request timed out or the application exited before the response was finished\b/,
        said: { means: 'lifetime', unsure: true },
        example:
          'Truncated response body. Usually implies that the request timed out or the application exited before the response was finished.',
        explains:
          'A WebSocket ended with its request: at the request timeout (5 minutes unless it was raised), or with the container. How long it was open tells which.',
        fix: 'Raise the request timeout of the service (60 minutes at most), and let clients connect again when it is reached.',
      },
      {
        id: 'no-instance',
        needle: 'no available instance',
        pattern: /\bThe request was aborted because there was no available instance\b/,
        said: { means: 'no-backend', status: 429 },
        example: 'The request was aborted because there was no available instance.',
        explains: 'Every instance is full, and no further one may start.',
      },
      {
        id: 'not-authenticated',
        needle: ['was not authenticated', 'The request was not authorized to invoke this service'],
        pattern: /\bThe request was not (?:authenticated|authorized to invoke this service)\b/,
        said: { means: 'forbidden', status: 403 },
        example:
          'The request was not authenticated. Either allow unauthenticated invocations or set the proper Authorization header.',
        explains: 'The service takes callers with a token only, and a browser’s WebSocket sends none.',
      },
    ]),
    ...phrasesOf(balancer, [
      {
        id: 'lb-timeout',
        needle: 'backend_timeout',
        pattern: /\bbackend_timeout\b/,
        said: { means: 'backend-timeout' },
        example: '"statusDetails":"backend_timeout"',
        explains:
          'The timeout of the backend service passed: 30 s unless it was raised. It is the lifetime of a WebSocket, too.',
      },
      {
        id: 'lb-idle',
        needle: 'websocket_closed',
        pattern: /\bwebsocket_closed\b/,
        said: { means: 'ended' },
        example: '"statusDetails":"websocket_closed"',
        explains: 'A WebSocket ended in order, as far as the load balancer saw.',
      },
      {
        id: 'lb-handshake',
        needle: 'websocket_handshake_failed',
        pattern: /\bwebsocket_handshake_failed\b/,
        said: { means: 'backend-bad-answer' },
        example: '"statusDetails":"websocket_handshake_failed"',
        explains: 'The backend did not answer the handshake with a good 101.',
      },
      {
        id: 'lb-closed',
        needle: ['closed_before_data_sent', 'backend_connection_closed_after_partial_response_sent'],
        pattern: /\bbackend_connection_closed_(?:before_data_sent_to_client|after_partial_response_sent)\b/,
        said: { means: 'backend-closed' },
        example: '"statusDetails":"backend_connection_closed_before_data_sent_to_client"',
        explains:
          'The backend closed the connection before its answer was whole. Its keep-alive is shorter than the balancer’s 600 s.',
      },
      {
        id: 'lb-connect',
        needle: 'failed_to_',
        pattern: /\bfailed_to_(?:connect_to_backend|pick_backend)\b/,
        said: { means: 'no-backend' },
        example: '"statusDetails":"failed_to_pick_backend"',
        explains: 'The load balancer has no healthy backend, or reaches none.',
      },
      {
        id: 'lb-client',
        needle: 'client_',
        pattern: /\bclient_(?:disconnected_(?:before_any_response|after_partial_response)|timed_out)\b/,
        said: { means: 'lost' },
        example: '"statusDetails":"client_disconnected_before_any_response"',
        explains: 'The client left first, or was silent.',
      },
      {
        id: 'lb-denied',
        needle: 'denied_by_security_policy',
        pattern: /\bdenied_by_security_policy\b/,
        said: { means: 'forbidden', status: 403 },
        example: '"statusDetails":"denied_by_security_policy"',
        explains: 'A rule of Cloud Armor refused the request.',
      },
    ]),
    ...phrasesOf(details, [
      {
        id: 'lb-upgrade',
        needle: 'upgrade_header_rejected',
        pattern: /\bupgrade_header_rejected\b/,
        said: { means: 'upgrade-not-allowed', status: 400 },
        example: '"statusDetails":"upgrade_header_rejected"',
        explains: 'The load balancer does not pass this upgrade on.',
      },
      {
        id: 'lb-throttled',
        needle: '_by_security_policy',
        pattern: /\b(?:throttled|banned)_by_security_policy\b/,
        said: { means: 'rate-limited', status: 429 },
        example: '"statusDetails":"throttled_by_security_policy"',
        explains: 'A rate limit of Cloud Armor refused the request.',
      },
      {
        id: 'lb-redirected',
        needle: 'redirected_by_security_policy',
        pattern: /\bredirected_by_security_policy\b/,
        said: { means: 'redirect', status: 302 },
        example: '"statusDetails":"redirected_by_security_policy"',
        explains: 'A rule of Cloud Armor redirects the request, to a check for bots for example.',
      },
      {
        id: 'lb-too-long',
        needle: 'too_long',
        pattern: /\b(?:headers|uri|backend_response_headers)_too_long\b/,
        said: ([words]) =>
          words.startsWith('backend')
            ? { means: 'backend-bad-answer' as const, status: 502 }
            : { means: 'request-too-large' as const },
        example: '"statusDetails":"headers_too_long"',
        explains: 'The address or the headers are longer than the load balancer takes.',
      },
      {
        id: 'lb-tls',
        needle: 'failed_to_negotiate_alpn',
        pattern: /\bfailed_to_negotiate_alpn\b/,
        said: { means: 'backend-bad-answer', status: 502 },
        example: '"statusDetails":"failed_to_negotiate_alpn"',
        explains: 'The load balancer and the backend did not agree on a version of HTTP.',
      },
      {
        id: 'lb-certificate',
        needle: '_verification_failed',
        pattern: /\bssl_certificate_(?:san|chain)_verification_failed\b/,
        said: { means: 'backend-bad-answer', status: 502 },
        example: '"statusDetails":"ssl_certificate_san_verification_failed"',
        explains: 'The load balancer does not take the backend’s certificate.',
      },
      {
        id: 'lb-corrupted',
        needle: 'backend_',
        pattern: /\bbackend_response_corrupted\b|\bbackend_interim_response_not_supported\b/,
        said: { means: 'backend-bad-answer', status: 502 },
        example: '"statusDetails":"backend_response_corrupted"',
        explains: 'What the backend answered is not HTTP as the load balancer reads it.',
      },
      {
        id: 'lb-version',
        needle: 'http_version_not_supported',
        pattern: /\bhttp_version_not_supported\b/,
        said: { means: 'http-version', status: 400 },
        example: '"statusDetails":"http_version_not_supported"',
        explains: 'The request came as a version of HTTP that the load balancer does not take.',
      },
      {
        id: 'lb-malformed',
        needle: '"statusDetails"',
        pattern:
          /"statusDetails" ?: ?"(?:malformed_chunked_body|invalid_request_headers|invalid_http2_client_(?:header_format|request_path)|unsupported_method|unsupported_100_continue|body_not_allowed|required_body_but_no_content_length|secure_url_rejected|early_data_rejected)"/,
        said: { means: 'status', status: 400 },
        example: '"statusDetails":"invalid_request_headers"',
        explains: 'The load balancer does not take the request as it came.',
      },
      {
        id: 'lb-itself',
        needle: '"statusDetails"',
        pattern: /"statusDetails" ?: ?"(?:internal_error|multiple_iap_policies|request_loop_detected)"/,
        said: { means: 'status', status: 502, unsure: true },
        example: '"statusDetails":"internal_error"',
        explains: 'The load balancer itself could not pass the request on. The word says what it was over.',
      },
      {
        id: 'lb-origin',
        needle: 'invalid_external_origin_endpoint',
        pattern: /\binvalid_external_origin_endpoint\b/,
        said: { means: 'no-backend', status: 502 },
        example: '"statusDetails":"invalid_external_origin_endpoint"',
        explains: 'The address of the external backend (an internet NEG) is none that can be used.',
      },
      {
        id: 'lb-client-certificate',
        needle: 'client_cert_',
        pattern: /\bclient_cert_(?:chain|invalid|not|pki|unsupported|trust|validation)_\w{1,60}/,
        said: { means: 'tls-client-certificate' },
        example: '"statusDetails":"client_cert_not_provided"',
        explains:
          'The load balancer asks for a client certificate (mutual TLS). None came, or it does not take the one that did.',
      },
      {
        id: 'lb-iap',
        needle: 'handled_by_identity_aware_proxy',
        pattern: /\bhandled_by_identity_aware_proxy\b/,
        said: { means: 'unauthorized', status: 302 },
        example: '"statusDetails":"handled_by_identity_aware_proxy"',
        explains: 'The Identity-Aware Proxy wants the user to sign in.',
      },
      {
        id: 'lb-overall',
        needle: 'backend_early_response_with_non_error_status',
        pattern: /\bbackend_early_response_with_non_error_status\b/,
        said: { means: 'backend-bad-answer' },
        example: '"statusDetails":"backend_early_response_with_non_error_status"',
        explains: 'The backend answered before it had the whole request.',
      },
    ]),
  ],
})
