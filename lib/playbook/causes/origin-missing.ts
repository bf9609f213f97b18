import type { Facts } from '#lib/facts/facts.ts'
import { toldByAny } from '#lib/facts/told.ts'
import { defineCause, likely, possible, proven, ruledOut, say, stated, weighed } from '#lib/playbook/cause.ts'
import { plainAddressOf } from '#lib/playbook/weighing/advice.ts'
import { openerFinding } from '#lib/playbook/weighing/opener-finding.ts'
import { REFUSALS } from '#lib/playbook/weighing/origin-finding.ts'
import { plainHost } from '#lib/text/code.ts'
import { sentence } from '#lib/text/foreign.ts'
import { csharp, go, java, js, python } from '#lib/text/languages.ts'

/** An Origin that was accepted, else the one that a page of the server's own address would have. */
function wanted({ retries, target }: Facts): string {
  const accepted = retries.origin.find(({ opened, vary }) => opened && typeof vary.origin === 'string')
  if (accepted?.vary.origin) return accepted.vary.origin
  if (target.pageOrigin !== undefined) return target.pageOrigin
  const port = target.url?.port
  return `${target.url && !target.secure ? 'http' : 'https'}://${plainHost(target.host || 'YOUR_HOST')}${port ? `:${port}` : ''}`
}

/** A client that sends no Origin of its own: every one but a browser. */
const isBare = ({ probe, stack, target, page }: Facts): boolean => {
  if (probe?.evidence.origin === null) return true
  const isPage =
    stack.client.includes('browser') ||
    target.pageOrigin !== undefined ||
    (page.watched && page.by === 'browser')
  return !isPage && stack.client.length > 0
}

export default defineCause({
  id: 'origin-missing',
  stage: 'handshake',
  side: 'server',
  title: 'Origin header missing',
  symptom: 'The handshake is refused with 403 from a program and works in a browser.',
  endings: ['answered', 'unopened', 'unanswered', 'closed', 'dropped'],
  needs: ['retries.origin', 'server'],

  opensWith: ['origin'],

  test: (facts) => {
    const { answer, ending, retries, told, probe } = facts
    const said = toldByAny(told, 'origin-missing')
    if (said) return stated(say(said.detail, said.from))
    if (ending.kind === 'closed' || ending.kind === 'dropped' || ending.kind === 'unanswered') {
      const opened = probe?.evidence.origin === null ? openerFinding(facts, 'origin') : undefined
      return opened ?? ruledOut(...ending.because)
    }
    if (answer && !REFUSALS.includes(answer.status)) return ruledOut(...ending.because)
    if (!isBare(facts)) return ruledOut(say('The client sends an Origin', 'target.page_origin'))
    if (probe?.evidence.origin === null && answer) {
      const named = retries.origin.filter(({ vary }) => typeof vary.origin === 'string')
      const accepted = named.find(({ opened }) => opened)
      if (accepted) {
        const because = say(
          sentence`With Origin ${accepted.vary.origin ?? ''} the same handshake is accepted`,
          accepted.from,
        )
        return named.every(({ opened }) => opened) ? proven(because) : weighed(likely(because), 0.9)
      }
      const refused = named.find(({ opened }) => !opened)
      if (refused) return ruledOut(say('It is refused with an Origin as well', refused.from))
    }
    if (answer?.by === 'proxy') return ruledOut(...answer.because)
    return answer?.status === 403
      ? weighed(possible(...ending.because, say('Clients other than browsers send no Origin', 'client')), 0.5)
      : weighed(possible(...ending.because), 0.1)
  },

  explain: {
    wire: 'Browsers always send Origin, other clients never do unless told to. Some servers insist on one: Go’s x/net/websocket, Django Channels’ AllowedHostsOriginValidator, Jupyter, strict lists of origins.',
    browser: 'In a browser the same address works, because the browser sends the header by itself.',
    sure: 'Repeat the handshake with `Origin:` set to the address of the server.',
    sources: [
      { title: 'RFC 6455 §4.2.1, Origin', url: 'https://www.rfc-editor.org/rfc/rfc6455#section-4.2.1' },
      { title: 'x/net/websocket, Handler', url: 'https://pkg.go.dev/golang.org/x/net/websocket#Handler' },
    ],
  },

  fix: (facts) => ({
    summary: sentence`Send the Origin that the server expects, such as ${wanted(facts)}, or let the server accept clients without one.`,
    changes: [
      {
        program: 'go',
        at: 'client',
        where: sentence`Go client (gorilla)`,
        text: go`header := http.Header{"Origin": {${go.string(wanted(facts))}}}\nconn, _, err := websocket.DefaultDialer.Dial(url, header)`,
      },
      {
        program: 'node',
        at: 'client',
        where: sentence`Node client (ws)`,
        text: js`new WebSocket(${js.string(plainAddressOf(facts))}, { origin: ${js.string(wanted(facts))} })`,
      },
      {
        program: 'python',
        at: 'client',
        where: sentence`Python client (websockets)`,
        text: python`connect(${python.string(plainAddressOf(facts))}, origin=${python.string(wanted(facts))})`,
      },
      {
        program: 'java',
        at: 'client',
        where: sentence`Java client (java.net.http)`,
        text: java`client.newWebSocketBuilder().header("Origin", ${java.string(wanted(facts))})`,
      },
      {
        program: 'dotnet',
        at: 'client',
        where: sentence`.NET client`,
        text: csharp`socket.Options.SetRequestHeader("Origin", ${csharp.string(wanted(facts))});`,
      },
    ],
  }),

  reproduce: null,
})
