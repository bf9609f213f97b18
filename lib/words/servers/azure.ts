import type { Said } from '#lib/words/meaning.ts'
import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const appService = 'https://learn.microsoft.com/en-us/azure/app-service/faq-app-service-linux'
const signalr = 'https://learn.microsoft.com/en-us/azure/azure-signalr/signalr-howto-troubleshoot-guide'

const pubsub =
  'https://github.com/Azure/azure-sdk-for-js/blob/main/sdk/web-pubsub/web-pubsub-client/src/webPubSubClient.ts'

const errors = 'https://learn.microsoft.com/en-us/azure/frontdoor/monitor-front-door#access-log'

/** Application Gateway’s error_info. */
function gatewaySaid(word: string | undefined): Said {
  if (word === 'UPSTREAM_TIMED_OUT') return { means: 'backend-timeout', status: 504 }
  if (word === 'UPSTREAM_NO_LIVE') return { means: 'no-backend', status: 502 }
  if (word === 'UPSTREAM_CLOSED_CONNECTION') return { means: 'backend-closed', status: 502 }
  if (word === 'HTTP_TO_HTTPS_PORT') return { means: 'plain-on-tls', status: 400 }
  if (word === 'HTTPS_NO_CERT') return { means: 'tls-client-certificate', status: 400 }
  if (word === 'INVALID_HTTP_VERSION') return { means: 'http-version', status: 400 }
  if (word === 'INVALID_HEADER') return { means: 'status', status: 400 }
  return word?.startsWith('CLIENT_') ? { means: 'lost' } : { means: 'backend-bad-answer', status: 502 }
}

