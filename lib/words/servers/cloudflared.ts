import type { Meaning } from '#lib/words/meaning.ts'
import { defineProgram, type Phrase, phrasesOf } from '#lib/words/phrase.ts'

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

/** The body of Cloudflare’s plain answer: `error code: 521`. */
function edge(code: string, means: Meaning, explains: string): Omit<Phrase, 'source'> {
  return {
    id: `edge-${code}`,
    needle: `error code: ${code}`,
    pattern: new RegExp(`\\berror code: ${code}\\b`),
    said: { means, status: code === '1033' ? 530 : Number(code) },
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
        said: { means: 'closed-by-client' },
        example:
          'ERR error="Incoming request ended abruptly: context canceled" originService=http://localhost:8080',
        explains: 'The client, or Cloudflare’s edge, ended the request first.',
      },
      {
        id: 'stream-canceled',
        needle: 'canceled by remote with error code 0',
        pattern: /\bstream \d{1,9} canceled by remote with error code 0\b/,
        said: { means: 'lost' },
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
        id: 'tunnel-terminated',
        needle: 'Connection terminated',
        pattern: /\bConnection terminated\b[^\n]{0,200}\bconnIndex=\d/,
        said: { means: 'dropped' },
        example: 'ERR Connection terminated error="timeout: no recent network activity" connIndex=2',
        explains: 'The tunnel lost its connection to Cloudflare, and all WebSockets in it ended.',
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
      edge('1033', 'no-backend', 'No cloudflared is connected for this tunnel.'),
    ]),
  ],
})
