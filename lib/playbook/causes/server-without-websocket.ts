import type { Facts } from '#lib/facts/facts.ts'
import { toldByAny } from '#lib/facts/told.ts'
import { defineCause, likely, possible, ruledOut, say, stated, weighed } from '#lib/playbook/cause.ts'
import { hopOfHost } from '#lib/playbook/intermediaries/hops.ts'
import { withoutWebSocket } from '#lib/playbook/intermediaries/upgrades.ts'
import { sentence } from '#lib/text/foreign.ts'
import { csharp, java, js, python } from '#lib/text/languages.ts'
import { shell } from '#lib/text/shell.ts'

/** What a server answers to an upgrade that it does not know. */
const FITTING = [200, 400, 404, 405, 426, 500, 501]

/** Engine.IO's address names the transport. */
const ASKS_FOR_WEBSOCKET = /[?&]transport=websocket\b/

/** Servers that speak WSGI, which has no WebSocket (PEP 3333), by the header that they write. */
const isWsgi = ({ stack }: Facts): boolean => stack.server.includes('wsgi')

/** Odoo has one port for pages and another for what stays open. */
const isOtherPort = ({ told }: Facts): boolean =>
  toldByAny(told, 'no-websocket-support')?.application === 'odoo'

export default defineCause({
  id: 'server-without-websocket',
  stage: 'handshake',
  side: 'server',
  title: 'Server without WebSocket support',
  symptom: 'The handshake is answered like a plain request: 404, 400 or 426, although the route exists.',
  endings: ['answered', 'unopened', 'unanswered'],
  needs: ['server', 'probe'],

  test: (facts) => {
    const { answer, ending, told, backend } = facts
    const said = toldByAny(told, 'no-websocket-support')
    if (said) return stated(say(said.detail, said.from))
    const unknown = toldByAny(told, 'transport-unknown')
    if (unknown && ASKS_FOR_WEBSOCKET.test(facts.target.requestTarget))
      return stated(
        say(sentence`The server takes no WebSocket here: ${unknown.detail}`, unknown.from),
        // A client of another protocol gets the same words.
        say('The address asks for transport=websocket', 'target.url'),
      )
    if (answer && !FITTING.includes(answer.status)) return ruledOut(...ending.because)
    if (facts.probe?.opened || backend.upgradedMs !== undefined)
      return ruledOut(say('The server accepted a WebSocket', 'probe'))
    // One that has tools for it (CherryPy with ws4py), and says that the path is none of its own.
    const isOtherPath = answer?.status === 404 && toldByAny(told, 'no-route') !== undefined
    if (isWsgi(facts) && isOtherPath) return weighed(possible(...ending.because), 0.4)
    if (isWsgi(facts) && answer)
      return weighed(
        likely(
          say('The Server header is that of a WSGI server, which has no WebSocket', 'probe.http.headers'),
        ),
        0.8,
      )
    if (answer?.by === 'proxy') return ruledOut(...answer.because)
    const off = facts.settings.findings.find(
      ({ cause, severity }) => cause === 'server-without-websocket' && severity === 'error',
    )
    if (off && answer) return weighed(likely(...ending.because, say(off.says, off.from)), 0.75)
    const plain = toldByAny(told, 'plain-request')
    // Flask says that it does not have this path, whatever serves it.
    if (plain?.application === 'flask' && answer?.status === 404)
      return weighed(possible(say(plain.detail, plain.from)), 0.5)
    if (plain?.application === 'django' || plain?.application === 'flask')
      return weighed(
        likely(say(sentence`It was answered like a page’s request: ${plain.detail}`, plain.from)),
        0.65,
      )
    if (backend.request?.headers && !(backend.request.upgrade && backend.request.connection))
      return ruledOut(say('The backend never saw an upgrade', `server[${backend.request.at}].headers`))
    const never = withoutWebSocket(hopOfHost(facts.target.host)?.id ?? '')
    if (never) return weighed(possible(...ending.because, say(never, 'target.url')), 0.8)
    return weighed(possible(...ending.because), 0.15)
  },

  explain: {
    wire: 'The program that answers speaks HTTP only. Examples are Django’s runserver without daphne, gunicorn’s sync worker, uvicorn without a WebSocket library, and ASP.NET Core without UseWebSockets. It treats the upgrade as a plain GET.',
    browser:
      'Anything but 101 fails the handshake. Your page sees an error event and 1006; the status appears in the console.',
    sure: 'Read the server’s start-up lines and its answer: `Server: WSGIServer` and `Not Found: /ws/…` mean that no ASGI server runs.',
    sources: [
      { title: 'PEP 3333, WSGI', url: 'https://peps.python.org/pep-3333/' },
      {
        title: 'Channels, installation',
        url: 'https://channels.readthedocs.io/en/stable/installation.html',
      },
      { title: 'uvicorn, WebSockets', url: 'https://www.uvicorn.org/#command-line-options' },
      {
        title: 'ASP.NET Core, WebSockets',
        url: 'https://learn.microsoft.com/aspnet/core/fundamentals/websockets',
      },
    ],
  },

  fix: (facts) => ({
    summary: isOtherPort(facts)
      ? sentence`Odoo takes WebSockets only at its evented port, which the message names. Let the proxy send /websocket there (/longpolling before Odoo 16). Set workers in odoo.conf: without them that port is closed.`
      : isWsgi(facts) || toldByAny(facts.told, 'plain-request')?.application === 'flask'
        ? sentence`WSGI has no WebSocket. Run the application on a server that speaks ASGI, or the WebSocket in its own process.`
        : (withoutWebSocket(hopOfHost(facts.target.host)?.id ?? '') ??
          sentence`Run a server that speaks WebSocket, or switch its WebSocket support on.`),
    changes: [
      {
        program: 'python',
        of: 'django',
        where: sentence`Django, settings.py: daphne first, so that runserver speaks ASGI`,
        text: python`INSTALLED_APPS = ['daphne', *INSTALLED_APPS]\nASGI_APPLICATION = 'YOUR_PROJECT.asgi.application'`,
      },
      {
        program: 'command',
        of: 'uvicorn',
        at: 'server',
        where: sentence`uvicorn, with its WebSocket library`,
        text: shell`python3 -m pip install 'uvicorn[standard]'`,
      },
      {
        program: 'command',
        of: 'gunicorn',
        at: 'server',
        where: sentence`gunicorn, with a worker that speaks ASGI`,
        text: shell`gunicorn --worker-class uvicorn.workers.UvicornWorker YOUR_MODULE:app`,
      },
      {
        program: 'command',
        of: 'wsgi',
        at: 'server',
        where: sentence`An ASGI server, for an application that is ASGI or has an ASGI entry`,
        text: shell`python3 -m pip install 'uvicorn[standard]' && uvicorn YOUR_MODULE:app`,
      },
      {
        program: 'python',
        of: 'flask',
        where: sentence`Flask-SocketIO, in place of app.run()`,
        text: python`socketio.run(app)`,
      },
      {
        program: 'dotnet',
        where: sentence`ASP.NET Core, before the endpoints`,
        text: csharp`app.UseWebSockets();`,
      },
      {
        program: 'java',
        of: 'spring',
        where: sentence`Spring, with spring-boot-starter-websocket on the class path`,
        text: java`@Configuration @EnableWebSocket class SocketConfig implements WebSocketConfigurer {}`,
      },
      {
        program: 'node',
        where: sentence`Node server (ws)`,
        text: js`new WebSocketServer({ server })`,
      },
    ],
  }),

  reproduce: null,
})
