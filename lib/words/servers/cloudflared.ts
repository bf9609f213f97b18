import type { Meaning } from '#lib/words/meaning.ts'
import { defineProgram, type Phrase, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const proxy = 'https://github.com/cloudflare/cloudflared/blob/master/proxy/proxy.go'
const connection = 'https://github.com/cloudflare/cloudflared/blob/master/connection/http2.go'
const errors =
  'https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/'

const UNREACHABLE =
  'Unable to reach the origin service\\. The service may be down or it may not be responding to traffic from cloudflared: '

function origin(
  id: string,
  reasons: string,
  means: Meaning,
  example: string,
  explains: string,
): Omit<Phrase, 'source'> {
  return {
    id,
    needle: 'Unable to reach the origin service',
    pattern: new RegExp(`\\b${UNREACHABLE}[^\\n]{0,200}?(?:${reasons})`),
    said: { means, status: 502 },
    example: `ERR error="Unable to reach the origin service. The service may be down or it may not be responding to traffic from cloudflared: ${example}" originService=http://localhost:8080`,
    explains,
  }
}

/** What the pages of these errors are about; the others, answers that Cloudflare does not understand. */
const PAGES: Readonly<Record<number, Meaning>> = {
  521: 'backend-refused',
  522: 'backend-timeout',
  523: 'backend-unresolved',
  524: 'backend-timeout',
  530: 'no-backend',
}

/** The answers that carry an error of the 1000s. */
const STATUS_OF: Readonly<Record<string, number>> = { '1015': 429, '1016': 530, '1020': 403, '1033': 530 }

/** The body of Cloudflare’s plain answer: `error code: 521`. */
function edge(code: string, means: Meaning, explains: string): Omit<Phrase, 'source'> {
  return {
    id: `edge-${code}`,
    needle: `error code: ${code}`,
    pattern: new RegExp(`\\berror code: ${code}\\b`),
    said: { means, status: STATUS_OF[code] ?? Number(code) },
    example: `error code: ${code}`,
    explains,
  }
}

export default defineProgram({
  id: 'cloudflared',
  name: 'Cloudflare and cloudflared',
  side: 'proxy',
  mark: /\bcloudflared\b|\bcfRay=|\boriginService=/,
  phrases: [
    ...phrasesOf(proxy, [
      origin(
        'origin-refused',
        'connection refused|actively refused',
        'backend-refused',
        'dial tcp 127.0.0.1:8080: connect: connection refused',
        'The service behind the tunnel does not accept connections at this address. In a container, localhost is the container itself.',
      ),
      origin(
        'origin-timeout',
        'i/o timeout|timed out|deadline exceeded',
        'backend-timeout',
        'dial tcp 10.0.0.5:8080: i/o timeout',
        'The service behind the tunnel did not answer.',
      ),
      origin(
        'origin-unresolved',
        'no such host|server misbehaving',
        'backend-unresolved',
        'dial tcp: lookup backend on 127.0.0.11:53: no such host',
        'The name of the service behind the tunnel has no address for cloudflared.',
      ),
      origin(
        'origin-tls',
        'x509: |tls: |malformed HTTP response|server gave HTTP response to HTTPS client',
        'backend-bad-answer',
        'x509: certificate signed by unknown authority',
        'cloudflared and the service behind the tunnel do not agree on TLS: the certificate, or http in place of https.',
      ),
      origin(
        'origin-closed',
        'EOF|connection reset by peer|broken pipe|use of closed',
        'backend-closed',
        'EOF',
        'The service behind the tunnel closed TCP without an answer.',
      ),
      {
        id: 'request-ended',
        needle: 'Incoming request ended abruptly',
        pattern: /\bIncoming request ended abruptly: context canceled\b/,
        said: { means: 'client-hung-up' },
        example:
          'ERR error="Incoming request ended abruptly: context canceled" originService=http://localhost:8080',
        explains: 'The client, or Cloudflare’s edge, ended the request first.',
      },
      {
        id: 'stream-canceled',
        needle: 'canceled by remote with error code 0',
        pattern: /\bstream \d{1,9} canceled by remote with error code 0\b/,
        said: { means: 'client-hung-up' },
        example: 'ERR Request failed error="stream 5 canceled by remote with error code 0" type=http',
        explains: 'The client, or Cloudflare’s edge, ended the connection.',
      },
    ]),
    ...phrasesOf(connection, [
      {
        id: 'edge-lost',
        needle: 'Lost connection with the edge',
        pattern: /\bLost connection with the edge\b/,
        said: { means: 'dropped' },
        example: 'INF Lost connection with the edge connIndex=0',
        explains: 'The tunnel lost its connection to Cloudflare, and all WebSockets in it ended.',
      },
      {
        id: 'tunnel-unregistered',
        needle: 'Unregistered tunnel connection',
        pattern: /\bUnregistered tunnel connection\b/,
        said: { means: 'dropped' },
        example: 'INF Unregistered tunnel connection connIndex=0',
        explains: 'The tunnel ended one of its connections to Cloudflare, and the WebSockets in it ended.',
      },
      {
        id: 'edge-unreached',
        needle: ['edge', 'Failed to dial a quic connection', 'DialContext error: dial tcp '],
        pattern:
          /\b(?:Unable to establish connection with Cloudflare edge|failed to dial to edge with quic|Failed to dial a quic connection|DialContext error: dial tcp \S{1,60}:7844)\b/,
        said: { means: 'no-backend', status: 530, unsure: true },
        example: 'ERR Unable to establish connection with Cloudflare edge connIndex=0',
        explains:
          'cloudflared does not reach Cloudflare: a firewall keeps port 7844 closed (UDP for QUIC, TCP for HTTP/2).',
      },
      {
        id: 'tunnel-failed',
        needle: 'tunnel',
        pattern:
          /\b(?:failed to serve tunnel connection|Serve tunnel error|Register tunnel error from server side)\b/i,
        said: { means: 'dropped' },
        example:
          'ERR failed to serve tunnel connection error="control stream encountered a failure while serving" connIndex=1',
        explains: 'The tunnel lost its connection to Cloudflare. The error beside it says how.',
      },
      {
        id: 'quic-lost',
        needle: 'Failed to serve ',
        pattern: /\bFailed to serve (?:quic|h2mux|http2)? ?connection\b/,
        said: { means: 'dropped' },
        example:
          'ERR Failed to serve quic connection error="timeout: no recent network activity" connIndex=0',
        explains: 'The tunnel lost its connection to Cloudflare, and all WebSockets in it ended.',
      },
      {
        id: 'tunnel-terminated',
        needle: 'Connection terminated',
        pattern: /\bConnection terminated\b[^\n]{0,200}\bconnIndex=\d/,
        said: { means: 'dropped' },
        example: 'ERR Connection terminated error="timeout: no recent network activity" connIndex=2',
        explains: 'The tunnel lost its connection to Cloudflare, and all WebSockets in it ended.',
      },
    ]),
    ...phrasesOf('https://github.com/cloudflare/cloudflared/blob/master/carrier/websocket.go', [
      {
        id: 'access-answer',
        needle: 'Websocket response: ',
        pattern: /\bWebsocket response: "HTTP\/[\d.]{1,3} (\d{3})\b/,
        said: ([, status]) => saidOfStatus(status),
        side: 'client',
        example:
          'DBG Websocket response: "HTTP/1.1 302 Found\\r\\nLocation: https://team.cloudflareaccess.com/\\r\\n\\r\\n"',
        explains:
          'cloudflared access asked the address for a WebSocket, and was answered with this status. A redirect is often the page of a login, or an address with http in place of https.',
      },
    ]),
    ...phrasesOf(errors, [
      edge(
        '520',
        'backend-bad-answer',
        'The server behind Cloudflare answered with something that Cloudflare does not understand.',
      ),
      edge('521', 'backend-refused', 'The server behind Cloudflare refuses connections.'),
      edge('522', 'backend-timeout', 'The server behind Cloudflare did not answer TCP.'),
      edge('523', 'backend-unresolved', 'Cloudflare has no way to the server behind it.'),
      edge('524', 'backend-timeout', 'The server behind Cloudflare took longer than 100 s to answer.'),
      edge('525', 'backend-bad-answer', 'TLS between Cloudflare and the server behind it failed.'),
      edge('526', 'backend-bad-answer', 'Cloudflare does not trust the certificate of the server behind it.'),
      edge(
        '530',
        'no-backend',
        'Cloudflare found no way to the server. An error of the 1000s beside it says why.',
      ),
      edge('1016', 'backend-unresolved', 'The name of the server behind Cloudflare has no address.'),
      edge('1020', 'forbidden', 'A firewall rule of Cloudflare refused the request.'),
      edge('1033', 'no-backend', 'No cloudflared is connected for this tunnel.'),
      {
        id: 'edge-1015',
        needle: ['1015', 'You are being rate limited'],
        pattern:
          /^\W{0,3}error code: 1015\W{0,3}$|\bError 1015\b[^\n]{0,80}(?:\bRay ID\b|\brate limited\b)|\bYou are being rate limited\b/i,
        said: { means: 'rate-limited', status: 429 },
        example: 'error code: 1015',
        explains: 'A rate limit of Cloudflare refused the request.',
      },
      {
        id: 'edge-1033-page',
        needle: '1033',
        pattern: /\bError 1033\b[^\n]{0,80}(?:\bRay ID\b|\b(?:Argo|Cloudflare) Tunnel error\b)/i,
        said: { means: 'no-backend', status: 530 },
        example: 'Error 1033 Ray ID: 8f2a Cloudflare Tunnel error',
        explains: 'No cloudflared of this tunnel is connected to Cloudflare.',
      },
      {
        id: 'edge-title',
        needle: 'error',
        pattern:
          /\b(?:Error(?: code)?:? )(52[0-7]|530)\b[:\s|–-]{1,4}(?:Web server is (?:returning an unknown error|down)|Connection timed out|Origin is unreachable|A timeout occurred|SSL handshake failed|Invalid SSL certificate|Railgun)/i,
        said: ([, status]) => ({
          means: PAGES[Number(status)] ?? 'backend-bad-answer',
          status: Number(status),
        }),
        example: 'Error 524: A timeout occurred',
        explains:
          'The title of Cloudflare’s page: it did not reach the server behind it, or got no answer in time.',
      },
      {
        id: 'edge-page',
        needle: ' Ray ID',
        pattern: /\bError (52[0-7]|530)\b[^\n]{0,40} Ray ID\b[^\n]{0,160}/,
        said: ([, status]) => ({
          means: PAGES[Number(status)] ?? 'backend-bad-answer',
          status: Number(status),
        }),
        example: 'Error 522 Ray ID: 8abc1234 2024-05-01 10:00:00 UTC Connection timed out',
        explains:
          'Cloudflare’s page for a server that it did not reach, or whose answer it does not understand.',
      },
      {
        id: 'edge-denied',
        needle: 'Error 10',
        pattern: /\bError 10(?:0[5-9]|1[0-2])\b[^\n]{0,80}(?:\bRay ID\b|\bAccess denied\b|\bbanned\b)/i,
        said: { means: 'forbidden', status: 403 },
        example: 'Error 1010 Ray ID: 8abc Access denied',
        explains: 'Cloudflare refuses this client: its address, network, country or signature.',
      },
    ]),
  ],
})
