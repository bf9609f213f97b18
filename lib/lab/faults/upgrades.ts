/** Faults in the answer to the handshake, which proxies pass on without a look. */
import { defineFault } from '#lib/lab/fault.ts'
import { oneOf, seconds } from '#lib/lab/knob.ts'

export const upgradeFaults = {
  'bad-accept': defineFault({
    title: 'Invalid 101 response',
    family: 'upgrade',
    says: 'Corrupts one header of the 101 response, most often Sec-WebSocket-Accept.',
    met: 'A home-made server, a cache, or a proxy that replays another handshake’s answer.',
    sees: 'Never opens, 1006, although the server accepted it and wrote so.',
    knobs: {
      problem: oneOf(
        'What is wrong with the answer',
        [
          'accept-wrong',
          'accept-missing',
          'upgrade-wrong',
          'upgrade-missing',
          'connection-missing',
          'extension',
        ],
        'accept-wrong',
      ),
    },
    shows: { outcome: 'fault', causes: ['invalid-handshake-response'] },
    open: { endpoint: '/ws/health' },
    real: ['nginx', 'haproxy', 'caddy'],
  }),
  'no-subprotocol': defineFault({
    title: 'Subprotocol not agreed',
    family: 'upgrade',
    says: 'Takes the subprotocol out of the 101, or names one that was not asked for.',
    met: 'A server that does not know the client’s subprotocol, or a proxy that drops the header.',
    sees: 'Never opens, 1006, although the server accepted it. Without a subprotocol it would open.',
    knobs: {
      answer: oneOf('What the answer names', ['none', 'other'], 'none'),
    },
    shows: { outcome: 'fault', causes: ['subprotocol-mismatch'] },
    open: { endpoint: '/ws/health', subprotocols: ['chat'] },
    real: [],
  }),
  'slow-handshake': defineFault({
    title: 'Slow handshake',
    family: 'upgrade',
    says: 'Delays the 101 response; TCP connects at once.',
    met: 'A server that authenticates, queries or starts something before it answers.',
    sees: 'Connecting for seconds, then open and well.',
    knobs: {
      after_seconds: seconds('How long the answer is kept back', { default: 5, min: 0, max: 300 }),
    },
    shows: { outcome: 'fault', causes: ['slow-handshake', 'server-stalled'] },
    open: { endpoint: '/ws/health' },
    real: [],
  }),
  'handshake-closed': defineFault({
    title: 'Closed before an answer',
    family: 'upgrade',
    says: 'Takes the request and ends the connection without a byte in reply.',
    met: 'A process that dies on the request, a TCP balancer without a healthy backend, a firewall.',
    sees: 'Never opens, 1006 at once. TCP connects and ends without a byte of HTTP.',
    knobs: {
      end: oneOf('TCP ending (FIN or RST)', ['fin', 'rst'], 'fin'),
    },
    shows: { outcome: 'fault', causes: ['handshake-closed'] },
    open: { endpoint: '/ws/health' },
    real: [],
  }),
}
