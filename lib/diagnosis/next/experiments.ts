/** The experiments there are. Which of them is worth its effort is for `choose.ts`. */
import type { Experiment, Outcome } from '#lib/diagnosis/next/experiment.ts'
import { errorLogCommand, proxyName } from '#lib/diagnosis/next/proxy-logs.ts'
import { isUnopened } from '#lib/facts/ending/ending.ts'
import type { Facts } from '#lib/facts/facts.ts'
import type { Cause } from '#lib/playbook/cause.ts'
import { USUAL_HOLD_SECONDS } from '#lib/protocol/hold.ts'
import { type Code, joined } from '#lib/text/code.ts'
import { type Sentence, sentence } from '#lib/text/foreign.ts'
import { shell } from '#lib/text/shell.ts'

const LONGEST_HOLD_SECONDS = 3600

const ids = (...known: string[]): readonly string[] => known
const at =
  (...sides: Cause['side'][]): Outcome['causes'] =>
  ({ side }) =>
    sides.includes(side)
const before = ({ stage }: Cause): boolean => !['lost', 'closed', 'ailing'].includes(stage)
const row = (shows: Sentence, causes: Outcome['causes']): Outcome => ({ shows, causes })

const BY_SILENCE = ids('idle-timeout', 'no-heartbeat')
const BY_AGE = ids('max-lifetime', 'service-limit')
const RESTARTS = ids('proxy-restart', 'server-restarting', 'going-away')

const probe: Experiment = {
  id: 'probe',
  brings: ['probe'],
  effort: 0,
  plan: ({ target, ending }) =>
    // Where it opened, holding it tells more.
    target.url === undefined || opens(ending)
      ? undefined
      : {
          do: sentence`Probe the address: Why1006 opens it itself and sees the HTTP status, the headers and the TLS certificate.`,
          runs: {},
          command: diagnoseCommand(target.url.href),
        },
  outcomes: [
    row(sentence`It opens and stays open`, at('client')),
    row(sentence`It fails before it opens, and shows at which stage`, before),
    row(sentence`It opens and is dropped or closed`, (cause) => !before(cause)),
  ],
}

export const hold: Experiment = {
  id: 'hold',
  brings: ['retries.heartbeat_seconds'],
  effort: 0,
  plan: (facts) => {
    const { target, ending, cuts, probe: seen } = facts
    if (!target.url || !opens(ending)) return undefined
    const held = seen?.opened ? (seen.outcome.ms ?? 0) - (seen.answeredMs ?? 0) : 0
    const seconds = holdFor(cuts.any?.ageMs)
    // It was held for as long already, in silence.
    if (held >= seconds * 1000) return undefined
    return {
      do: sentence`Hold the connection for ${seconds} s without sending anything. If it drops, Why1006 tries again with a heartbeat.`,
      runs: { hold_seconds: seconds },
      command: diagnoseCommand(target.url.href, shell`--hold ${seconds}`),
    }
  },
  outcomes: [
    row(sentence`It drops, and with a heartbeat it stays open`, BY_SILENCE),
    row(sentence`It drops at the same age with a heartbeat too`, BY_AGE),
    row(sentence`It stays open without a heartbeat`, at('client', 'network')),
    row(sentence`It drops at another time, or with a Close frame`, (cause) => !before(cause)),
  ],
}

export const watch: Experiment = {
  id: 'watch',
  brings: ['peers'],
  effort: 3,
  plan: ({ target, ending, peers }) =>
    target.url === undefined || isUnopened(ending) || (peers?.known.ends ?? 0) > 2
      ? undefined
      : {
          do: sentence`Watch it until it has dropped three times, and compare how old each connection was.`,
          command: shell`npm run -s why1006 -- watch ${shell.word(target.url.href)}`,
        },
  outcomes: [
    row(sentence`Always at the same age`, BY_AGE),
    row(sentence`Always after the same time without data`, BY_SILENCE),
    row(sentence`Many connections at the same moment, whatever their age`, RESTARTS),
    row(sentence`No pattern`, (cause) => !before(cause)),
  ],
}

