import { serverPath } from '#lib/diagnosis/facts/backend.ts'
import { defineCause, likely, ruledOut, say } from '#lib/playbook/cause.ts'

/** What JSON.parse and its kin say in browsers, Node, Python and Go. */
const PARSING =
  /Unexpected (token|end of JSON)|is not valid JSON|JSON\.parse|JSONDecodeError|Failed to parse message|invalid character .* looking for|cannot unmarshal|Expecting value: line/i

export default defineCause({
  id: 'serialization-mismatch',
  stage: 'ailing',
  title: 'Both ends disagree on the form of messages',
  symptom: 'The socket is open, and nothing happens, or parsing fails.',
  endings: ['open', 'closed'],
  needs: ['server', 'browser.events'],

  test: (facts) => {
    const { evidence, backend, ending } = facts
    const { thrown } = facts.page
    if (thrown && PARSING.test(`${thrown.name} ${thrown.message}`))
      return likely(say(thrown.message || thrown.name, `browser.events[${thrown.at}]`))
    const line = evidence.browser?.console?.findIndex((text) => PARSING.test(text)) ?? -1
    if (line >= 0)
      return likely(say(evidence.browser?.console?.[line]?.slice(0, 200) ?? '', `browser.console[${line}]`))
    const logged = [
      ...backend.errors.map(({ message, at }) => ({ text: message, at })),
      ...backend.logs,
    ].find(({ text }) => PARSING.test(text))
    return logged
      ? likely(say(logged.text.slice(0, 200), serverPath(logged.at)))
      : ruledOut(...ending.because)
  },

  explain: {
    wire: 'One side sends JSON as text and the other expects binary, another envelope or another encoding. Frames arrive and are thrown away.',
    browser: 'The socket is open and silent; at most an exception in a message handler.',
    sure: 'Print the first bytes and the type of what arrives on both sides.',
    sources: [
      {
        title: 'MDN, WebSocket message event',
        url: 'https://developer.mozilla.org/en-US/docs/Web/API/WebSocket/message_event',
      },
    ],
  },

  fix: () => ({
    summary: 'Agree on JSON text frames, and answer what cannot be parsed.',
    changes: [
      {
        where: 'In the page',
        text: 'socket.send(JSON.stringify(message))\nsocket.onmessage = ({ data }) => receive(JSON.parse(data))',
      },
    ],
  }),

  reproduce: 'serialization-mismatch',
})
