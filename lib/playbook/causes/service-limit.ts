import { closeTo } from '#lib/facts/cut.ts'
import type { Facts } from '#lib/facts/facts.ts'
import type { Told } from '#lib/facts/told-line.ts'
import {
  type Because,
  defineCause,
  likely,
  possible,
  ruledOut,
  type Signal,
  say,
  strong,
  weighed,
} from '#lib/playbook/cause.ts'
import { type Rule, ruleOf, serviceOf } from '#lib/playbook/intermediaries/services.ts'
import { dropFinding } from '#lib/playbook/weighing/drop-finding.ts'
import { durationWords } from '#lib/playbook/weighing/duration-words.ts'
import type { Fix } from '#lib/text/fix.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

/** The age at which this connection, or all of them, ended. */
const ageOf = ({ cuts, peers }: Facts): number | undefined => cuts.any?.ageMs ?? peers?.ages?.valueMs

const rulesOf = ({ target }: Facts): readonly Rule[] => serviceOf(target.host)?.rules ?? []

/** The silence after which this connection, or all of them, ended. */
const silenceOf = ({ cuts, peers }: Facts): number | undefined =>
  cuts.any?.silenceMs ?? peers?.silences?.valueMs

type Fitting = { rule: Rule; because: Because }

/** The rule of a silence that fits the one before the end. */
function idleRule(facts: Facts): Fitting | undefined {
  const silenceMs = silenceOf(facts)
  const rule = rulesOf(facts).find(
    ({ idleSeconds }) =>
      idleSeconds !== undefined && silenceMs !== undefined && closeTo(silenceMs, idleSeconds * 1000),
  )
  return rule && { rule, because: say(sentence`${rule.says}`, 'target.url') }
}

/** The rule of a lifetime that fits the age of the connection. */
function lifetimeRule(facts: Facts): Fitting | undefined {
  const ageMs = ageOf(facts)
  const rule = rulesOf(facts).find(
    ({ lifetimeSeconds }) =>
      lifetimeSeconds !== undefined && ageMs !== undefined && closeTo(ageMs, lifetimeSeconds * 1000),
  )
  return rule && { rule, because: say(sentence`${rule.says}`, 'target.url') }
}

function signals(facts: Facts): Signal[] {
  const aged = lifetimeRule(facts)
  const fitting = aged ?? idleRule(facts)
  const when = aged ? sentence`The connection ended at that age` : sentence`It ended after that silence`
  return fitting ? [strong(fitting.because), strong(say(when, facts.cuts.any?.from ?? 'peers'))] : []
}

/** Pusher’s and Reverb’s 4004: the application has as many connections as it may have. */
const overQuota = ({ told }: Facts): Told | undefined =>
  [...told.application, ...told.client].find(
    ({ application, close }) => application === 'pusher' && close?.code === 4004,
  )

export default defineCause({
  id: 'service-limit',
  stage: 'lost',
  side: 'server',
  title: 'Service limit reached',
  symptom: 'Connections to a public service end at a fixed age, or after too many messages.',
  endings: ['dropped', 'closed', 'answered', 'lost'],
  needs: ['peers', 'client'],

  signals,

  test: (facts, heard) => {
    const { ending, target, answer } = facts
    const service = serviceOf(target.host)
    const quota = overQuota(facts)
    if (quota) return weighed(likely(say(quota.detail, quota.from)), 0.8)
    if (!service)
      return ruledOut(say('The address is of no service whose rules are known here', 'target.url'))
    if (ending.kind === 'closed') {
      const named = ruleOf(target.host, ending.code)
      if (named && ending.by === 'peer')
        return weighed(likely(...ending.because, say(sentence`${named.says}`, 'target.url')), 0.7)
      const fitting = lifetimeRule(facts) ?? idleRule(facts)
      return fitting
        ? weighed(likely(...ending.because, fitting.because), 0.9)
        : weighed(possible(...ending.because), 0.2)
    }
    if (ending.kind === 'answered')
      return answer?.status === 429 ? weighed(possible(...ending.because), 0.4) : ruledOut(...ending.because)
    const finding = dropFinding(facts, heard, 0.3)
    // The service’s own rule says more than the age alone.
    return finding.is === 'likely' ? weighed(finding, 0.9) : finding
  },

  explain: {
    wire: 'Public services document how long a connection lives, how many messages it sends, and how many one key can have. Binance ends each after 24 h, AWS API Gateway after 2 h or 10 min of silence. Discord closes with 4008 after too many events.',
    browser: 'Your page sees 1006 where the service just hangs up, else its close code.',
    sure: 'Compare the age of the connection, and your rate of messages, with the service’s documentation.',
    sources: [
      {
        title: 'Binance, WebSocket streams',
        url: 'https://developers.binance.com/docs/binance-spot-api-docs/web-socket-streams',
      },
      {
        title: 'AWS, quotas of API Gateway WebSocket APIs',
        url: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html',
      },
      { title: 'Discord, Gateway', url: 'https://docs.discord.com/developers/events/gateway' },
    ],
  },

  fix: (facts) => {
    if (overQuota(facts))
      return {
        summary: sentence`The application has as many connections as it may have. Raise that number: Pusher’s plan has it, and max_connections in Reverb’s config/reverb.php. Or open fewer: one connection a page, and none where it is not needed.`,
        changes: [],
      }
    const seconds = lifetimeRule(facts)?.rule.lifetimeSeconds
    const silence = seconds === undefined ? idleRule(facts)?.rule.idleSeconds : undefined
    if (silence !== undefined) return oftenEnough(silence)
    return {
      summary:
        seconds === undefined
          ? sentence`Stay below the limits that the service documents, and reconnect with growing pauses.`
          : sentence`Open the next connection before the service ends this one: after ${hours(seconds * EARLY)} of its ${hours(seconds)}.`,
      changes:
        seconds === undefined
          ? [
              {
                program: 'browser',
                where: sentence`In the client`,
                text: js`const pauseMs = Math.random() * Math.min(30_000, 500 * 2 ** attempt)`,
              },
            ]
          : [
              {
                program: 'browser',
                where: sentence`In the client`,
                text: js`setTimeout(openNext, ${Math.round(seconds * EARLY) * 1000})  // then close this one`,
              },
            ],
    }
  },

  reproduce: 'max-lifetime',
})

/** Send at this share of the silence that is allowed. */
const OFTEN = 0.5

/** A browser sends no pings of its own, and not every service counts them as traffic. */
const oftenEnough = (seconds: number): Fix => ({
  summary: sentence`Send a message of the application at least every ${durationWords(seconds * OFTEN)}: the service ends a connection after ${durationWords(seconds)} without one.`,
  changes: [
    {
      program: 'browser',
      where: sentence`In the client`,
      text: js`setInterval(() => socket.send('{"action":"ping"}'), ${seconds * OFTEN * 1000})`,
    },
  ],
})

/** Reconnect at this share of the limit. */
const EARLY = 0.99

function hours(seconds: number): string {
  const minutes = Math.round(seconds / 60)
  const whole = Math.floor(minutes / 60)
  const rest = minutes % 60
  return [whole > 0 ? `${whole} h` : '', rest > 0 || whole === 0 ? `${rest} min` : '']
    .filter(Boolean)
    .join(' ')
}
