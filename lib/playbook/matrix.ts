/**
 * The eight symptoms that people search for, and the causes each stands for: the likeliest first.
 * `correction` puts right what is often said about the symptom and does not hold; `source` is where that stands.
 */

export type Symptom = {
  id: string
  /** What a person sees, in the words they would use. */
  seen: string
  /** Ids of the catalogue. */
  causes: readonly [string, ...string[]]
  /** One sentence, in Markdown with code only. */
  correction?: string
  source?: { title: string; url: string }
}

export const symptoms: readonly Symptom[] = [
  {
    id: 'immediately',
    seen: '1006 immediately on connect',
    causes: [
      'connection-refused',
      'upgrade-headers-stripped',
      'path-not-found',
      'not-a-websocket-endpoint',
      'server-without-websocket',
      'wrong-address',
      'closed-by-page',
      'backend-unreachable',
      'tls-untrusted',
      'tls-on-plain-port',
      'dns-failure',
    ],
    correction:
      'A `curl` with `Connection` and `Upgrade` alone proves nothing: without `Sec-WebSocket-Key` and `Sec-WebSocket-Version: 13` a correct server refuses it.',
    source: { title: 'RFC 6455 §4.2.1', url: 'https://www.rfc-editor.org/rfc/rfc6455#section-4.2.1' },
  },
  {
    id: 'idle',
    seen: '1006 after about 60 s idle',
    causes: ['idle-timeout', 'no-heartbeat', 'pong-timeout', 'client-ping-timeout', 'client-stalled'],
    correction:
      'In nginx, `proxy_read_timeout` sets the idle limit. `proxy_send_timeout` does not: it only applies between two writes.',
    source: {
      title: 'nginx, proxy_send_timeout',
      url: 'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_send_timeout',
    },
  },
  {
    id: 'mixed-content',
    seen: '1006 with a mixed content warning',
    causes: ['mixed-content', 'csp-blocked'],
    correction:
      'Chromium throws a SecurityError from the constructor, so there is no close code at all; `ws://localhost` is allowed from an https page.',
    source: { title: 'W3C Mixed Content', url: 'https://www.w3.org/TR/mixed-content/' },
  },
  {
    id: 'random',
    seen: '1006 at random during use',
    causes: [
      'middlebox-reset',
      'backend-dropped',
      'pong-timeout',
      'protocol-error',
      'compression-error',
      'upgrade-handled-twice',
      'proxy-restart',
      'client-suspended',
      'network-changed',
      'client-side-interference',
      'half-open',
      'peer-not-reading',
    ],
    correction:
      'It is rarely random. Same idle time: an idle timeout. Same age: a lifetime limit. Same moment for many connections: a reload.',
  },
  {
    id: 'never',
    seen: 'Never connects',
    causes: [
      'connect-timeout',
      'handshake-timeout',
      'host-unreachable',
      'gateway-timeout',
      'blocked-port',
      'browser-socket-limit',
      'http2-websocket',
      'client-side-interference',
      'slow-handshake',
    ],
  },
  {
    id: 'forbidden',
    seen: '403 during the handshake',
    causes: ['origin-rejected', 'origin-rewritten', 'origin-missing', 'forbidden', 'path-not-found'],
    correction: 'JavaScript sees a 403 as 1006. Code 1008 needs an open connection.',
    source: {
      title: 'WHATWG WebSockets, failing the connection',
      url: 'https://websockets.spec.whatwg.org/#feedback-from-the-protocol',
    },
  },
  {
    id: 'no-messages',
    seen: 'Connects, but no messages',
    causes: [
      'serialization-mismatch',
      'delayed-delivery',
      'subprotocol-mismatch',
      'application-protocol-mismatch',
      'half-open',
      'server-stalled',
    ],
    correction:
      'The serializer is the trap, whichever library it is. Both ends must agree on JSON text frames, and `proxy_buffering` has no effect once nginx has upgraded.',
    source: {
      title: 'nginx, ngx_http_upstream.c',
      url: 'https://github.com/nginx/nginx/blob/master/src/http/ngx_http_upstream.c',
    },
  },
  {
    id: 'behind-a-proxy',
    seen: 'Intermittent 1006 behind a proxy',
    causes: [
      'proxy-restart',
      'max-lifetime',
      'idle-timeout',
      'backend-unreachable',
      'backend-handshake-failure',
      'rate-limited',
      'sticky-session-missing',
      'service-limit',
      'upstream-http-version',
    ],
    correction:
      'nginx logs its own idle cut only at level `info`, so an empty error log does not exclude it. Look for access lines with status 101 and equal `$request_time`.',
    source: {
      title: 'nginx, ngx_http_upstream.c',
      url: 'https://github.com/nginx/nginx/blob/master/src/http/ngx_http_upstream.c',
    },
  },
]
