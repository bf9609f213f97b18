import type { Facts } from '#lib/facts/facts.ts'
import { toldByAny, toldInProtocol } from '#lib/facts/told.ts'
import {
  defineCause,
  type Finding,
  likely,
  possible,
  proven,
  ruledOut,
  say,
  stated,
  weighed,
} from '#lib/playbook/cause.ts'
import { addressOf } from '#lib/playbook/weighing/advice.ts'
import { secondsOf } from '#lib/playbook/weighing/cut-times.ts'
import { openerFinding } from '#lib/playbook/weighing/opener-finding.ts'
import { SUBPROTOCOL_NOT_ACCEPTABLE } from '#lib/protocol/close-codes.ts'
import { protocolOfPort } from '#lib/protocol/ports.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'
import { shell } from '#lib/text/shell.ts'
import { meaningOfReason } from '#lib/words/close-reasons.ts'

/** The version of Engine.IO that the address asks for. */
const engineOf = ({ target }: Facts): string | undefined => /[?&]EIO=(\d)/.exec(target.requestTarget)?.[1]

/** Which end has the older version; undefined where nothing tells. */
function olderEnd(facts: Facts): 'client' | 'server' | undefined {
  const told = toldByAny(facts.told, 'application-protocol')?.older
  const engine = engineOf(facts)
  if (told !== undefined) return told
  return engine === '3' || isBare(facts) ? 'client' : undefined
}

/** The article’s own: nothing is known of either end. */
const isBare = ({ evidence }: Facts): boolean => Object.keys(evidence).length === 0

function summaryOf(facts: Facts) {
  const { port } = facts.target
  if (toldByAny(facts.told, 'application-protocol')?.application === 'mqtt')
    return protocolOfPort(port) === 'MQTT'
      ? sentence`Connect to the broker’s listener for WebSockets. Port ${port} takes MQTT itself. In Mosquitto that is a listener with “protocol websockets”, on a port of its own.`
      : sentence`Send to each of the broker’s ports what it takes: ws:// to the listener with “protocol websockets”, mqtt:// to the other one.`
  if (unknownTransport(facts))
    return sentence`What answers is a Socket.IO server. Open it with a client of Socket.IO, which adds ?EIO=4&transport=websocket and speaks its packets. A plain WebSocket client needs a server that speaks plain WebSocket.`
  return olderEnd(facts) === 'server'
    ? sentence`The server’s library is older than the client’s, and does not speak its protocol. Use the client in the server’s major version, or update the server.`
    : sentence`Use the same protocol, and the same major version of its library, at both ends.`
}

/** The server is of Socket.IO, and the request was not of its client. */
const unknownTransport = ({ told }: Facts): boolean =>
  toldByAny(told, 'application-protocol') === undefined &&
  toldByAny(told, 'transport-unknown')?.application === 'socket.io'

/** A server of this protocol speaks first, and this one did not. */
function greetingMissed({ application: view, probe, ending, retries }: Facts): Finding | undefined {
  const { greets, name } = view?.application ?? {}
  const isSure = view?.by === 'address' || view?.by === 'picked'
  if (greets === undefined || name === undefined || !isSure || ending.kind !== 'open' || !probe)
    return undefined
  const watchedMs = (probe.outcome.ms ?? 0) - (probe.answeredMs ?? 0)
  if (probe.evidence.first_message || watchedMs < GREETING_MS) return undefined
  const says = sentence`A ${name} server says ${greets} at once, and nothing came in ${secondsOf(watchedMs)}`
  const because = [say(says, 'probe.frames')]
  const other = retries.version.find(({ greeted }) => greeted)
  return other
    ? weighed(likely(...because, say(sentence`With ${other.vary.query ?? ''} it does`, other.from)), 0.9)
    : weighed(likely(...because), 0.6)
}

const GREETING_MS = 1500

/** Socket.IO by HTTP requests: its WebSocket is at the same address with `transport=websocket`. */
const ASKS_POLLING = /[?&]transport=polling\b/

