import type { Facts } from '#lib/facts/facts.ts'
import { type At, noticeOf } from '#lib/facts/proxy.ts'
import { toldByAny, toldByClient, whyNotOpened } from '#lib/facts/told.ts'
import type { NoticeRecord } from '#lib/logs/record.ts'
import {
  type Because,
  defineCause,
  likely,
  possible,
  proven,
  ruledOut,
  say,
  weighed,
} from '#lib/playbook/cause.ts'
import { hostOf, hostWordOf, portWordOf, portWordsOf } from '#lib/playbook/weighing/advice.ts'
import { isTlsAlert } from '#lib/playbook/weighing/tls-finding.ts'
import { protocolOf } from '#lib/protocol/greetings.ts'
import { protocolOfPort } from '#lib/protocol/ports.ts'
import { excerpt, foreign, type Sentence, sentence, sentences } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'
import { shell } from '#lib/text/shell.ts'

function saysInstead(bytes: string, from: string): Because {
  const protocol = protocolOf(bytes)
  const shown = sentence`“${foreign(bytes.trimEnd(), 60)}”`
  return protocol === undefined
    ? say(sentence`The peer speaks another protocol: ${shown}`, from)
    : say(sentence`The peer speaks ${protocol}: ${shown}`, from)
}

/** What the port speaks instead, where its first bytes tell. */
const spoken = ({ probe, retries }: Facts): string | undefined =>
  protocolOf(probe?.evidence.http?.body_start ?? retries.scheme.find(({ notHttp }) => notHttp)?.notHttp ?? '')

const portSays = (protocol: string, { target }: Facts): Because =>
  say(sentence`Port ${target.port} is the port of ${protocol} itself, and not of WebSockets`, 'target.url')

/** The port that a proxy passes the handshake to, and that gave it no HTTP. */
const upstreamPortOf = ({ record }: At<NoticeRecord>): number =>
  Number(URL.parse(record.upstream ?? '')?.port ?? 0)

function backendSays(notice: At<NoticeRecord>): Because[] {
  const { record, from } = notice
  const protocol = protocolOfPort(upstreamPortOf(notice))
  return [
    say(sentence`What the backend sent is not HTTP: “${excerpt(record.text)}”`, from),
    ...(protocol
      ? [say(sentence`Port ${upstreamPortOf(notice)} is the port of ${protocol} itself`, from)]
      : []),
  ]
}

/** mosquitto.conf, listener and protocol. */
const OF_BROKERS = sentence`A broker takes MQTT over WebSockets on a port of its own: in Mosquitto, a listener with “protocol websockets”.`

export default defineCause({
  id: 'not-http',
  stage: 'handshake',
  side: 'proxy',
  title: 'Not an HTTP port',
  symptom: 'The socket fails at once. The response is not HTTP.',
  endings: ['unanswered', 'tls', 'unopened'],
  needs: ['probe'],

  test: (facts) => {
    const { probe, ending, retries } = facts
    const failure = probe?.failure
    if (ending.kind === 'tls') {
      const plain = retries.scheme.find(({ notHttp }) => notHttp !== undefined)
      return plain ? proven(saysInstead(plain.notHttp ?? '', plain.from)) : ruledOut(...ending.because)
    }
    const body = probe?.evidence.http?.body_start ?? ''
    if (failure?.stage === 'handshake' && failure.how === 'not-http') {
      if (isTlsAlert(body)) return ruledOut(say('The first bytes are a TLS alert', 'probe.http.body_start'))
      return proven(saysInstead(body, 'probe.http.body_start'))
    }
    const behind = noticeOf(facts.proxy, 'response-not-http')
    if (behind) return weighed(likely(...backendSays(behind)), 0.8)
    const spoke = facts.told.server.find(({ means }) => means === 'application-protocol')
    if (spoke) return weighed(possible(...ending.because, say(spoke.detail, spoke.from)), 0.5)
    const told = toldByClient(facts.told, 'not-http')
    const own = toldByAny(facts.told, 'not-http')
    // Who connects and sends nothing is a health check, or a port scan: no client that speaks another protocol.
    const isEmpty = facts.told.server.some(
      ({ means }) => means === 'closed-before-answer' || means === 'hung-up',
    )
    if (own?.side === 'server' && isEmpty) return weighed(possible(say(own.detail, own.from)), 0.5)
    if (own?.side === 'server') return weighed(likely(say(own.detail, own.from)), 0.9)
    const other = facts.probe === undefined ? protocolOfPort(facts.target.port) : undefined
    if (told)
      return weighed(likely(say(told.detail, told.from), ...(other ? [portSays(other, facts)] : [])), 0.6)
    if (other && toldByClient(facts.told, 'closed-before-answer'))
      return weighed(likely(...ending.because, portSays(other, facts)), 0.8)
    if (whyNotOpened(facts.told) || failure || probe?.opened) return ruledOut(...ending.because)
    return other
      ? weighed(possible(...ending.because, portSays(other, facts)), 0.7)
      : weighed(possible(...ending.because), 0.3)
  },

  explain: {
    wire: 'The first bytes are those of another protocol: SSH, Redis, a mail server, a proxy protocol.',
    browser: 'An error event and 1006; the console names `ERR_INVALID_HTTP_RESPONSE`.',
    sure: 'Connect with `nc` and read what the peer says first.',
    sources: [
      {
        title: 'Chromium, net error list',
        url: 'https://source.chromium.org/chromium/chromium/src/+/main:net/base/net_error_list.h',
      },
    ],
  },

  fix: (facts) => ({
    summary: summaryOf(facts),
    changes: [
      ...(spoken(facts) === 'HTTP/2'
        ? [
            {
              program: 'node',
              where: sentence`Node server (http2): HTTP/1.1 beside it, over TLS`,
              text: js`http2.createSecureServer({ allowHTTP1: true, key, cert })`,
            } as const,
          ]
        : []),
      {
        program: 'shell',
        where: sentence`On the client`,
        text: shell`nc -v -w 3 ${hostWordOf(facts)} ${portWordOf(facts)}`,
      },
    ],
  }),

  reproduce: null,
})

const speaks = (facts: Facts, owner: string): Sentence =>
  sentence`Connect to the port where the WebSocket server listens. At ${hostOf(facts)}, ${portWordsOf(facts)} belongs to a server that speaks ${owner}.`

function summaryOf(facts: Facts): Sentence {
  const behind = noticeOf(facts.proxy, 'response-not-http')
  if (behind) {
    const summary = sentence`Pass this path to the port where the WebSocket server listens. The port that the proxy uses now does not speak plain HTTP: another protocol, or TLS, which wants https:// in proxy_pass.`
    return protocolOfPort(upstreamPortOf(behind)) === 'MQTT' ? sentences(summary, OF_BROKERS) : summary
  }
  const port = portWordsOf(facts)
  if (spoken(facts) === 'HTTP/2') {
    return sentence`At ${hostOf(facts)}, ${port} speaks HTTP/2 without TLS and no HTTP/1.1, as gRPC servers do. A WebSocket begins in HTTP/1.1: serve that there too, or connect to the port where the WebSocket server listens.`
  }
  const owner = spoken(facts) ?? protocolOfPort(facts.target.port)
  if (owner === 'MQTT') return sentences(speaks(facts, owner), OF_BROKERS)
  return owner === undefined
    ? sentence`Connect to the port where the WebSocket server listens. At ${hostOf(facts)}, ${port} belongs to another program.`
    : speaks(facts, owner)
}
