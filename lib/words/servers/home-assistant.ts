import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const http = 'https://github.com/home-assistant/core/blob/dev/homeassistant/components/websocket_api/http.py'
const auth = 'https://github.com/home-assistant/core/blob/dev/homeassistant/components/websocket_api/auth.py'
const ingress = 'https://github.com/home-assistant/supervisor/blob/main/supervisor/api/ingress.py'
const forwarded = 'https://github.com/home-assistant/core/blob/dev/homeassistant/components/http/forwarded.py'

export default defineProgram({
  id: 'home-assistant',
  name: 'Home Assistant',
  side: 'server',
  mark: /\bhomeassistant\.components\.(?:websocket_api|http)\b/,
  phrases: [
    ...phrasesOf(ingress, [
      {
        id: 'ingress',
        needle: 'Ingress error: ',
        pattern:
          /\bIngress error: (?:Cannot connect to host [^\n]{1,300}|Server disconnected|\[Errno \d{1,3}\] Connect call failed)/,
        said: { means: 'backend-refused' },
        side: 'proxy',
        example:
          "ERROR (MainThread) [supervisor.api.ingress] Ingress error: Cannot connect to host 172.30.33.4:8099 ssl:default [Connect call failed ('172.30.33.4', 8099)]",
        explains:
          'The supervisor does not reach the add-on: it is starting, it crashed, or its ingress port is another.',
      },
    ]),
    ...phrasesOf(http, [
      {
        id: 'behind',
        needle: 'unable to keep up with pending messages',
        pattern:
          /\bClient unable to keep up with pending messages\b(?:\. (?:Reached|Stayed over) (\d{1,9}) )?/,
        said: { means: 'not-reading' },
        example:
          '[281470] 192.0.2.7 (Chrome): Client unable to keep up with pending messages. Reached 4096 pending messages.',
        explains:
          'The client took its messages too slowly, the queue of the server ran full, and the server ended the connection.',
      },
      {
        id: 'queue-full',
        needle: 'Client exceeded max pending messages',
        pattern: /\bClient exceeded max pending messages\b/,
        said: { means: 'not-reading' },
        example: '[281470] Client exceeded max pending messages [2]: 4096',
        explains:
          'The client took its messages too slowly, the queue of the server ran full, and the server ended the connection.',
      },
      {
        id: 'no-auth',
        needle: 'Did not receive auth message within',
        pattern: /\bDid not receive auth message within (\d{1,4}) seconds\b/,
        said: ([, seconds]) => ({ means: 'first-message-missing', limitMs: Number(seconds) * 1000 }),
        example: '[281470] from 192.0.2.7: Disconnected: Did not receive auth message within 10 seconds',
        explains: 'The first message has to be the one that authenticates, and it did not come in 10 s.',
      },
      {
        id: 'not-text',
        needle: 'Received non-Text message',
        pattern: /\bDisconnected: Received non-Text message\b/,
        said: { means: 'application-protocol' },
        example: '[281470] from 192.0.2.7: Disconnected: Received non-Text message.',
        explains: 'A binary message came. The API is text with JSON in it.',
      },
      {
        id: 'not-json',
        needle: 'Received invalid JSON',
        pattern: /\bDisconnected: Received invalid JSON\b/,
        said: { means: 'application-protocol' },
        example: '[281470] from 192.0.2.7: Disconnected: Received invalid JSON.',
        explains: 'A message came that is no JSON, and the server ended the connection.',
      },
      {
        id: 'prepare-timed-out',
        needle: 'Timeout preparing request from',
        pattern: /\bTimeout preparing request from\b/,
        said: { means: 'handshake-timeout' },
        example: '[281470] Timeout preparing request from 192.0.2.7',
        explains: 'The handshake could not be answered in 10 s.',
      },
      {
        id: 'ended',
        needle: 'Connection closed by client',
        pattern: /\bwebsocket_api\b.{0,80}\bConnection closed by client\b/,
        // Whatever cancels the connection: the client’s end, a full queue, a stop of the server.
        said: { means: 'ended' },
        example:
          'INFO (MainThread) [homeassistant.components.websocket_api.http.connection] [281470] Connection closed by client',
        explains:
          'The connection was cancelled: its client is gone, or the server itself ended it. It is printed for both.',
      },
      {
        id: 'connected',
        needle: '] Connected from ',
        pattern: /\bwebsocket_api\b.{0,80}\bConnected from \S/,
        said: { means: 'opened' },
        example:
          'DEBUG (MainThread) [homeassistant.components.websocket_api.http.connection] [281470] Connected from 192.0.2.7',
        explains: 'The connection is open. Authentication comes next.',
      },
    ]),
    ...phrasesOf(auth, [
      {
        id: 'auth-malformed',
        needle: 'Auth message incorrectly formatted',
        pattern: /\bAuth message incorrectly formatted\b/,
        said: { means: 'first-message-missing' },
        example:
          "[281470] Auth message incorrectly formatted: not a valid value for dictionary value @ data['type']. Got 'ping'",
        explains: 'The first message was another than the one that authenticates.',
      },
      {
        id: 'auth-invalid',
        needle: 'auth_invalid',
        pattern: /"type": ?"auth_invalid"/,
        said: { means: 'unauthorized' },
        example: '{"type":"auth_invalid","message":"Invalid access token or password"}',
        explains: 'The access token is wrong or was revoked.',
      },
    ]),
    ...phrasesOf(forwarded, [
      {
        id: 'no-reverse-proxy',
        needle: 'A request from a reverse proxy was received',
        pattern:
          /\bA request from a reverse proxy was received from [^,\n]{1,60}, but your HTTP integration is not set-up for reverse proxies/,
        said: { means: 'forbidden', status: 400 },
        example:
          'A request from a reverse proxy was received from 172.17.0.1, but your HTTP integration is not set-up for reverse proxies',
        explains:
          'Home Assistant answers 400 to a proxy that it does not trust. configuration.yaml needs http: with use_x_forwarded_for and the proxy in trusted_proxies.',
        fix: 'Add the proxy to configuration.yaml of Home Assistant: under http, use_x_forwarded_for: true, and trusted_proxies with the address that its log names. Then restart it.',
      },
      {
        id: 'untrusted-proxy',
        needle: 'from an untrusted proxy',
        pattern: /\bReceived X-Forwarded-For header from an untrusted proxy\b/,
        said: { means: 'forbidden', status: 400 },
        example: 'Received X-Forwarded-For header from an untrusted proxy 172.30.33.4',
        explains:
          'Home Assistant answers 400 to what a reverse proxy sends, until the proxy is one of trusted_proxies and use_x_forwarded_for is on.',
        fix: 'Add the proxy to configuration.yaml of Home Assistant: under http, use_x_forwarded_for: true, and trusted_proxies with the address that its log names. Then restart it.',
      },
    ]),
  ],
})