export default defineProgram({
  id: 'azure',
  name: 'Azure (App Service, Application Gateway, Front Door, SignalR, Web PubSub)',
  side: 'proxy',
  mark: /\bMicrosoft-Azure\b|\bAzure SignalR\b|\bazurewebsites\b|\bWeb PubSub\b|\bweb-pubsub\b/,
  phrases: [
    ...phrasesOf(appService, [
      {
        id: 'stopped',
        needle: 'web app is stopped',
        pattern: /\bThis web app is stopped\b/,
        said: { means: 'no-backend', status: 403 },
        example: 'Error 403 - This web app is stopped.',
        explains: 'App Service’s 403: the app is stopped, or over its quota.',
      },
      {
        id: 'websockets-off',
        needle: ['webSocketsEnabled', 'websockets_enabled'],
        pattern: /\bwebsockets_?enabled["']?\s{0,8}[:=]\s{0,8}["']?false\b/i,
        said: { means: 'no-websocket-support', unsure: true },
        side: 'server',
        example: '  "webSocketsEnabled": false,',
        explains:
          'WebSockets are switched off for this app of App Service, which answers the handshake as a page’s request.',
        fix: 'Switch them on: az webapp config set --web-sockets-enabled true, or Web sockets under Configuration, General settings.',
      },
      {
        id: 'front-door',
        needle: 'services aren',
        pattern: /\bOur services aren['’]t available right now\b/,
        said: { means: 'no-backend', status: 503, unsure: true },
        example:
          "Our services aren't available right now. We're working to restore all services as soon as possible.",
        explains: 'Front Door’s 503: it reached no origin, or its certificate does not fit the host name.',
      },
      {
        id: 'gateway',
        needle: 'Microsoft-Azure-Application-Gateway',
        pattern: /\b502 Bad Gateway\b[^\n]{0,80}\bMicrosoft-Azure-Application-Gateway\b/,
        said: { means: 'backend-bad-answer', status: 502 },
        example:
          '<center><h1>502 Bad Gateway</h1></center><hr><center>Microsoft-Azure-Application-Gateway/v2</center>',
        explains: 'Application Gateway reached no healthy backend, or its answer was not acceptable.',
      },
      {
        id: 'not-found',
        needle: '404 Web Site not found',
        pattern: /\b404 Web Site not found\b/,
        said: { means: 'no-route', status: 404 },
        example: '404 Web Site not found.',
        explains: 'App Service knows no app of this host name.',
      },
    ]),
    ...phrasesOf(signalr, [
      {
        id: 'service-dropped',
        needle: 'to the service was dropped',
        pattern: /\bConnection "?[\w-]{1,80}"? to the service was dropped\b/,
        said: { means: 'dropped', application: 'signalr' },
        side: 'client',
        example: 'Connection "7c1e" to the service was dropped.',
        explains:
          'The app server lost its own connection to Azure SignalR, and the clients on it were closed.',
      },
      {
        id: 'not-connected',
        needle: 'not connected yet',
        pattern: /\bAzure SignalR Service is not connected yet\b/,
        said: { means: 'no-backend', application: 'signalr' },
        example: 'Azure SignalR Service is not connected yet, please try again later.',
        explains: 'No app server is connected to the service.',
      },
      {
        id: 'quota',
        needle: [
          'onnection count',
          'Message count reache limit',
          'Message count reaches limit',
          'The connection quota',
          'The message quota',
        ],
        pattern:
          /\bConnection count reaches? limit\b|\bMessage count reaches? limit\b|\bThe (?:connection|message) quota\b/,
        said: { means: 'too-many-connections', application: 'signalr' },
        example: 'Connection count reaches limit.',
        explains: 'The unit has as many connections as it may have: 20 in the free tier, 1000 a unit else.',
      },
      {
        id: 'reloading',
        needle: 'Service reloading',
        pattern: /\bService reloading\b/,
        said: { means: 'shutting-down', application: 'signalr' },
        example: 'Service reloading, try reconnect',
        explains: 'The service moves its connections to another instance.',
      },
    ]),
    ...phrasesOf(pubsub, [
      {
        id: 'pubsub-keepalive',
        needle: ['No message received', 'No messages received'],
        pattern:
          /\bNo messages? received (?:from the service )?for (\d{1,9}) ms\b[^\n]{0,80}\b(?:keep ?alive ?timeout|closing)\b/i,
        said: ([, ms]) => ({ means: 'ping-timeout', limitMs: Number(ms) }),
        side: 'client',
        example: 'No messages received for 120012 ms. Closing. The keep alive timeout is set to 120000 ms.',
        explains:
          'The client heard nothing from Web PubSub for keepAliveTimeoutInMs, not even the answers to its own pings, and closed the connection itself.',
        fix: 'See why no pong came. A warning about the keepalive message before it means that the client never sent its own ping. Else the service or the way is at fault. keepAliveTimeoutInMs: 0 switches the check off.',
      },
      {
        id: 'pubsub-ping',
        needle: ['keepalive message to the service', 'sending keepalive ping'],
        pattern:
          /\bFailed to send keepalive message to the service\b|\bAn error occurred during sending keepalive ping\b/,
        said: { means: 'ping-timeout', unsure: true },
        side: 'client',
        example: 'azure:web-pubsub-client:warning Failed to send keepalive message to the service',
        explains:
          'The client could not send its ping. What comes next is that it hears nothing and closes the connection itself.',
      },
      {
        id: 'pubsub-not-started',
        needle: 'Failed to start WebSocket: ',
        pattern: /\bFailed to start WebSocket: (\d{4})\b/,
        said: { means: 'never-opened' },
        side: 'client',
        example: 'Error: Failed to start WebSocket: 1006',
        explains: 'The connection closed before it was open.',
      },
    ]),
    ...phrasesOf(errors, [
      {
        id: 'afd-origin',
        needle: '"errorInfo',
        pattern:
          /"errorInfo(?:_s)?" ?: ?"(?:OriginConnection(?:Refused|Error|Aborted)|OriginError|OriginInvalidResponse|ResponseHeaderTooBig|Certificate(?:Error|NameCheckFailed)|SSL\w{4,30})"/,
        said: ([words]) =>
          /Refused|ConnectionError/.test(words)
            ? { means: 'backend-refused' as const, status: 503 }
            : { means: 'backend-bad-answer' as const, status: 503 },
        example: '"errorInfo":"OriginConnectionRefused"',
        explains: 'Front Door could not use the connection to the origin: the word says why.',
      },
      {
        id: 'afd-client',
        needle: '"errorInfo',
        pattern: /"errorInfo(?:_s)?" ?: ?"ClientDisconnected"/,
        said: { means: 'lost' },
        example: '"errorInfo":"ClientDisconnected"',
        explains: 'The client ended the connection to Front Door.',
      },
      {
        id: 'afd-refused',
        needle: '"errorInfo',
        pattern: /"errorInfo(?:_s)?" ?: ?"(?:ClientGeoBlocked|RestrictedIP)"/,
        said: { means: 'forbidden', status: 403 },
        example: '"errorInfo":"ClientGeoBlocked"',
        explains: 'Front Door refuses this client: by its country, or by its address.',
      },
      {
        id: 'afd-timeout',
        needle: '"errorInfo',
        pattern: /"errorInfo(?:_s)?" ?: ?"OriginTimeout"/,
        said: { means: 'backend-timeout', status: 503 },
        example: '"errorInfo":"OriginTimeout"',
        explains: 'The origin did not answer Front Door in time.',
      },
      {
        id: 'afd-dns',
        needle: '"errorInfo',
        pattern: /"errorInfo(?:_s)?" ?: ?"(?:DNSFailure|DNSNameNotResolved|DNSTimeout)"/,
        said: { means: 'backend-unresolved', status: 503 },
        example: '"errorInfo":"DNSNameNotResolved"',
        explains: 'The origin’s name has no address.',
      },
      {
        id: 'agic-applied',
        needle: 'Application Gateway configuration',
        pattern: /\bApplied (?:generated )?Application Gateway configuration\b/i,
        said: { means: 'shutting-down', unsure: true },
        example:
          'I1013 09:14:35.902211       1 mutate_app_gateway.go:174] Applied generated Application Gateway configuration',
        explains:
          'The ingress controller gave Application Gateway a new configuration, which ends every WebSocket through it at once. Each change in a watched namespace makes one: a deployment, and a pod that crashes again and again.',
        fix: 'Let the controller change the gateway less often: end what changes endpoints every few minutes, such as a pod that crashes. Let it watch only the namespaces that need it (watchNamespace). Clients reconnect with a random pause.',
      },
      {
        id: 'agw-upstream',
        needle: 'ERRORINFO_',
        pattern:
          /\bERRORINFO_(UPSTREAM_TIMED_OUT|UPSTREAM_NO_LIVE|UPSTREAM_CLOSED_CONNECTION|UPSTREAM_RESPONSE_\w{1,40}|HTTP_TO_HTTPS_PORT|HTTPS_NO_CERT|CLIENT_TIMED_OUT|CLIENT_CLOSED_REQUEST|INVALID_HEADER|INVALID_HTTP_VERSION)\b/,
        said: ([, word]) => gatewaySaid(word),
        example: '"error_info":"ERRORINFO_UPSTREAM_TIMED_OUT"',
        explains: 'Application Gateway’s word for what went wrong at the backend, or at the client.',
      },
    ]),
  ],
})
