/** Faults of a connection that stays open: late, slow, one-sided, or deaf. */
import { defineFault } from '#lib/lab/fault.ts'
import { oneOf, seconds, wholeNumber } from '#lib/lab/knob.ts'

/** Every second, and with patience: a busy browser must not be given up for what it is not. */
const beats = { ping_interval: '1', ping_timeout: '0.9' }

export const flowFaults = {
  latency: defineFault({
    title: 'Latency and jitter',
    family: 'flow',
    says: 'Delays every byte, in order, by a fixed time and a random one.',
    met: 'A far region, a mobile network, a VPN.',
    sees: 'Open, every round trip slow: see the chart. Nothing fails.',
    knobs: {
      delay_ms: wholeNumber('milliseconds', 'Delay in each direction', { default: 250, min: 0, max: 10_000 }),
      jitter_ms: wholeNumber('milliseconds', 'Added at random, up to this', {
        default: 100,
        min: 0,
        max: 10_000,
      }),
    },
    shows: { outcome: 'fault', causes: ['slow-round-trip'] },
    open: { endpoint: '/ws/health', query: { ping_interval: '2' } },
    real: [],
  }),
  bandwidth: defineFault({
    title: 'Low bandwidth',
    family: 'flow',
    says: 'Limits the rate in each direction.',
    met: 'A mobile network in a crowd, a traffic shaper.',
    sees: 'Open; the page asks every few seconds and waits seconds for each answer.',
    knobs: {
      bytes_per_second: wholeNumber('bytes per second', 'What passes in each direction', {
        default: 60,
        min: 16,
        max: 10_000_000,
      }),
    },
    shows: { outcome: 'fault', causes: ['slow-round-trip'] },
    open: { endpoint: '/ws', query: { ping_interval: '10', ping_timeout: '9' }, page_pings_seconds: 3 },
    real: [],
  }),
  'delayed-delivery': defineFault({
    title: 'Delivered in bursts',
    family: 'flow',
    says: 'Collects what the server sends and delivers it in bursts.',
    met: 'A middlebox that buffers a response, an antivirus that scans it, compression without flush.',
    sees: 'Open; beats are written every second and arrive three at a time.',
    knobs: {
      every_seconds: seconds('Time between two bursts', { default: 3, min: 0.1, max: 120 }),
      held: oneOf(
        'What waits for the burst; when pings wait too, the server may give up on the client',
        ['messages', 'everything'],
        'messages',
      ),
    },
    shows: { outcome: 'fault', causes: ['delayed-delivery'] },
    open: { endpoint: '/ws/health', query: beats },
    real: [],
  }),
  'drop-pongs': defineFault({
    title: 'Pongs lost',
    family: 'flow',
    says: 'Drops the client’s pongs. Everything else passes.',
    met: 'A client that never answers pings, or a blocked one; a proxy that knows only messages.',
    sees: 'The server misses a pong and terminates; the page gets 1006 while messages still came.',
    knobs: {},
    shows: { outcome: 'fault', causes: ['pong-timeout', 'half-open'] },
    open: { endpoint: '/ws/health', query: { ping_interval: '2', ping_timeout: '1' } },
    real: [],
  }),
  'half-open': defineFault({
    title: 'Half-open',
    family: 'flow',
    says: 'Stops forwarding in both directions but keeps both connections open.',
    met: 'A cable pulled, a laptop asleep, a NAT entry gone, an edge that drops without telling.',
    sees: 'The page stays open and silent. The server misses a pong and ends its side; the page is never told.',
    knobs: {
      after_seconds: seconds('Goes silent after', { default: 3, min: 0, max: 3600 }),
    },
    shows: { outcome: 'fault', causes: ['half-open', 'pong-timeout'] },
    open: { endpoint: '/ws/health', query: { ping_interval: '2', ping_timeout: '1' } },
    real: [],
  }),
  stall: defineFault({
    title: 'Event loop blocked',
    family: 'flow',
    says: 'Uses a separate backend process and blocks its event loop.',
    met: 'A long computation, synchronous input and output, a garbage collection, a stopped container.',
    sees: 'No beat for seconds, then all at once. The server’s own events stop meanwhile.',
    knobs: {
      after_seconds: seconds('Age of the connection at which it stalls', { default: 3, min: 0, max: 300 }),
      for_seconds: seconds('How long no data flows', { default: 4, min: 0.1, max: 60 }),
      when: oneOf('Whether the handshake is already hit', ['open', 'handshake'], 'open'),
    },
    shows: { outcome: 'fault', causes: ['server-stalled'] },
    open: { endpoint: '/ws/health', query: beats },
    real: [],
  }),
}
