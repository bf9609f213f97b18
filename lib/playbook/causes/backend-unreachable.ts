import { envoyFlagOf } from '#lib/facts/envoy-flags.ts'
import type { Facts } from '#lib/facts/facts.ts'
import { noticeOf } from '#lib/facts/proxy.ts'
import { terminationOf } from '#lib/facts/termination.ts'
import type { Told } from '#lib/facts/told-line.ts'
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
import { nameOfHop } from '#lib/playbook/intermediaries/hops.ts'
import { edgeFix, edgeSays } from '#lib/playbook/weighing/edge-status.ts'
import { hopsSeen } from '#lib/playbook/weighing/lost-upgrade.ts'
import { OWN_SETTINGS } from '#lib/playbook/weighing/own-settings.ts'
import { wordFinding } from '#lib/playbook/weighing/word-finding.ts'
import { excerpt, type Sentence, sentence } from '#lib/text/foreign.ts'
import { shell } from '#lib/text/shell.ts'
import type { Meaning } from '#lib/words/meaning.ts'

/** From 521 on they are Cloudflare’s words for the same. */
const GATEWAY = [502, 503, 504, 521, 522, 523, 527, 530]

/** A proxy's own page or line: no connection to its backend came about. */
const UNREACHED: readonly Meaning[] = ['no-backend', 'backend-refused', 'backend-unresolved']

const saysUnreached = ({ told }: Facts): Told | undefined =>
  told.proxy.find(({ means }) => UNREACHED.includes(means))

/** The proxy that says so, or that the answer names. */
function proxyOf(facts: Facts): string | undefined {
  const { program } = saysUnreached(facts) ?? {}
  return (program && nameOfHop(program)) ?? hopsSeen(facts).hops[0]?.who
}

const PROMPT_MS = 1000
const FEWEST = 3

/** A log in which every handshake was answered 502 at once: what fails every time and so fast is not there. */
function promptRefusals({ proxy, answer, ending }: Facts): Because | undefined {
  if (ending.seenBy !== 'log' || answer?.status !== 502) return undefined
  const prompt = proxy.access.filter(
    ({ record: { status, durationMs = PROMPT_MS } }) => status === 502 && durationMs < PROMPT_MS,
  )
  const first = prompt[0]
  if (first === undefined || prompt.length < FEWEST || prompt.length < proxy.access.length) return undefined
  return say(sentence`All ${prompt.length} handshakes were answered 502 at once`, first.from)
}

