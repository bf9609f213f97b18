import { answerHeader } from '#lib/facts/answer.ts'
import type { Facts } from '#lib/facts/facts.ts'
import { toldByAny } from '#lib/facts/told.ts'
import { defineCause, likely, possible, proven, ruledOut, say, weighed } from '#lib/playbook/cause.ts'
import { originSettings } from '#lib/playbook/intermediaries/origin-settings.ts'
import { originHostOf, originOf, pathOf, refusedOrigin } from '#lib/playbook/weighing/advice.ts'
import { configSays } from '#lib/playbook/weighing/config-findings.ts'
import { openerFinding } from '#lib/playbook/weighing/opener-finding.ts'
import {
  hostArrived,
  isOwnOrigin,
  originArrived,
  originIsIndifferent,
  pageRefused,
  REFUSALS,
  sameOriginRefused,
} from '#lib/playbook/weighing/origin-finding.ts'
import { originNamed, originRefusedInWords } from '#lib/playbook/weighing/refusal-words.ts'
import { wordFinding } from '#lib/playbook/weighing/word-finding.ts'
import { env } from '#lib/text/configurations.ts'
import { sentence } from '#lib/text/foreign.ts'
import { csharp, elixir, go, java, js, python, ruby } from '#lib/text/languages.ts'
import { meaningOfReason } from '#lib/words/close-reasons.ts'

const isCable = ({ target }: Facts): boolean => /\bcable\b/.test(target.pathname)

/** Answers of the moment, which come and go: of every second try, where one of two instances gives them. */
const OF_LOAD: readonly number[] = [429, 503, 504]