const direct: Experiment = {
  id: 'direct',
  brings: ['retries.url'],
  effort: 1,
  plan: ({ target, retries }) =>
    !target.url || retries.direct.length > 0
      ? undefined
      : {
          do: sentence`Try the server without the proxy: from the machine of the proxy, at the address that the proxy passes requests to.`,
          runs: { asks: 'direct' },
          command: diagnoseCommand(target.url.href, shell`--direct ws://YOUR_BACKEND:YOUR_PORT`),
        },
  outcomes: [
    row(sentence`It works there, so the fault is in front of the server`, at('proxy')),
    row(sentence`It fails in the same way, so the fault is in the server`, at('server')),
  ],
}

const origin: Experiment = {
  id: 'origin',
  brings: ['retries.origin'],
  effort: 0,
  plan: ({ target, retries, ending }) =>
    !target.url || retries.origin.length > 0 || !isUnopened(ending)
      ? undefined
      : {
          do: sentence`Try with the server’s own address as the Origin.`,
          runs: { origin: ownOrigin(target.url) },
          command: diagnoseCommand(target.url.href, shell`--origin ${shell.word(ownOrigin(target.url))}`),
        },
  outcomes: [
    row(sentence`It opens`, ids('origin-rejected', 'origin-missing', 'origin-rewritten')),
    row(sentence`It is refused in the same way`, at('server', 'proxy')),
  ],
}

const credentials: Experiment = {
  id: 'credentials',
  brings: [],
  effort: 1,
  plan: ({ target, answer }) =>
    !target.url || !answer || ![400, 401, 403, 404].includes(answer.status)
      ? undefined
      : {
          do: sentence`Try with the cookie or token of a signed-in user.`,
          runs: { asks: 'headers' },
          command: diagnoseCommand(target.url.href, shell`--header 'Cookie: YOUR_COOKIE'`),
        },
  outcomes: [
    row(sentence`It opens`, ids('authentication-required', 'forbidden')),
    row(sentence`It is refused in the same way`, at('server', 'proxy')),
  ],
}

/** A refusal alone does not tell a rule from a path that nobody knows. */
const routes: Experiment = {
  id: 'routes',
  brings: [],
  effort: 0,
  plan: ({ target, answer }) =>
    !target.url || answer?.status !== 403 || target.pathname === '/'
      ? undefined
      : {
          do: sentence`Compare ${target.pathname} with the WebSocket routes in your server’s code, to the last slash. Some servers answer 403 to a path that they do not know.`,
        },
  outcomes: [
    row(sentence`It is not among them`, ids('path-not-found')),
    row(sentence`It is, so a rule refuses this request`, at('server', 'proxy')),
  ],
}

const errorLog: Experiment = {
  id: 'proxy-error-log',
  brings: ['proxy.error_log'],
  effort: 2,
  plan: (facts) => {
    const command = errorLogCommand(facts)
    return {
      do: sentence`Paste the lines that ${proxyName(facts)} wrote to its error log in the minute of the failure.`,
      pastes: true,
      ...(command && { command }),
    }
  },
  outcomes: [
    row(
      sentence`It could not connect to the server`,
      ids('backend-unreachable', 'wrong-address', 'connection-refused'),
    ),
    row(
      sentence`The server closed the connection too early`,
      ids('backend-handshake-failure', 'backend-dropped', 'server-without-websocket'),
    ),
    row(sentence`A timer ran out (“timed out”)`, ids('idle-timeout', 'gateway-timeout', 'handshake-timeout')),
    row(sentence`A rule or limit of the proxy refused the request`, ids('forbidden', 'rate-limited')),
    row(sentence`A reload, a restart or a signal`, RESTARTS),
    row(
      sentence`Another error of the proxy`,
      ids('proxy-misconfigured', 'request-too-large', 'peer-not-reading'),
    ),
    row(sentence`No line for this connection`, at('server', 'client', 'network')),
  ],
}

const configuration: Experiment = {
  id: 'proxy-configuration',
  brings: ['proxy.config'],
  effort: 2,
  plan: (facts) => ({
    do: sentence`Paste the configuration of ${proxyName(facts)} for this address.`,
    pastes: true,
    ...(isNginx(facts) && { command: shell`nginx -T` }),
  }),
  outcomes: [
    row(
      sentence`It does not pass the Upgrade header, or changes Host or Origin`,
      ids('upgrade-headers-stripped', 'upstream-http-version', 'origin-rewritten'),
    ),
    row(sentence`It has a timer that fits`, ids('idle-timeout', 'max-lifetime', 'gateway-timeout')),
    row(sentence`It refuses or limits this path`, ids('forbidden', 'rate-limited', 'request-too-large')),
    row(sentence`It sends this path elsewhere`, ids('path-not-found', 'redirected', 'wrong-address')),
    row(sentence`It passes WebSockets correctly`, at('server', 'client', 'network')),
  ],
}

