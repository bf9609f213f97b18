import type { Facts } from '#lib/facts/facts.ts'
import { noticeOf } from '#lib/facts/proxy.ts'
import { toldByAny } from '#lib/facts/told.ts'
import { defineCause, likely, possible, proven, ruledOut, say, weighed } from '#lib/playbook/cause.ts'
import { handshakeCommand, originHostOf, pathOf, whereProxied } from '#lib/playbook/weighing/advice.ts'
import { hostArrived, originArrived, originIsIndifferent } from '#lib/playbook/weighing/origin-finding.ts'
import { originNamed } from '#lib/playbook/weighing/refusal-words.ts'
import { wordFinding } from '#lib/playbook/weighing/word-finding.ts'
import { nginx } from '#lib/text/configurations.ts'
import { excerpt, sentence } from '#lib/text/foreign.ts'
import { js, python } from '#lib/text/languages.ts'

/** By Starlette, FastAPI and Channels a missing route and a refusal look alike. */
const isOfAsgi = (facts: Facts): boolean =>
  facts.answer?.body === '' &&
  facts.stack.server.some((id) => ['uvicorn', 'daphne', 'django'].includes(id)) &&
  originIsIndifferent(facts)

export default defineCause({
  id: 'forbidden',
  stage: 'handshake',
  side: 'server',
  title: 'Forbidden (403)',
  symptom: 'The handshake is answered with 403.',
  endings: ['answered', 'unopened', 'closed', 'dropped'],
  isUmbrella: true,
  needs: ['proxy.access_log', 'server', 'retries.origin'],

  test: (facts) => {
    const { answer, ending, retries } = facts
    const word = wordFinding(facts, 'forbidden')
    if (word) return word
    if (ending.kind === 'closed' || ending.kind === 'dropped') return ruledOut(...ending.because)
    // Engine.IO refuses an upgrade with 400 alone, whatever for; others say themselves that they refuse with it.
    const byEngine = facts.told.server.find(
      ({ means, program, status }) => means === 'forbidden' && (program === 'engine.io' || status === 400),
    )
    if (answer?.status === 400 && byEngine) return weighed(likely(say(byEngine.detail, byEngine.from)), 0.8)
    if (answer && answer.status !== 403 && answer.status !== 451) return ruledOut(...ending.because)
    const own = facts.proxy.access.find(({ record }) => record.detail === 'upgrade_failed')
    if (own) return ruledOut(say('Envoy refused the upgrade itself, for every client', own.from))
    const rule = noticeOf(facts.proxy, 'forbidden')
    if (rule && answer)
      return proven(say(sentence`A proxy rule blocked it: “${excerpt(rule.record.text)}”`, rule.from))
    // https://developers.cloudflare.com/cloudflare-challenges/challenge-types/challenge-pages/detect-response/
    const challenge = answer?.headers?.find(([name]) => name.toLowerCase() === 'cf-mitigated')
    if (challenge)
      return proven(
        say(
          sentence`Cloudflare stopped it with a ${challenge[1]}, which no WebSocket can answer`,
          'probe.http.headers',
        ),
      )
    if (retries.origin.some((retry) => retry.opened))
      return ruledOut(say('With another Origin it is accepted', 'retries'))
    const direct = retries.direct.find((retry) => retry.opened)
    if (direct && answer)
      return weighed(likely(say('Directly, without the proxy, it is accepted', direct.from)), 0.7)
    if (originArrived(facts)?.changed || (answer?.by === 'backend' && hostArrived(facts)?.changed))
      return weighed(possible(...ending.because), 0.3)
    const unknown = toldByAny(facts.told, 'unauthorized')
    if (unknown) return weighed(possible(say(unknown.detail, unknown.from)), 0.4)
    // A backend that says what it minds means that, and no other rule.
    const minded = originNamed(facts)
    if (minded && answer) return weighed(possible(...ending.because), 0.3)
    const said = toldByAny(facts.told, 'forbidden')
    if (said && answer?.by !== 'backend' && !facts.settings.checksOrigin)
      return weighed(likely(say(said.detail, said.from)), 0.6)
    if (answer?.by === 'proxy' && facts.settings.checksOrigin)
      return weighed(possible(...answer.because), 0.4)
    if (facts.proxy.kind === 'envoy' && facts.settings.own?.status === 403)
      return weighed(possible(...ending.because), 0.3)
    if (answer?.by === 'proxy') return weighed(likely(...answer.because), 0.8)
    if (answer?.by === 'backend') return weighed(likely(...answer.because), 0.5)
    if (answer?.status === 451) return likely(...ending.because)
    return weighed(possible(...ending.because), answer ? 0.6 : 0.3)
  },

  explain: {
    wire: 'A rule said no: an address list, a web application firewall, an ACL, or the server’s own check of a token or cookie.',
    browser:
      'Your page sees only an error event and 1006. The HTTP status appears in the browser console; headers and body only in a probe.',
    sure: 'Find out what returned the 403. If it was nginx, its log says `access forbidden by rule` and the upstream status is `-`.',
    sources: [{ title: 'RFC 9110 §15.5.4', url: 'https://www.rfc-editor.org/rfc/rfc9110#section-15.5.4' }],
  },

  fix: (facts) => ({
    summary: isOfAsgi(facts)
      ? sentence`The Origin makes no difference here. An ASGI server answers 403 without a word both where no WebSocket route fits ${pathOf(facts)} and where the handler closes before it accepts. Compare the path with the routes, slash and prefix included; then see what the handler checks first: a token, a cookie, a parameter. The probe sent none unless you gave it one.`
      : originIsIndifferent(facts)
        ? sentence`The Origin makes no difference here. Sign in and send the cookie or token that the server expects: the probe sent none unless you gave it one. Else find the rule that answers ${facts.answer?.status ?? 403} for ${pathOf(facts)} or for this client’s address.`
        : sentence`Find the rule that answers 403 and let this client pass: its origin, its credentials, its address, or the path ${pathOf(facts)}.`,
    changes: [
      {
        program: 'python',
        of: 'django',
        where: sentence`Django Channels: AllowedHostsOriginValidator accepts the hosts of ALLOWED_HOSTS`,
        text: python`ALLOWED_HOSTS = [${python.string(originHostOf(facts))}]`,
      },
      {
        program: 'node',
        of: 'socket.io',
        where: sentence`Socket.IO server: the function that refuses`,
        text: js`new Server(httpServer, { allowRequest: (request, decide) => decide(null, true) })`,
      },
      ...whereProxied(facts, [
        {
          program: 'nginx',
          context: 'location',
          where: sentence`nginx, location ${pathOf(facts)}: only where a deny rule of nginx itself answers`,
          text: nginx`allow YOUR_CLIENT_NETWORK;`,
        },
      ]),
      {
        program: 'shell',
        where: sentence`On the client: the same handshake, with the body that says why`,
        text: handshakeCommand(facts),
      },
    ],
  }),

  reproduce: null,
})
