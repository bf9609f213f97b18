/** Faults inside the frames: violations of RFC 6455, and messages that the application cannot read. */
import { defineFault } from '#lib/lab/fault.ts'
import { oneOf, seconds, wholeNumber } from '#lib/lab/knob.ts'

const after = seconds('Age at which the frame is sent, at the end of the frame that is on its way', {
  default: 2,
  min: 0,
  max: 3600,
})
const violation = { outcome: 'fault', causes: ['protocol-error'] } as const

/** Every second, and with patience: a busy browser must not be given up for what it is not. */
const beats = { ping_interval: '1', ping_timeout: '0.9' }

export const frameFaults = {
  'masked-frame': defineFault({
    title: 'Masked frame from the server',
    family: 'frame',
    says: 'Sends the client a masked text frame, which only clients may send (RFC 6455 §5.1).',
    met: 'A home-made server, or a proxy that puts a client’s bytes into the wrong direction.',
    sees: 'Open, then an error event and 1006. Your page learns nothing more. The console says what was wrong.',
    knobs: { after_seconds: after },
    shows: violation,
    open: { endpoint: '/ws/health' },
    real: [],
  }),
  'bad-utf8': defineFault({
    title: 'Text that is not UTF-8',
    family: 'frame',
    says: 'Sends the client a text frame whose bytes are not UTF-8 (RFC 6455 §8.1).',
    met: 'A server that sends Latin-1, or compressed or encrypted bytes, as text.',
    sees: 'Open, then an error event and 1006: the browser answers with close code 1002.',
    knobs: { after_seconds: after },
    shows: violation,
    open: { endpoint: '/ws/health' },
    real: [],
  }),
  'reserved-bits': defineFault({
    title: 'Reserved bit set',
    family: 'frame',
    says: 'Sends the client a frame with RSV1 set, though no extension was agreed (RFC 6455 §5.2).',
    met: 'A server or proxy that compresses without having agreed on permessage-deflate.',
    sees: 'Open, then an error event and 1006: the console names the reserved bit.',
    knobs: { after_seconds: after },
    shows: { outcome: 'fault', causes: ['protocol-error', 'extension-mismatch'] },
    open: { endpoint: '/ws/health' },
    real: [],
  }),
  'truncated-frame': defineFault({
    title: 'Frame cut short',
    family: 'frame',
    says: 'Announces a text frame, sends half of it and ends TCP.',
    met: 'A process killed in the middle of a message, a proxy that runs out of buffer.',
    sees: 'Open, then 1006 without an error event: half a message is thrown away unseen.',
    knobs: {
      after_seconds: after,
      announced_bytes: wholeNumber('bytes', 'Length that the frame announces', {
        default: 1024,
        min: 2,
        max: 1_048_576,
      }),
    },
    shows: {
      outcome: 'fault',
      // Within a second of opening no timer is to blame; later, whatever is between both sides is in question too.
      causes: ['backend-dropped', 'proxy-restart', 'max-lifetime', 'idle-timeout'],
    },
    open: { endpoint: '/ws/health' },
    real: [],
  }),
  oversize: defineFault({
    title: 'Message too big',
    family: 'frame',
    says: 'Makes a message from the client larger than the server takes, so that the server closes with 1009.',
    met: 'A file or a picture sent in one message, above WS_MAX_PAYLOAD or a gateway’s limit.',
    sees: 'Closed by the server with 1009, though the page sent nothing of that size.',
    knobs: {
      after_seconds: after,
      announced_bytes: wholeNumber('bytes', 'Length of the message that the server is told of', {
        default: 300_000_000,
        min: 1,
        max: 2_000_000_000,
      }),
    },
    shows: { outcome: 'fault', causes: ['message-too-big'] },
    open: { endpoint: '/ws/health' },
    real: [],
  }),
  'serialization-mismatch': defineFault({
    title: 'Unreadable messages',
    family: 'frame',
    says: 'Changes the server’s text messages: not JSON, JSON in another envelope, or binary for text.',
    met: 'Two sides that were deployed apart, or one that serializes with another library.',
    sees: 'Open, but the page cannot parse any message.',
    knobs: {
      form: oneOf(
        'What becomes of each text message',
        ['invalid-json', 'wrong-envelope', 'binary'],
        'invalid-json',
      ),
    },
    shows: { outcome: 'fault', causes: ['serialization-mismatch'] },
    open: { endpoint: '/ws/health', query: beats },
    real: [],
  }),
}