export default defineCause({
  id: 'backend-unreachable',
  stage: 'handshake',
  side: 'proxy',
  title: 'Proxy cannot reach the backend',
  symptom: 'The handshake is answered with 502, 503 or 504.',
  endings: ['answered', 'unopened', 'closed', 'dropped'],
  needs: ['proxy.error_log', 'server', 'retries.url'],

  test: (facts) => {
    const { answer, ending, backend } = facts
    const word = wordFinding(facts, 'backend-refused', 'backend-unresolved', 'backend-closed', 'no-backend')
    if (word && (ending.kind === 'closed' || ending.kind === 'dropped')) return word
    if (ending.kind === 'dropped') return ruledOut(...ending.because)
    if (ending.kind === 'closed')
      return ending.code === 1014 ? weighed(possible(...ending.because), 0.5) : ruledOut(...ending.because)
    // tinyproxy’s own page for it is a 500.
    const isOwn500 = answer?.status === 500 && saysUnreached(facts) !== undefined
    if (answer && !GATEWAY.includes(answer.status) && !isOwn500) return ruledOut(...ending.because)
    const setting = noticeOf(facts.proxy, ...OWN_SETTINGS)
    if (setting && answer)
      return ruledOut(say('The proxy failed over a setting of its own, and asked no backend', setting.from))
    const notice = noticeOf(
      facts.proxy,
      'connect-refused',
      'no-live-upstream',
      'connect-failed',
      'unknown-upstream-host',
    )
    if (notice && answer)
      return proven(
        say(
          sentence`The proxy logged that it could not connect to the backend: “${excerpt(notice.record.text)}”`,
          notice.from,
        ),
      )
    const slow = noticeOf(facts.proxy, 'connect-timed-out')
    if (slow && answer) return likely(say('The proxy got no answer to its connection attempt', slow.from))
    const end = terminationOf(facts.proxy)
    // It had no memory, socket or port left to connect with.
    if (end?.by === 'resource') return weighed(possible(...ending.because), 0.3)
    if (end?.phase === 'connect')
      return proven(say(sentence`HAProxy could not connect to the backend (${end.flags})`, end.from))
    if (backend.arrived) return ruledOut(say('The request reached the backend', 'server'))
    const flag = envoyFlagOf(facts.proxy)
    if (flag) return ruledOut(say(sentence`Envoy was connected to the backend (${flag.flag})`, flag.from))
    if (end?.phase === 'queue' || end?.phase === 'headers')
      return ruledOut(say(sentence`HAProxy ended it in another phase (${end.flags})`, end.from))
    if (answer?.by === 'backend') return ruledOut(...answer.because)
    const unreached = facts.proxy.access.find(
      ({ record }) =>
        record.status === answer?.status &&
        record.upstreamConnectMs === null &&
        record.upstreamStatus !== null,
    )
    if (unreached && answer)
      return likely(say('The proxy asked the backend and never connected', unreached.from))
    const said = saysUnreached(facts)
    if (said && answer) {
      const who = (said.program && nameOfHop(said.program)) ?? 'A proxy'
      const because = say(sentence`${who} says: ${said.detail}`, said.from)
      // HAProxy answers so where its queue was too long, too.
      return said.program === 'haproxy' ? weighed(possible(because), 0.7) : weighed(likely(because), 0.7)
    }
    const prompt = promptRefusals(facts)
    if (prompt) return likely(prompt)
    if (answer?.status === 521 || answer?.status === 522 || answer?.status === 523 || answer?.status === 530)
      return likely(...ending.because, ...edgeSays(facts))
    return weighed(
      possible(...ending.because),
      answer === undefined ? 0.2 : answer.status === 504 ? 0.4 : 0.62,
    )
  },

  explain: {
    wire: 'The proxy accepted the client and could not connect to the backend. Nothing listens there, the name does not resolve, or a health check took the backend out. nginx and Caddy answer 502, HAProxy and Apache 503.',
    browser:
      'Your page sees only an error event and 1006. The HTTP status appears in the browser console; headers and body only in a probe.',
    sure: 'The proxy’s error log names the address and the errno.',
    sources: [{ title: 'RFC 9110 §15.6.3', url: 'https://www.rfc-editor.org/rfc/rfc9110#section-15.6.3' }],
  },

  fix: (facts) => ({
    summary: summaryOf(facts),
    changes:
      edgeFix(facts) || isOfTunnel(facts)
        ? []
        : [
            {
              program: 'shell',
              where: sentence`On the proxy’s host`,
              text: upstreamOf(facts)
                ? shell`ss -ltnp 'sport = :${Number(upstreamOf(facts)?.port)}'`
                : shell`ss -ltnp`,
            },
          ],
  }),

  reproduce: 'bad-gateway',
})

/** ngrok’s servers say that no agent is connected: the backend was never in question. */
const isOfTunnel = (facts: Facts): boolean => {
  const { program, means } = saysUnreached(facts) ?? {}
  return program === 'ngrok' && means === 'no-backend'
}

/** The address that the proxy could not connect to, as its log has it, with the port. */
function upstreamOf({ proxy }: Facts): URL | undefined {
  const notice = noticeOf(proxy, 'connect-refused', 'connect-failed', 'connect-timed-out')
  const url = URL.parse(notice?.record.upstream ?? '')
  return url !== null && url.port !== '' ? url : undefined
}

/** nginx: 3 says that there is no such name, everything else that the resolver failed. */
const UNRESOLVED = /(\S{1,253}) could not be resolved \((\d{1,3}): /

function summaryOf(facts: Facts): Sentence {
  const edge = edgeFix(facts)
  if (edge) return edge
  if (isOfTunnel(facts))
    return sentence`Start the ngrok agent, and use the address that it prints: without a reserved domain each start may give it another one.`
  const unresolved = UNRESOLVED.exec(noticeOf(facts.proxy, 'unknown-upstream-host')?.record.text ?? '')
  const who = proxyOf(facts)
  if (unresolved?.[1] !== undefined)
    return unresolved[2] === '3'
      ? sentence`Correct the name “${unresolved[1]}”, or start what has it on a network that the proxy shares: its resolver knows no address for it.`
      : sentence`Correct the resolver of the proxy: it gave no answer for “${unresolved[1]}” (${unresolved[2] ?? ''}).`
  const upstream = upstreamOf(facts)
  if (upstream)
    return sentence`Start the backend at ${upstream.host}, or correct the address that the proxy forwards to: nothing accepts connections there.`
  if (who === undefined)
    return sentence`Start the backend, or correct the address that the proxy forwards to.`
  return saysUnreached(facts)?.means === 'no-backend'
    ? sentence`${who} has no backend that it counts as up. Start the backend, or correct its address and the health check at ${who}.`
    : sentence`Start the backend, or correct the address that ${who} forwards to.`
}
