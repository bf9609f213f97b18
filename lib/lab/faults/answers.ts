/** Faults in which a proxy answers in place of the backend, with the answer of the real one. */
import { defineFault } from '#lib/lab/fault.ts'
import { oneOf, seconds, wholeNumber } from '#lib/lab/knob.ts'

const speaker = oneOf('Respond as', ['nginx', 'haproxy', 'apache', 'caddy'], 'nginx')

export const answerFaults = {
  'bad-gateway': defineFault({
    title: 'Backend down behind a proxy',
    family: 'answer',
    says: 'Responds like a proxy that cannot reach its backend: 502, or 503 from HAProxy and Apache.',
    met: 'A proxy in front of a process that is not running or listens elsewhere.',
    sees: 'Never opens, 1006. No event of the server: the request did not reach it.',
    knobs: { proxy: speaker },
    shows: {
      outcome: 'undetermined',
      causes: ['backend-unreachable', 'backend-handshake-failure', 'gateway-timeout', 'proxy-misconfigured'],
    },
    open: { endpoint: '/ws/health' },
    real: ['nginx', 'haproxy', 'apache', 'caddy'],
  }),
  'gateway-timeout': defineFault({
    title: 'Backend never answers',
    family: 'answer',
    says: 'Waits, then answers as a proxy does whose backend accepted the connection and said nothing.',
    met: 'A proxy in front of a hung process: 504 from nginx and HAProxy, 502 from Apache.',
    sees: 'Connecting for as long as the proxy waits, then 1006. No event of the server.',
    knobs: {
      after_seconds: seconds('How long the proxy waits for the backend', { default: 3, min: 0, max: 300 }),
      proxy: oneOf('Respond as', ['nginx', 'haproxy', 'apache'], 'nginx'),
    },
    shows: { outcome: 'fault', causes: ['gateway-timeout', 'backend-unreachable'] },
    open: { endpoint: '/ws/health' },
    real: ['nginx', 'haproxy', 'apache'],
  }),
  redirect: defineFault({
    title: 'Redirected',
    family: 'answer',
    says: 'Answers with a redirect, which no browser follows for a WebSocket.',
    met: 'A rule that sends http to https, adds a slash, or sends strangers to a login page.',
    sees: 'Never opens, 1006 at once. Your page sees neither the status nor where it points. The probe does.',
    knobs: {
      to: oneOf(
        'Where it points: https (301), the path with a slash (301), a login page (302)',
        ['https', 'slash', 'login'],
        'https',
      ),
    },
    shows: { outcome: 'fault', causes: ['redirected'] },
    open: { endpoint: '/ws/health' },
    real: ['nginx', 'haproxy', 'caddy'],
  }),
  'spa-fallback': defineFault({
    title: 'App page instead of a WebSocket',
    family: 'answer',
    says: 'Answers 200 with an index.html, as a single-page app’s fallback does for any path.',
    met: 'try_files … /index.html where no location proxies the WebSocket’s path.',
    sees: 'Never opens, 1006 at once. The probe finds HTTP 200 and a page where a 101 should be.',
    knobs: {},
    shows: {
      outcome: 'fault',
      causes: ['path-not-found', 'not-a-websocket-endpoint', 'upgrade-headers-stripped'],
    },
    open: { endpoint: '/ws/health' },
    real: ['nginx', 'caddy'],
  }),
  unauthorized: defineFault({
    title: 'Authentication required',
    family: 'answer',
    says: 'Answers 401 with WWW-Authenticate, or 407 as a forward proxy does.',
    met: 'auth_basic over the whole site, an API gateway that wants a token, a company’s proxy.',
    sees: 'Never opens, 1006 at once. Script does not see the 401; the probe does, with what is asked for.',
    knobs: {
      scheme: oneOf('What is asked for; proxy answers 407', ['basic', 'bearer', 'proxy'], 'basic'),
    },
    shows: { outcome: 'fault', causes: ['authentication-required'] },
    open: { endpoint: '/ws/health' },
    real: ['nginx'],
  }),
  'rate-limited': defineFault({
    title: 'Too many attempts',
    family: 'answer',
    says: 'Answers 429 with Retry-After, or nginx’s 503 of limit_conn and limit_req.',
    met: 'limit_req or limit_conn in nginx, an API gateway’s quota, an application’s own limit.',
    sees: 'Never opens, 1006 at once. The probe sees the status and Retry-After.',
    knobs: {
      status: oneOf('The status', ['429', '503'], '429'),
      retry_after_seconds: wholeNumber('seconds', 'Value of Retry-After, sent with 429; 0 leaves it out', {
        default: 30,
        min: 0,
        max: 3600,
      }),
    },
    shows: { outcome: 'fault', causes: ['rate-limited'] },
    open: { endpoint: '/ws/health' },
    real: ['nginx'],
  }),
}
