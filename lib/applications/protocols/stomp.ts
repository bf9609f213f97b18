import {
  type Conversation,
  conversation,
  defineApplication,
  first,
  type Reading,
  text,
} from '#lib/applications/application.ts'
import { positive } from '#lib/applications/json.ts'
import { atOtherPaths } from '#lib/applications/usual-paths.ts'
import type { Payload } from '#lib/protocol/payload.ts'
import type { Fix } from '#lib/text/fix.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

/** What a client offers, in milliseconds: it can beat so often, and wants beats so often. */
const BEAT_MS = 10_000
const CONNECT = `CONNECT\naccept-version:1.2,1.1,1.0\nheart-beat:${BEAT_MS},${BEAT_MS}\n\n\0`

/** The server's own wish is in CONNECTED: “heart-beat: can, wants” (STOMP 1.2, Heart-beating). */
function wantedBeatMs(message: Payload): number | undefined {
  if (message.opcode !== 'text' || !message.text.startsWith('CONNECTED')) return undefined
  const wants = positive(Number(/\nheart-beat:\d{1,9},(\d{1,9})/.exec(message.text)?.[1]))
  return wants && Math.max(BEAT_MS, wants)
}

function converse(): Conversation {
  let beatMs: number | undefined
  const hear = (message: Payload) => {
    beatMs ??= wantedBeatMs(message)
    return []
  }
  const says = text('\n', 'sent a heart-beat (a line end)')
  return {
    ...conversation({ opening: [first(text(CONNECT, 'sent CONNECT without a login'))], hear }),
    beat: () => (beatMs === undefined ? undefined : { everyMs: beatMs, says }),
  }
}

function reads(message: string): Reading | undefined {
  if (!message.startsWith('ERROR\n')) return undefined
  const isAboutWho =
    /access refused|bad connect|authent|login|credential|not authorized|passcode|security/i.test(
      message.slice(0, 500),
    )
  return isAboutWho
    ? { means: 'unauthorized', says: sentence`the broker refused CONNECT` }
    : { means: 'forbidden', says: sentence`the broker answered with an ERROR frame` }
}

export default defineApplication({
  id: 'stomp',
  name: 'STOMP',
  marks: {
    subprotocols: ['v12.stomp', 'v11.stomp', 'v10.stomp'],
    usual: /\/stomp\b/i,
    message: /^(?:CONNECTED|ERROR)\n(?:[\w-]{1,40}:[^\n]{0,200}\n){0,20}\n/,
  },
  words: ['stomp', 'spring'],
  versionOf: ({ picked }) =>
    picked === undefined ? undefined : /^v(\d)(\d)/.exec(picked)?.slice(1).join('.'),
  reads,
  closes: [
    {
      from: 1000,
      to: 1000,
      reason: /^STOMP died$/,
      says: 'RabbitMQ missed the client’s heart-beats',
      means: 'ping-timeout',
      source: 'https://www.rabbitmq.com/docs/stomp#connection-heartbeat',
      certain: true,
    },
    {
      from: 4500,
      to: 4500,
      says: 'Spring: the session is not reliable any more, or no message came in 60 s',
      means: 'first-message-missing',
      reason: /no messages? received|timeToFirstMessage/i,
      source:
        'https://docs.spring.io/spring-framework/docs/current/javadoc-api/org/springframework/web/socket/messaging/SubProtocolWebSocketHandler.html',
      certain: true,
    },
  ],
  first: {
    name: 'CONNECT',
    patience: [{ seconds: 60, who: 'Spring (timeToFirstMessage)' }],
    example: {
      payload: { opcode: 'text', text: CONNECT },
      says: sentence`The broker answers CONNECTED, or ERROR with its reason.`,
    },
  },
  converse,

  // RabbitMQ, Spring's guides, ActiveMQ and Artemis.
  alternatives: (signs) => atOtherPaths(signs, ['/ws', '/stomp', '/websocket', '/']),

  fixes: {
    'first-message-missing': ({ address }) => withClient(address),
    'subprotocol-mismatch': ({ address }) => withClient(address),
    'authentication-required': ({ address }) => ({
      summary: sentence`Give login and passcode in CONNECT: a page can set no headers on the handshake.`,
      changes: [
        {
          program: 'browser',
          of: 'stomp',
          where: sentence`In the page (@stomp/stompjs)`,
          text: js`new StompJs.Client({ brokerURL: ${js.string(address)}, connectHeaders: { login: 'YOUR_LOGIN', passcode: 'YOUR_PASSCODE' } })`,
        },
      ],
    }),
    'pong-timeout': () => ({
      summary: sentence`Send the heart-beats that CONNECT announced: a broker ends a client that is silent for about twice as long.`,
      changes: [
        {
          program: 'browser',
          of: 'stomp',
          where: sentence`In the page (@stomp/stompjs), in milliseconds; 0 announces none`,
          text: js`client.heartbeatOutgoing = 10000\nclient.heartbeatIncoming = 10000`,
        },
      ],
    }),
  },

  source: 'https://stomp.github.io/stomp-specification-1.2.html',
})

const withClient = (address: string): Fix => ({
  summary: sentence`Begin with a CONNECT frame and ask for the subprotocol v12.stomp, as STOMP’s clients do by themselves.`,
  changes: [
    {
      program: 'browser',
      of: 'stomp',
      where: sentence`In the page (@stomp/stompjs)`,
      text: js`new StompJs.Client({ brokerURL: ${js.string(address)} }).activate()`,
    },
  ],
})