export default defineCause({
  id: 'application-protocol-mismatch',
  stage: 'handshake',
  side: 'server',
  title: 'Application protocol mismatch',
  symptom: 'The handshake is refused with 400, or the connection opens and is closed at the first message.',
  endings: [
    'unanswered',
    'answered',
    'refused-101',
    'unopened',
    'closed',
    'violated',
    'dropped',
    'opened',
    'open',
  ],
  needs: ['browser.console', 'server'],

  opensWith: ['path', 'version'],

  test: (facts) => {
    const { ending, told, answer } = facts
    const own = toldInProtocol(told, 'application-protocol')
    const opener = openerFinding(facts, 'version')
    if (own)
      return stated(say(own.detail, own.from), ...(opener && 'because' in opener ? opener.because : []))
    if (opener) return opener
    const silence = greetingMissed(facts)
    if (silence) return silence
    if (ending.kind === 'open') return ruledOut(...ending.because)
    const said =
      toldByAny(told, 'application-protocol') ??
      (/[?&]transport=websocket\b/.test(facts.target.requestTarget)
        ? undefined
        : toldByAny(told, 'transport-unknown'))
    // A refusal of the protocol above that leaves its reason to the next line.
    const reason = said?.unsure ? toldByAny(told, 'forbidden', 'unauthorized', 'handler-failed') : undefined
    if (said && reason) return weighed(possible(say(said.detail, said.from)), 0.3)
    if (said) return proven(say(said.detail, said.from))
    if (ending.kind === 'unanswered') return ruledOut(...ending.because)
    if (ending.kind === 'closed') {
      const named = meaningOfReason(ending.reason)
      const isNamed = ending.code === SUBPROTOCOL_NOT_ACCEPTABLE || named === 'application-protocol'
      if (isNamed && ending.by === 'peer') return weighed(likely(...ending.because), 0.8)
      if (named === 'subprotocol') return weighed(possible(...ending.because), 0.5)
      return ending.code === 1002 || ending.code === 1003
        ? weighed(possible(...ending.because), 0.2)
        : ruledOut(...ending.because)
    }
    const engine = engineOf(facts)
    // A probe’s or a panel’s answer may be that of a request that no WebSocket made.
    if (engine !== undefined && ASKS_POLLING.test(facts.target.requestTarget) && facts.probe === undefined)
      return weighed(
        likely(
          ...ending.because,
          say('The address asks for transport=polling, which is no WebSocket', 'target.url'),
        ),
        0.85,
      )
    if (answer?.status === 400 && engine !== undefined) {
      const says = sentence`The address asks for version ${engine} of Engine.IO`
      return weighed(possible(...ending.because, say(says, 'target.url')), engine === '4' ? 0.3 : 0.55)
    }
    if (ending.kind === 'refused-101' && facts.target.subprotocols.length > 0)
      return weighed(possible(...ending.because), 0.2)
    return ruledOut(...ending.because)
  },

  explain: {
    wire: 'The two ends use different protocols above WebSocket. Examples are Engine.IO 3 and 4 (Socket.IO 2 and later ones), graphql-ws and subscriptions-transport-ws, or Socket.IO and a raw WebSocket. Each has messages of its own, and some check a version or a subprotocol in the handshake.',
    browser:
      'A refused version is an error event and 1006. After the opening your page sees the close code and its reason.',
    sure: 'Compare the version in the address (`EIO=`) or the subprotocol with what the server’s library supports.',
    sources: [
      {
        title: 'Socket.IO, migrating from 2.x to 3.0',
        url: 'https://socket.io/docs/v3/migrating-from-2-x-to-3-0/',
      },
      {
        title: 'graphql-ws, protocol',
        url: 'https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md',
      },
    ],
  },

  fix: (facts) => ({
    summary: summaryOf(facts),
    changes: [
      // Socket.IO 2 asks for Engine.IO 3; servers from version 3 on take it only when told to.
      ...(olderEnd(facts) === 'client'
        ? [
            {
              program: 'node',
              of: 'socket.io',
              where: sentence`Socket.IO server, while clients of version 2 remain`,
              text: js`new Server(httpServer, { allowEIO3: true })`,
            } as const,
          ]
        : []),
      {
        program: 'command',
        of: 'socket.io',
        at: 'client',
        where: sentence`Socket.IO client, in the version of your server`,
        text: shell`npm install socket.io-client@YOUR_SERVER_VERSION`,
      },
      {
        program: 'browser',
        of: 'graphql-ws',
        where: sentence`In the page, for a server that runs graphql-ws`,
        text: js`new WebSocket(${js.string(addressOf(facts))}, 'graphql-transport-ws')`,
      },
    ],
  }),

  reproduce: null,
})
