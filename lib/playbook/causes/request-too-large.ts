import { noticeOf } from '#lib/facts/proxy.ts'
import { toldByAny } from '#lib/facts/told.ts'
import { defineCause, likely, possible, proven, ruledOut, say, weighed } from '#lib/playbook/cause.ts'
import { statusFinding } from '#lib/playbook/weighing/status-finding.ts'
import { apache, haproxy, nginx } from '#lib/text/configurations.ts'
import { excerpt, sentence } from '#lib/text/foreign.ts'

/** Content, URI, header fields (RFC 9110, RFC 6585), and nginx's own for a header that is too large. */
const SIZES = [413, 414, 431, 494]

export default defineCause({
  id: 'request-too-large',
  stage: 'handshake',
  side: 'proxy',
  title: 'Handshake request too large',
  symptom: 'The handshake is answered with 400, 413, 414 or 431.',
  endings: ['answered', 'unopened'],
  needs: ['probe'],

  test: (facts) => {
    const { answer, ending } = facts
    if (answer && SIZES.includes(answer.status)) {
      return statusFinding(facts, SIZES, 'The answer names the size of the request')
    }
    const named =
      answer &&
      /(request header|cookie|uri|url|request-uri|entity|header fields?)( or cookie)? too (large|long|big)/i.test(
        answer.body,
      )
    if (named) return proven(...ending.because, say('The answer says so', 'probe.http.body_start'))
    const notice = noticeOf(facts.proxy, 'request-too-large')
    if (notice && answer)
      return likely(say(sentence`The proxy logged “${excerpt(notice.record.text)}”`, notice.from))
    const said = toldByAny(facts.told, 'request-too-large')
    if (said) return likely(say(said.detail, said.from))
    if (answer?.status === 400 || !answer) return weighed(possible(...ending.because), 0.1)
    return ruledOut(...ending.because)
  },

  explain: {
    wire: 'Cookies, tokens in the query or extra headers exceed what the server reads (8 KiB is a usual limit).',
    browser:
      'Your page sees only an error event and 1006. The HTTP status appears in the browser console; headers and body only in a probe.',
    sure: 'Count the bytes of the `Cookie` header; a fresh browser profile works.',
    sources: [{ title: 'RFC 6585 §5', url: 'https://www.rfc-editor.org/rfc/rfc6585#section-5' }],
  },

  fix: () => ({
    summary: sentence`Send less: short cookies, no token in the query. Or raise the limit.`,
    changes: [
      {
        program: 'nginx',
        context: 'server',
        where: sentence`nginx, http or server: twice its default`,
        text: nginx`large_client_header_buffers 4 16k;`,
      },
      {
        program: 'haproxy',
        context: 'global',
        where: sentence`HAProxy, global: twice its default`,
        text: haproxy`tune.bufsize 32768`,
      },
      {
        program: 'apache',
        where: sentence`Apache httpd, virtual host: twice its default`,
        text: apache`LimitRequestFieldSize 16384`,
      },
    ],
  }),

  reproduce: null,
})