export default defineCause({
  id: 'origin-rejected',
  stage: 'handshake',
  side: 'server',
  title: 'Origin not allowed',
  symptom: 'The handshake is refused with 403 from one page and accepted from another, or from a tool.',
  endings: ['answered', 'unopened', 'unanswered', 'open', 'closed', 'dropped'],
  needs: ['retries.origin', 'server', 'proxy.access_log'],

  opensWith: ['origin'],

  test: (facts) => {
    const { answer, retries, ending, backend, settings } = facts
    if (ending.kind === 'closed' || ending.kind === 'dropped' || ending.kind === 'unanswered') {
      const opened = facts.probe?.evidence.origin === null ? undefined : openerFinding(facts, 'origin')
      if (opened) return opened
      const word = wordFinding(facts, 'origin-refused', 'host-refused')
      // A proxy that changes what is compared is nearer to the cause than the list.
      if (word && configSays(facts, 'origin-rewritten').length > 0 && facts.lastWords?.isLogged)
        return weighed(possible(...ending.because, facts.lastWords.because), 0.4)
      const named =
        ending.kind === 'closed' &&
        ending.by === 'peer' &&
        meaningOfReason(ending.reason) === 'origin-refused'
      if (word && !(named && word.is === 'possible')) return word
      return named ? weighed(likely(...ending.because), 0.8) : ruledOut(...ending.because)
    }
    const page = pageRefused(facts)
    if (ending.kind === 'open') return page ? likely(page) : ruledOut(...ending.because)
    // A browser may also distrust a certificate that the probe trusts, and say nothing to script.
    if (page) return facts.target.secure ? weighed(likely(page), 0.9) : proven(page)
    const isByChance = retries.again.some(({ holds }) => holds)
    const accepted = isByChance ? [] : retries.origin.filter((retry) => retry.opened)
    const [opened] = accepted
    if (opened && answer && OF_LOAD.includes(answer.status))
      return weighed(possible(say('A try with another Origin, or none, is accepted', opened.from)), 0.2)
    const named = accepted.find(({ vary }) => typeof vary.origin === 'string')
    // Who sent no Origin was not refused for one.
    if (named && facts.probe?.evidence.origin === null)
      return weighed(possible(say('With an Origin the same handshake is accepted', named.from)), 0.4)
    if (named) {
      const because = say('With another Origin the same handshake is accepted', named.from)
      // What fails for other reasons now and then may also succeed by chance.
      const isSure = answer && (REFUSALS.includes(answer.status) || facts.opener?.isRepeated)
      return isSure ? proven(because) : likely(because)
    }
    // A proxy that changes Host or Origin makes a server refuse every origin alike.
    const [bare] = accepted
    if (bare) {
      const because = say('Without an Origin the same handshake is accepted', bare.from)
      return sameOriginRefused(facts) ? weighed(possible(because), 0.5) : likely(because)
    }
    // `ws` answers 401 to an origin that its verifyClient refuses, and asks for no credentials.
    const isBare401 = answer?.status === 401 && answerHeader(answer, 'www-authenticate') === undefined
    if (isBare401 && answer.by !== 'proxy') return weighed(possible(...ending.because), 0.3)
    const said = toldByAny(facts.told, 'origin-refused', 'host-refused')
    const isOfProxy =
      settings.origin !== undefined ||
      originArrived(facts)?.changed ||
      (said?.means === 'host-refused' && hostArrived(facts)?.changed)
    if (said && sameOriginRefused(facts)) return weighed(possible(say(said.detail, said.from)), 0.5)
    if (said && !isOfProxy) return weighed(likely(say(said.detail, said.from)), 0.6)
    // ActionCable hides what it refuses behind 404.
    const isRails = answer?.status === 404 && facts.stack.server.includes('rails')
    // Its own address it lets in by itself, and a server of Ruby need not have one.
    if (isRails && answer.by !== 'proxy')
      return weighed(possible(...ending.because), isOwnOrigin(facts) && !isCable(facts) ? 0.3 : 0.55)
    if (answer && answer.status !== 403) return ruledOut(...ending.because)
    if (answer?.by === 'proxy') {
      return settings.checksOrigin
        ? weighed(likely(say('The proxy decides by the Origin header', 'proxy.config')), 0.8)
        : ruledOut(...answer.because)
    }
    const arrived = originArrived(facts)
    if (arrived?.changed) return ruledOut(arrived.because)
    const words = originNamed(facts)
    // With every Origin and without one the answer is the same: then a mere mention is no reason.
    const isMention = originIsIndifferent(facts) && !originRefusedInWords(facts)
    if (words && answer && !isOfProxy)
      return isMention ? weighed(possible(words), 0.5) : weighed(likely(words), 0.5)
    // A strict list refuses clients without an Origin too (Django Channels does), so this rules nothing out.
    const denied = retries.origin.find((retry) => !retry.opened && retry.vary.origin === null)
    if (denied) return weighed(possible(say('Also refused without an Origin', denied.from)), 0.2)
    if (backend.request?.origin === 'null')
      return likely(say('The page sent the opaque origin “null”', 'server'))
    return weighed(possible(...ending.because), 0.5)
  },

  explain: {
    wire: 'Every browser sends the page’s Origin with the handshake, and JavaScript cannot change it. The server keeps a list and answers 403 (ws: 401) to the others. That is right: nothing else stops foreign websites from using a visitor’s cookies.',
    browser:
      'A refused handshake is an error event and 1006. Close code 1008 can only come when the server accepts first and closes then.',
    sure: 'Repeat the handshake without Origin, and with one that is surely allowed. If that opens, it is the origin.',
    sources: [
      {
        title: 'RFC 6455 §10.2, Origin considerations',
        url: 'https://www.rfc-editor.org/rfc/rfc6455#section-10.2',
      },
    ],
  },

  fix: (facts) => ({
    summary: sentence`Allow ${refusedOrigin(facts) ?? 'the page’s origin'} at the server, exactly as written: scheme, host and port.`,
    changes: [
      ...originSettings(originOf(facts)),
      {
        program: 'this-server',
        where: sentence`Why1006 server`,
        text: env`ALLOWED_ORIGINS=${env.value(originOf(facts))}`,
      },
      {
        program: 'node',
        where: sentence`Node server (ws)`,
        text: js`new WebSocketServer({ server, verifyClient: ({ origin }) => origin === ${js.string(originOf(facts))} })`,
      },
      {
        program: 'python',
        where: sentence`Python server (websockets)`,
        text: python`serve(handler, YOUR_HOST, YOUR_PORT, origins=[${python.string(originOf(facts))}])`,
      },
      {
        program: 'go',
        where: sentence`Go (gorilla)`,
        text: go`upgrader.CheckOrigin = func(r *http.Request) bool { return r.Header.Get("Origin") == ${go.string(originOf(facts))} }`,
      },
      {
        program: 'go',
        of: 'coder-websocket',
        where: sentence`Go (coder/websocket)`,
        text: go`websocket.Accept(w, r, &websocket.AcceptOptions{OriginPatterns: []string{${go.string(URL.parse(originOf(facts))?.host ?? 'YOUR_HOST')}}})`,
      },
      {
        program: 'python',
        of: 'tornado',
        where: sentence`Tornado, in the WebSocketHandler`,
        text: python`def check_origin(self, origin):\n    return origin == ${python.string(originOf(facts))}`,
      },
      {
        program: 'python',
        of: 'autobahn',
        where: sentence`Autobahn, WebSocketServerFactory`,
        text: python`factory.setProtocolOptions(allowedOrigins=[${python.string(originOf(facts))}])`,
      },
      {
        program: 'node',
        of: 'socket.io',
        where: sentence`Socket.IO server`,
        text: js`new Server(httpServer, { cors: { origin: [${js.string(originOf(facts))}] } })`,
      },
      {
        program: 'node',
        of: 'webpack',
        where: sentence`webpack.config, devServer`,
        text: js`devServer: { allowedHosts: [${js.string(originHostOf(facts))}] }`,
      },
      {
        program: 'node',
        of: 'vite',
        where: sentence`vite.config, server`,
        text: js`server: { allowedHosts: [${js.string(originHostOf(facts))}] }`,
      },
      {
        program: 'python',
        of: 'django',
        where: sentence`Django Channels: AllowedHostsOriginValidator accepts the hosts of ALLOWED_HOSTS`,
        text: python`ALLOWED_HOSTS = [${python.string(originHostOf(facts))}]`,
      },
      {
        program: 'python',
        of: 'asgi',
        where: sentence`Starlette or FastAPI, before accept(); with Django Channels, ALLOWED_HOSTS has the host`,
        text: python`if websocket.headers.get('origin') != ${python.string(originOf(facts))}:\n    await websocket.close(1008)`,
      },
      {
        program: 'java',
        of: 'spring',
        where: sentence`Spring, WebSocketConfigurer`,
        text: java`registry.addHandler(handler, ${java.string(pathOf(facts))}).setAllowedOrigins(${java.string(originOf(facts))});`,
      },
      {
        program: 'dotnet',
        where: sentence`ASP.NET Core`,
        text: csharp`app.UseWebSockets(new WebSocketOptions { AllowedOrigins = { ${csharp.string(originOf(facts))} } });`,
      },
      {
        program: 'rails',
        where: sentence`Rails, ActionCable`,
        text: ruby`config.action_cable.allowed_request_origins = [${ruby.string(originOf(facts))}]`,
      },
      {
        program: 'phoenix',
        where: sentence`Phoenix, endpoint`,
        text: elixir`socket "/socket", UserSocket, websocket: [check_origin: [${elixir.string(originOf(facts))}]]`,
      },
    ],
  }),

  reproduce: 'origin-rejected',
})
