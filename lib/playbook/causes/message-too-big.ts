import { serverPath } from '#lib/facts/backend.ts'
import { defineCause, likely, say } from '#lib/playbook/cause.ts'
import { codeFinding } from '#lib/playbook/weighing/code-finding.ts'
import { excerpt, sentence } from '#lib/text/foreign.ts'
import { js, python } from '#lib/text/languages.ts'

/** ws, Go (gorilla, coder), Python websockets and aiohttp, Jetty and Tomcat. */
const TOO_BIG =
  /UNSUPPORTED_MESSAGE_LENGTH|max payload|message (is )?too (big|large|long)|read limit(ed)? (exceeded|at)|(over|exceeds?) (the )?(size |message )?limit|PayloadTooBig|frame (is )?too (big|large|long)|(buffer|message) size .{0,40}exceed/i

export default defineCause({
  id: 'message-too-big',
  stage: 'closed',
  title: 'A message was too big',
  symptom: 'close 1009.',
  endings: ['closed', 'dropped'],
  needs: ['server'],

  test: (facts) => {
    const tooBig = facts.backend.errors.find(({ code, message }) => TOO_BIG.test(`${code} ${message}`))
    const finding = codeFinding(facts, [1009], 'either')
    return tooBig && finding.is === 'ruled-out' && facts.ending.kind === 'dropped'
      ? likely(
          say(sentence`The backend says “${excerpt(tooBig.message || tooBig.code)}”`, serverPath(tooBig.at)),
        )
      : finding
  },

  explain: {
    wire: 'A side received more than it allows: `maxPayload` in ws (100 MiB by default), 16 MiB in uvicorn, 128 KiB in API Gateway.',
    browser:
      'The browser reports the code and the reason as they came; this is the one kind of failure that script can read.',
    sure: 'Log the length of what was sent last.',
    sources: [{ title: 'RFC 6455 §7.4', url: 'https://www.rfc-editor.org/rfc/rfc6455#section-7.4' }],
  },

  fix: () => ({
    summary: sentence`Send smaller messages, or raise the limit of the receiver.`,
    changes: [
      {
        program: 'node',
        where: sentence`Node server (ws)`,
        text: js`new WebSocketServer({ server, maxPayload: 4 * 1024 * 1024 })`,
      },
      {
        program: 'python',
        where: sentence`Python server (websockets)`,
        text: python`serve(handler, '127.0.0.1', 8080, max_size=4 * 1024 * 1024)`,
      },
    ],
  }),

  reproduce: 'oversize',
})
