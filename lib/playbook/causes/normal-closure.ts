import { farewell } from '#lib/facts/last-words.ts'
import { defineCause, proven, say } from '#lib/playbook/cause.ts'
import { codeFinding } from '#lib/playbook/weighing/code-finding.ts'
import { endedAtOnceMs } from '#lib/playbook/weighing/cut-times.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js, python } from '#lib/text/languages.ts'

/** Longer than a handler needs that has nothing to wait for. */
const WAITED_MS = 300

export default defineCause({
  id: 'normal-closure',
  stage: 'closed',
  side: 'server',
  title: 'Closed normally by the server (1000)',
  symptom: 'close 1000, clean.',
  endings: ['closed'],
  needs: ['server'],

  test: (facts) => {
    const finding = codeFinding(facts, [1000])
    const ageMs = endedAtOnceMs(facts)
    const last = finding.is === 'proven' ? farewell(facts.evidence) : undefined
    if (finding.is === 'proven' && last) return proven(...finding.because, last)
    if (finding.is !== 'proven' || ageMs === undefined) return finding
    return proven(
      ...finding.because,
      ageMs < WAITED_MS
        ? say(sentence`It came ${ageMs} ms after the opening: the server’s handler returned`, 'probe.end')
        : say(
            sentence`It came ${ageMs} ms after the opening, and the server had said nothing: its handler returned, or missed something`,
            'probe.end',
          ),
    )
  },

  explain: {
    wire: 'The server sent a Close frame with 1000: it is done.',
    browser:
      'JavaScript receives the code and reason unchanged. This is the only kind of failure it can read.',
    sure: 'Look in the server for the call that closes.',
    sources: [{ title: 'RFC 6455 §7.4', url: 'https://www.rfc-editor.org/rfc/rfc6455#section-7.4' }],
  },

  fix: (facts) => ({
    summary:
      endedAtOnceMs(facts) === undefined
        ? sentence`Find out why the server closed: it was done. Reconnect only if the page still needs the connection.`
        : (endedAtOnceMs(facts) ?? 0) < WAITED_MS
          ? sentence`The server’s handler returned right after the opening, and its library closed the connection with 1000. Let the handler run for as long as the connection is needed: await messages in a loop. Where the server’s log has an exception at that moment, it ended the handler.`
          : sentence`Look in the server for what closes so soon. It may be a handler that returned, which must run for as long as the connection is needed. Or it checks what the address should name (a session, a room, a token).`,
    changes: [
      ...(endedAtOnceMs(facts) === undefined
        ? []
        : ([
            {
              program: 'python',
              of: 'websockets',
              where: sentence`Python server (websockets)`,
              text: python`async def handler(websocket):\n    async for message in websocket:\n        await handle(message)`,
            },
            {
              program: 'python',
              of: 'aiohttp',
              where: sentence`aiohttp handler`,
              text: python`async def handler(request):\n    ws = web.WebSocketResponse()\n    await ws.prepare(request)\n    async for message in ws:\n        await handle(message)\n    return ws`,
            },
            {
              program: 'python',
              of: 'starlette',
              where: sentence`Starlette or FastAPI`,
              text: python`async def endpoint(websocket):\n    await websocket.accept()\n    async for message in websocket.iter_text():\n        await handle(message)`,
            },
          ] as const)),
      {
        program: 'browser',
        where: sentence`In the page`,
        text: js`socket.onclose = ({ code }) => { if (code !== 1000) reconnect() }`,
      },
    ],
  }),

  reproduce: null,
})
