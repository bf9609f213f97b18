import type { Facts } from '#lib/facts/facts.ts'
import type { Retry } from '#lib/facts/retries.ts'
import { toldByAny } from '#lib/facts/told.ts'
import { isPollOfSession } from '#lib/logs/connection.ts'
import {
  type Because,
  defineCause,
  likely,
  possible,
  proven,
  ruledOut,
  say,
  stated,
  weighed,
} from '#lib/playbook/cause.ts'
import { configSays } from '#lib/playbook/weighing/config-findings.ts'
import { hasSession, negotiatedBefore } from '#lib/playbook/weighing/session.ts'
import { wordFinding } from '#lib/playbook/weighing/word-finding.ts'
import { haproxy, nginx } from '#lib/text/configurations.ts'
import { excerpt, sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'
import { shell } from '#lib/text/shell.ts'
import { readSentence } from '#lib/words/phrasebook.ts'

const FITTING = [400, 404, 502, 503]

/** Sessions that the probe opened by HTTP, and that the WebSocket found unknown. */
const lostSessions = ({ retries }: Facts): Retry[] =>
  retries.session.filter(
    ({ vary, body }) =>
      vary.session !== 'address' && readSentence(body, { side: 'server' })?.said.means === 'session-unknown',
  )

/** A request of long polling of a session that had begun, refused as well: no header of an upgrade is missed there. */
const POLLING =
  /\b(?:GET|POST) https?:\/\/[^\s?]{1,1900}\?(?=[^\s]{0,1000}\btransport=polling\b)(?=[^\s]{0,1000}[?&]?sid=)[^\s]{1,1000} (?:net::ERR_FAILED )?400\b/

const POLLED = 'A request of long polling in a session that had begun was refused, too'

function pollingRefused({ evidence, proxy }: Facts): Because | undefined {
  const logged = proxy.access.find(
    ({ record: { status, path = '' } }) => status === 400 && isPollOfSession(path),
  )
  if (logged) return say(POLLED, logged.from)
  const lines = [
    ...(evidence.browser?.console ?? []).map((text, at) => ({ text, from: `browser.console[${at}]` })),
    ...(evidence.client?.lines ?? []).map(({ text }, at) => ({ text, from: `client.lines[${at}]` })),
  ]
  const line = lines.slice(0, MOST_LINES).find(({ text }) => POLLING.test(text))
  return line && say(POLLED, line.from)
}

const MOST_LINES = 500

export default defineCause({
  id: 'sticky-session-missing',
  stage: 'handshake',
  side: 'proxy',
  title: 'Sticky sessions missing',
  symptom: 'Polling works now and then; the WebSocket is answered with 400 “Session ID unknown”, or 404.',
  endings: ['answered', 'unopened', 'closed', 'lost', 'open'],
  needs: ['browser.console', 'probe', 'server'],

  test: (facts) => {
    const { answer, ending, told } = facts
    const said = toldByAny(told, 'session-unknown')
    const [lost, again] = lostSessions(facts)
    if (lost) {
      const says = sentence`A session that ${lost.vary.session ?? ''} had just opened is unknown: “${excerpt(lost.body)}”`
      const because = say(says, lost.from)
      return again ? proven(because, say('A second one was unknown too', again.from)) : likely(because)
    }
    if (ending.kind === 'open') return ruledOut(...ending.because)
    if (said) return stated(say(said.detail, said.from))
    const word = wordFinding(facts, 'session-unknown')
    if (word) return word
    if (ending.kind === 'closed') return ruledOut(...ending.because)
    if (answer && !FITTING.includes(answer.status)) return ruledOut(...ending.because)
    if (!hasSession(facts)) {
      return facts.target.url
        ? ruledOut(say('The address names no session', 'target.url'))
        : weighed(possible(...ending.because), 0.05)
    }
    const negotiated = negotiatedBefore(facts)
    if (negotiated) return weighed(likely(...ending.because, negotiated), 0.75)
    const polled = pollingRefused(facts)
    if (polled && answer?.status === 400)
      return weighed(likely(...ending.because, polled, ...configSays(facts, 'sticky-session-missing')), 0.7)
    const session = say('The address names a session that an earlier request began', 'target.url')
    const config = configSays(facts, 'sticky-session-missing')
    if (config.length > 0 && answer?.status === 400)
      return weighed(likely(...ending.because, session, ...config), 0.7)
    return weighed(possible(...ending.because, session), answer?.status === 400 ? 0.55 : 0.3)
  },

  explain: {
    wire: 'Socket.IO, SignalR and SockJS first ask by plain HTTP for a session id and then open the WebSocket with it. Behind a load balancer the second request can reach another instance, which never issued that id. Socket.IO answers 400 with code 1, SignalR 404 “No Connection with that ID”. A restart between the two requests looks the same.',
    browser: 'Your page sees an error event and 1006. The body with the reason appears only in a probe.',
    sure: 'Run one instance. If it works then, the instances do not share sessions.',
    sources: [
      {
        title: 'Socket.IO, using multiple nodes',
        url: 'https://socket.io/docs/v4/using-multiple-nodes/#enabling-sticky-session',
      },
      {
        title: 'SignalR, hosting and scaling',
        url: 'https://learn.microsoft.com/aspnet/core/signalr/scale#sticky-sessions',
      },
    ],
  },

  fix: () => ({
    summary: sentence`Send all requests of a session to one instance (sticky sessions), or use WebSocket as the only transport.`,
    changes: [
      {
        program: 'browser',
        of: 'socket.io',
        where: sentence`In the page (Socket.IO client)`,
        text: js`io({ transports: ['websocket'] })  // no polling first, so no session to lose`,
      },
      {
        program: 'browser',
        of: 'signalr',
        where: sentence`In the page (SignalR client)`,
        text: js`builder.withUrl(hubUrl, { skipNegotiation: true, transport: signalR.HttpTransportType.WebSockets })`,
      },
      {
        program: 'nginx',
        context: 'http',
        where: sentence`nginx, the upstream of your instances`,
        text: nginx`upstream YOUR_UPSTREAM {\n    ip_hash;\n    server YOUR_FIRST_INSTANCE;\n    server YOUR_SECOND_INSTANCE;\n}`,
      },
      {
        program: 'haproxy',
        context: 'backend',
        where: sentence`HAProxy, backend`,
        text: haproxy`balance source`,
      },
      {
        program: 'aws-alb',
        where: sentence`AWS load balancer, target group`,
        text: shell`aws elbv2 modify-target-group-attributes --target-group-arn YOUR_TARGET_GROUP_ARN --attributes Key=stickiness.enabled,Value=true Key=stickiness.type,Value=lb_cookie`,
      },
    ],
  }),

  reproduce: null,
})
