import type { Meaning } from '#lib/words/meaning.ts'
import { defineProgram, type Phrase, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const proxy = 'https://github.com/traefik/traefik/blob/master/pkg/proxy/httputil/proxy.go'
const command = 'https://github.com/traefik/paerser/blob/master/cli/commands.go'
const balancer = 'https://github.com/traefik/traefik/blob/master/pkg/server/service/loadbalancer/wrr/wrr.go'

function causedBy(
  id: string,
  status: number,
  reasons: string,
  means: Meaning,
  example: string,
  explains: string,
): Omit<Phrase, 'source'> {
  return {
    id,
    needle: ['caused by: ', ' error="'],
    pattern: new RegExp(
      `'?${status} [A-Z][\\w ]{3,40}'? (?:error="|caused by: )[^\\n]{0,200}?(?:${reasons})[^\\n]{0,80}`,
    ),
    said: { means, status },
    example,
    explains,
  }
}

const HIJACK =
  'Take the middleware that wraps the response off the router of the WebSocket: a plugin, buffering, compression or retry. The backend itself answers with 101.'
const allowed = 'https://github.com/traefik/traefik/blob/master/pkg/middlewares/ipallowlist/ip_allowlist.go'
const auth = 'https://github.com/traefik/traefik/blob/master/pkg/middlewares/auth/forward.go'
const upgrades = 'https://github.com/traefik/traefik/blob/master/pkg/proxy/fast/upgrade.go'

export default defineProgram({
  id: 'traefik',
  name: 'Traefik (its own answers and errors)',
  side: 'proxy',
  mark: /\btraefik\b|' caused by: |\bPeeking first byte|\bvulcand\/oxy\b|\bError calling https?:\/\//,
  phrases: [
    ...phrasesOf(proxy, [
      causedBy(
        'backend-refused',
        502,
        'connection refused',
        'backend-refused',
        "'502 Bad Gateway' caused by: dial tcp 172.18.0.3:8080: connect: connection refused",
        'The container behind Traefik does not accept connections at this port.',
      ),
      causedBy(
        'backend-unresolved',
        502,
        'no such host|server misbehaving',
        'backend-unresolved',
        "'502 Bad Gateway' caused by: dial tcp: lookup backend on 127.0.0.11:53: no such host",
        'The name of the service behind Traefik has no address.',
      ),
      causedBy(
        'backend-closed',
        502,
        'EOF|connection reset by peer|broken pipe',
        'backend-closed',
        "'502 Bad Gateway' caused by: EOF",
        'The service behind Traefik closed TCP without an answer.',
      ),
      causedBy(
        'backend-timeout',
        504,
        'i/o timeout|timeout awaiting|deadline exceeded|no route to host',
        'backend-timeout',
        "'504 Gateway Timeout' caused by: dial tcp 172.18.0.3:8080: i/o timeout",
        'The service behind Traefik did not answer. Traefik and the container share no network, or it hangs.',
      ),
      causedBy(
        'backend-tls',
        500,
        'x509: |tls: |server gave HTTP response',
        'backend-bad-answer',
        "'500 Internal Server Error' caused by: tls: failed to verify certificate: x509: cannot validate certificate for 172.18.0.3 because it doesn't contain any IP SANs",
        'Traefik and the service behind it do not agree on TLS.',
      ),
      causedBy(
        'client-closed',
        499,
        'context canceled',
        'closed-by-client',
        "'499 Client Closed Request' caused by: context canceled",
        'The client ended the request before the service answered.',
      ),
    ]),
    ...phrasesOf(command, [
      {
        id: 'config-refused',
        needle: 'command traefik error: ',
        pattern: /\bcommand traefik error: [^\n]{1,300}/,
        said: { means: 'config-refused' },
        example: 'command traefik error: field not found, node: tcp',
        explains:
          'Traefik does not start: it does not know a field of its configuration, or cannot read it. The words behind name the field.',
      },
    ]),
    ...phrasesOf(balancer, [
      {
        id: 'no-available-server',
        needle: 'no available server',
        pattern: /\bno available server\b/,
        said: { means: 'no-backend', status: 503 },
        example: 'no available server',
        explains: 'Traefik’s 503: the service has no server, or all fail their health check.',
      },
    ]),
    ...phrasesOf(allowed, [
      {
        id: 'address-refused',
        needle: 'Rejecting IP ',
        pattern: /\bRejecting IP [^\n]{1,200}/,
        said: { means: 'forbidden', status: 403 },
        example:
          '2026-05-01T10:00:00Z DBG Rejecting IP 203.0.113.9: "203.0.113.9" matched none of the trusted IPs',
        explains:
          'The IPAllowList middleware does not let this address in. Behind another proxy it may be that one’s.',
      },
    ]),
    ...phrasesOf(auth, [
      {
        id: 'sign-in',
        needle: 'uthentication failed',
        pattern: /\b(?:Digest a|A)uthentication failed\b[^\n]{0,100}\bmiddleware(?:Name|Type)=/,
        said: { means: 'unauthorized', status: 401 },
        example:
          '2026-05-01T10:00:00Z DBG Authentication failed middlewareName=users@file middlewareType=BasicAuth',
        explains: 'The middleware that asks for a user and password got none that it knows.',
      },
      {
        id: 'auth-unreachable',
        needle: 'Error calling http',
        pattern: /\bError calling https?:\/\/\S{1,500}\.? (?:Cause: |error=)[^\n]{1,300}/,
        said: { means: 'upgrade-not-allowed', status: 500 },
        example:
          'Error calling http://auth:4181. Cause: Get "http://auth:4181": dial tcp 10.0.0.7:4181: connect: connection refused',
        explains: 'The ForwardAuth middleware could not reach the address that it asks. Traefik answers 500.',
        fix: 'Start what ForwardAuth asks, or correct its address: without its answer Traefik refuses every request.',
      },
      {
        id: 'auth-refused',
        needle: 'Remote error http',
        pattern: /\bRemote error https?:\/\/\S{1,500}\. StatusCode: ([345]\d\d)\b/,
        said: ([, status]) => saidOfStatus(status),
        example: 'Remote error http://auth:4181. StatusCode: 401',
        explains:
          'What ForwardAuth asked did not let the request in. Traefik hands its answer to the client.',
      },
    ]),
    ...phrasesOf(upgrades, [
      {
        id: 'protocol',
        needle: 'tried to switch protocol',
        pattern: /\bbackend tried to switch protocol "[^"\n]{0,60}" when "[^"\n]{0,60}" was requested/,
        said: { means: 'backend-bad-answer', status: 502 },
        example: 'backend tried to switch protocol "h2c" when "websocket" was requested',
        explains: 'The backend’s 101 is not one for a WebSocket.',
      },
      {
        id: 'hijacker',
        needle: 'switch protocols using non-Hijacker',
        pattern: /\bcan't switch protocols using non-Hijacker ResponseWriter\b/,
        said: { means: 'upgrade-not-allowed' },
        example: "can't switch protocols using non-Hijacker ResponseWriter type *middleware.responseWriter",
        explains: 'A middleware of the proxy hides the connection: buffering, compression or retry.',
        fix: HIJACK,
      },
      {
        id: 'hijack-failed',
        needle: 'hijack failed on protocol switch',
        pattern: /\bhijack failed on protocol switch: [^\n"]{1,200}/i,
        said: { means: 'upgrade-not-allowed' },
        example:
          '500 Internal Server Error error="Hijack failed on protocol switch: not a hijacker: stdlib._net_http_ResponseWriter"',
        explains:
          'The backend answered 101, and a middleware on the way hides the connection that it must be handed over to. stdlib._net_http_ResponseWriter is the wrapper of a plugin that Traefik interprets.',
        fix: HIJACK,
      },
      {
        id: 'client-gone',
        needle: 'Error when copying from client to backend',
        pattern:
          /\bError when copying from client to backend: (?:websocket: close 1006 \(abnormal closure\)|read tcp |unexpected EOF|EOF)/,
        said: { means: 'client-hung-up' },
        example:
          'vulcand/oxy/forward/websocket: Error when copying from client to backend: websocket: close 1006 (abnormal closure): unexpected EOF',
        explains:
          'The client’s side ended TCP without a Close frame. Nothing of it is Traefik’s or the backend’s.',
      },
      {
        id: 'backend-gone',
        needle: 'Error when copying from backend to client',
        pattern:
          /\bError when copying from backend to client: (?:websocket: close 1006 \(abnormal closure\)|read tcp |unexpected EOF|EOF)/,
        said: { means: 'dropped' },
        example:
          'vulcand/oxy/forward/websocket: Error when copying from backend to client: websocket: close 1006 (abnormal closure): unexpected EOF',
        explains: 'The backend ended TCP without a Close frame.',
      },
      {
        id: 'peeking',
        needle: 'Error while Peeking first byte',
        pattern: /\bError while Peeking first bytes?: [^\n]{1,200}/,
        said: { means: 'ended' },
        example:
          'time="2026-05-01T10:00:00Z" level=error msg="Error while Peeking first byte: read tcp 10.0.0.2:443->203.0.113.9:51322: i/o timeout"',
        explains:
          'Somebody connected to an entry point and sent nothing: a browser’s spare connection, a health check. No WebSocket had begun.',
      },
    ]),
  ],
})
