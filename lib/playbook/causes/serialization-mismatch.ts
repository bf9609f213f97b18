import { serverPath } from '#lib/facts/backend.ts'
import { pageEventPath } from '#lib/facts/page.ts'
import { defineCause, likely, ruledOut, say } from '#lib/playbook/cause.ts'
import { excerpt, sentence } from '#lib/text/foreign.ts'
import { js, python } from '#lib/text/languages.ts'

/** What JSON.parse and its kin say in browsers, Node, Python and Go. */
const PARSING =
  /Unexpected (token|end of JSON)|is not valid JSON|JSON\.parse|JSONDecodeError|Failed to parse message|invalid character .{0,80} looking for|cannot unmarshal|Expecting value: line/i

export default defineCause({
  id: 'serialization-mismatch',
  stage: 'ailing',
  side: 'client',
  title: 'Message format mismatch',
  symptom: 'The socket is open, and nothing happens, or parsing fails.',
  endings: ['open', 'closed'],
  needs: ['server', 'browser.events'],

  test: (facts) => {
    const { evidence, backend, ending } = facts
    const { thrown } = facts.page
    if (thrown && PARSING.test(`${thrown.name} ${thrown.message}`))
      return likely(
        say(
          sentence`The page threw “${excerpt(thrown.message || thrown.name)}”`,
          pageEventPath(facts.page, thrown.at),
        ),
      )
    const line = evidence.browser?.console?.findIndex((text) => PARSING.test(text)) ?? -1
    if (line >= 0)
      return likely(
        say(
          sentence`The console says “${excerpt(evidence.browser?.console?.[line] ?? '')}”`,
          `browser.console[${line}]`,
        ),
      )
    const logged = [
      ...backend.errors.map(({ message, at }) => ({ text: message, at })),
      ...backend.logs,
    ].find(({ text }) => PARSING.test(text))
    return logged
      ? likely(say(sentence`The backend says “${excerpt(logged.text)}”`, serverPath(logged.at)))
      : ruledOut(...ending.because)
  },

  explain: {
    wire: 'One side sends JSON as text and the other expects binary, another envelope or another encoding. Both ends must agree on JSON text frames. The trap is the serializer. A fast one (orjson, MessagePack, a Buffer) returns bytes. The library sends them as a binary frame, and the page gets a Blob that no `JSON.parse` takes.',
    browser: 'The socket is open and silent; at most an exception in a message handler.',
    sure: 'Print the first bytes and the type of what arrives on both sides: `typeof data` is `string` for a text frame. The browser’s network panel lists each frame with its opcode.',
    sources: [
      {
        title: 'MDN, WebSocket message event',
        url: 'https://developer.mozilla.org/en-US/docs/Web/API/WebSocket/message_event',
      },
      { title: 'RFC 6455 §5.6, data frames', url: 'https://www.rfc-editor.org/rfc/rfc6455#section-5.6' },
    ],
  },

  fix: () => ({
    summary: sentence`Send JSON as text frames on both sides, and report messages that cannot be parsed.`,
    changes: [
      {
        program: 'browser',
        where: sentence`In the page`,
        text: js`socket.send(JSON.stringify(message))\nsocket.onmessage = ({ data }) => receive(JSON.parse(data))`,
      },
      {
        program: 'node',
        where: sentence`Node server (ws)`,
        text: js`socket.send(JSON.stringify(message))  // not a Buffer: that is a binary frame`,
      },
      {
        program: 'python',
        where: sentence`Python server (websockets)`,
        text: python`await websocket.send(orjson.dumps(message).decode())  # bytes would be a binary frame`,
      },
    ],
  }),

  reproduce: 'serialization-mismatch',
})
