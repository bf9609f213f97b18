import { toldByClient, whyNotOpened } from '#lib/facts/told.ts'
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
import { foreign, sentence } from '#lib/text/foreign.ts'
import { shell } from '#lib/text/shell.ts'

const saysInstead = (bytes: string, from: string): Because =>
  say(sentence`The peer speaks another protocol: “${foreign(bytes, 60)}”`, from)

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
    const told = toldByClient(facts.told, 'not-http')
    if (told) return likely(say(told.detail, told.from))
    if (whyNotOpened(facts.told) || failure || probe?.opened) return ruledOut(...ending.because)
    return weighed(possible(...ending.because), 0.3)
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
    summary: sentence`Connect to the port where the WebSocket server listens. At ${hostOf(facts)}, ${portWordsOf(facts)} belongs to another program.`,
    changes: [
      {
        program: 'shell',
        where: sentence`On the client`,
        text: shell`nc -v -w 3 ${hostWordOf(facts)} ${portWordOf(facts)}`,
      },
    ],
  }),

  reproduce: null,
})
