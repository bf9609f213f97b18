import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

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
  ],
})
