/** Faults that change the handshake's request on its way; what the backend then answers travels back. */
import { defineFault } from '#lib/lab/fault.ts'
import { oneOf } from '#lib/lab/knob.ts'

export const requestFaults = {
  'strip-upgrade-headers': defineFault({
    title: 'Upgrade headers stripped',
    family: 'request',
    says: 'Leaves Upgrade and Connection out of the request, so that the backend sees an ordinary GET.',
    met: 'nginx without proxy_set_header Upgrade and Connection; hop-by-hop headers end at each proxy.',
    sees: 'Never opens, 1006. The server’s attempt has no Upgrade header, and it answered 426.',
    knobs: {
      missing: oneOf('Which of the two headers is lost', ['both', 'upgrade', 'connection'], 'both'),
    },
    shows: { outcome: 'fault', causes: ['upgrade-headers-stripped'] },
    open: { endpoint: '/ws/health' },
    real: ['nginx', 'apache'],
  }),
  'http10-upstream': defineFault({
    title: 'HTTP/1.0 to the backend',
    family: 'request',
    says: 'Asks the backend in HTTP/1.0, in which there is no upgrade; this server, like many, answers 400.',
    met: 'nginx before 1.29.7 without proxy_http_version 1.1.',
    sees: 'Never opens, 1006. The server’s attempt came in HTTP/1.0, and it answered 400.',
    knobs: {},
    shows: { outcome: 'fault', causes: ['upstream-http-version'] },
    open: { endpoint: '/ws/health' },
    real: ['nginx'],
  }),
  'origin-rejected': defineFault({
    title: 'Origin not allowed',
    family: 'request',
    says: 'Connects to a backend that does not allow this page’s origin.',
    met: 'A server whose ALLOWED_ORIGINS does not name the page’s origin.',
    sees: 'Never opens, 1006, and the server writes “403 FORBIDDEN: Origin not in allowed list”. With 1008 it opens and is closed at once.',
    knobs: {
      answer: oneOf(
        'How the backend turns it away: HTTP 403, or opened and closed with 1008',
        ['403', '1008'],
        '403',
      ),
    },
    shows: { outcome: 'fault', causes: ['origin-rejected'] },
    open: { endpoint: '/ws/health' },
    real: [],
  }),
  'foreign-host': defineFault({
    title: 'Host or Origin changed on the way',
    family: 'request',
    says: 'Replaces Host or Origin with the backend’s name. Backends that compare them refuse.',
    met: 'nginx without proxy_set_header Host, in front of a framework that checks the origin against the host.',
    sees: 'Never opens, 1006. The Host or Origin that the server received is not the one that the page sent.',
    knobs: {
      changed: oneOf('Which header the proxy fills with the backend’s own name', ['host', 'origin'], 'host'),
    },
    shows: { outcome: 'fault', causes: ['origin-rewritten'] },
    open: { endpoint: '/ws/health' },
    real: ['nginx'],
  }),
}
