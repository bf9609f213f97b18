import type { Facts } from '#lib/facts/facts.ts'
import { wasCut } from '#lib/facts/retries.ts'
import { toldByAny } from '#lib/facts/told.ts'
import {
  decisive,
  defineCause,
  likely,
  proven,
  ruledOut,
  type Signal,
  say,
  weighed,
} from '#lib/playbook/cause.ts'
import { addressOf, plainAddressOf } from '#lib/playbook/weighing/advice.ts'
import { saidByOpener, unsaid } from '#lib/playbook/weighing/first-message.ts'
import { wordFinding } from '#lib/playbook/weighing/word-finding.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js, python } from '#lib/text/languages.ts'

/** No lifetime is known that is shorter: the load balancers that have one give 30 s and more. */
const SHORTEST_LIFETIME_MS = 25_000

/** A retry that said it stays; or pings did not keep it, and it was far younger than any limit of its age. */
function signals(facts: Facts): Signal[] {
  const said = saidByOpener(facts)
  if (said) return said.map(decisive)
  const because = unsaid(facts)
  const beaten = facts.retries.heartbeat.find(wasCut)
  const ageMs = facts.cuts.probe?.ageMs ?? SHORTEST_LIFETIME_MS
  if (because === undefined || beaten === undefined || ageMs >= SHORTEST_LIFETIME_MS) return []
  return because.map(decisive)
}

export default defineCause({
  id: 'first-message-missing',
  stage: 'lost',
  side: 'client',
  title: 'The server waited for a first message that did not come',
  symptom: 'The connection opens and is ended after a few seconds, unless the client says something first.',
  endings: ['dropped', 'closed', 'lost'],
  isUmbrella: true,
  needs: ['server', 'client'],

  signals,

  // With a subprotocol the probe speaks.
  opensWith: ['subprotocols'],

  test: (facts) => {
    const { ending, told } = facts
    const word = wordFinding(facts, 'first-message-missing')
    // A reason that names the message says more than 1008 beside it.
    if (word?.is === 'possible') return weighed(likely(...word.because), 0.7)
    if (word) return word
    const said = toldByAny(told, 'first-message-missing')
    if (said) return proven(say(said.detail, said.from))
    const because = unsaid(facts) ?? saidByOpener(facts)
    return because ? weighed(likely(...ending.because, ...because), 0.85) : ruledOut(...ending.because)
  },

  explain: {
    wire: 'Many servers accept every upgrade and learn from the first message who it is. That is MQTT’s or STOMP’s CONNECT, graphql-ws’s connection_init, SignalR’s handshake request, or a token. They wait for some seconds, then close (1002, 1008, 4408 …) or end TCP without a Close frame.',
    browser:
      'Your page sees `open`, then a close event with the server’s code, or with 1006 where there was no Close frame.',
    sure: 'Send the message by hand as soon as the connection is open. A connection that lives then had waited for it. Reconnecting alone never helps, and neither do pings.',
    sources: [
      {
        title: 'MQTT 3.1.1, CONNECT',
        url: 'https://docs.oasis-open.org/mqtt/mqtt/v3.1.1/os/mqtt-v3.1.1-os.html#_Toc398718028',
      },
      {
        title: 'graphql-ws, protocol',
        url: 'https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md',
      },
      {
        title: 'Socket.IO, connectTimeout',
        url: 'https://socket.io/docs/v4/server-options/#connecttimeout',
      },
    ],
  },

  fix: (facts) => ({
    summary: sentence`Send the first message that the server expects as soon as the connection is open, or use the protocol’s own client, which does.`,
    changes: [
      {
        program: 'browser',
        where: sentence`In the page`,
        text: js`const socket = new WebSocket(${js.string(addressOf(facts))})\nsocket.onopen = () => socket.send('YOUR_FIRST_MESSAGE')`,
      },
      {
        program: 'python',
        of: 'websockets',
        at: 'client',
        where: sentence`Python client (websockets)`,
        text: python`async with websockets.connect(${python.string(plainAddressOf(facts))}) as socket:\n    await socket.send('YOUR_FIRST_MESSAGE')`,
      },
      {
        program: 'node',
        at: 'client',
        where: sentence`Node client (ws)`,
        text: js`socket.on('open', () => socket.send('YOUR_FIRST_MESSAGE'))`,
      },
    ],
  }),

  reproduce: 'first-message',
})