const serverLog: Experiment = {
  id: 'server-log',
  brings: ['server'],
  effort: 2,
  plan: () => ({
    do: sentence`Paste what your server logged in the minute of the failure.`,
    pastes: true,
  }),
  outcomes: [
    row(sentence`Nothing: the request or the close never arrived there`, at('proxy', 'network', 'client')),
    row(
      sentence`An exception or a crash`,
      ids('backend-dropped', 'server-error', 'internal-error', 'handshake-closed'),
    ),
    row(
      sentence`A refusal, with its reason`,
      ids('forbidden', 'origin-rejected', 'authentication-required', 'policy-violation', 'path-not-found'),
    ),
    row(sentence`A start, a stop or a deployment`, ids('server-restarting', 'going-away')),
    row(sentence`A ping that went unanswered`, ids('pong-timeout', 'half-open', 'client-suspended')),
    row(sentence`Any other line about this connection`, at('server')),
  ],
}

const browserConsole: Experiment = {
  id: 'browser-console',
  brings: ['browser.console'],
  effort: 2,
  plan: ({ page, stack }) =>
    page.by === 'client' && page.watched && !stack.client.includes('browser')
      ? undefined
      : {
          do: sentence`Open the browser’s developer tools, reload the page, and paste what the console says about the connection.`,
          pastes: true,
        },
  outcomes: [
    row(sentence`A net::ERR_… code of DNS, TCP or TLS`, ({ stage }) => ['dns', 'tcp', 'tls'].includes(stage)),
    row(sentence`“Unexpected response code”`, ({ stage }) => stage === 'handshake'),
    row(sentence`Mixed content, a policy or a permission`, ({ stage }) => stage === 'page'),
    row(
      sentence`“Invalid frame header” or another protocol error`,
      ids('protocol-error', 'upgrade-handled-twice', 'compression-error', 'extension-mismatch'),
    ),
    row(
      sentence`Suspended, changed or lost network`,
      ids('client-suspended', 'network-changed', 'browser-offline'),
    ),
  ],
}

const elsewhere: Experiment = {
  id: 'elsewhere',
  brings: ['elsewhere'],
  effort: 3,
  plan: ({ ending }) =>
    ending.kind === 'unseen'
      ? undefined
      : {
          do: sentence`Try the same address from another network, such as a phone, and in a private window without extensions. Paste one line such as “works from my phone”.`,
          pastes: true,
        },
  outcomes: [
    row(sentence`It works there`, at('client', 'network')),
    row(sentence`It fails there too`, at('server', 'proxy')),
  ],
}

export const experiments: readonly Experiment[] = [
  probe,
  hold,
  origin,
  direct,
  credentials,
  routes,
  browserConsole,
  errorLog,
  serverLog,
  configuration,
  elsewhere,
  watch,
]

const opens = (ending: Facts['ending']): boolean =>
  !isUnopened(ending) && ending.kind !== 'lost' && ending.kind !== 'unseen'

/** Half as long again as it lasted before, and never shorter than the common timers. */
function holdFor(ageMs: number | undefined): number {
  const long = Math.ceil(((ageMs ?? 0) * 1.5) / 5000) * 5
  return Math.min(LONGEST_HOLD_SECONDS, Math.max(USUAL_HOLD_SECONDS, long))
}

const ownOrigin = (url: URL): string => `${url.protocol === 'wss:' ? 'https' : 'http'}://${url.host}`

const isNginx = ({ stack, proxy }: Facts): boolean => proxy.kind === 'nginx' || stack.proxy.includes('nginx')

function diagnoseCommand(url: string, ...options: Code<'shell'>[]): Code<'shell'> {
  return joined([shell`npm run -s why1006 -- diagnose ${shell.word(url)}`, ...options], ' ')
}
