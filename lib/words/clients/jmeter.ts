import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const repository = 'https://github.com/ptrd/jmeter-websocket-samplers/blob/master/src/main/java/eu/luminis'
const client = `${repository}/websocket/WebSocketClient.java`
const sampler = `${repository}/jmeter/wssampler/WebsocketSampler.java`

export default defineProgram({
  id: 'jmeter',
  name: 'JMeter (WebSocket Samplers)',
  side: 'client',
  mark: /\beu\.luminis\b/,
  phrases: [
    ...phrasesOf(client, [
      {
        id: 'status',
        needle: 'Got unexpected status ',
        pattern: /\bGot unexpected status (\d{3})\b/,
        said: ([, status]) => saidOfStatus(status),
        example:
          'eu.luminis.websocket.HttpUpgradeException: Got unexpected status 403 with statusLine:HTTP/1.1 403 Forbidden',
        explains:
          'The server answered the handshake with this HTTP status in place of 101 Switching Protocols.',
      },
      {
        id: 'bad-101',
        needle: 'Server response ',
        pattern:
          /\bServer response (?:should contain '[\w-]{1,40}' header|header 'Sec-WebSocket-Accept' has incorrect value)/,
        said: { means: 'bad-101' },
        example:
          "eu.luminis.websocket.HttpUpgradeException: Server response header 'Sec-WebSocket-Accept' has incorrect value.",
        explains: 'The 101 lacks a header, or has a wrong value.',
      },
      {
        id: 'empty-response',
        needle: 'Empty response; connection closed',
        pattern: /\bEmpty response; connection closed\b/,
        said: { means: 'closed-before-answer' },
        example: 'HttpProtocolException: Empty response; connection closed.',
        explains: 'The server closed TCP without an answer to the handshake.',
      },
      {
        id: 'not-http',
        needle: 'HttpProtocolException: Invalid status line',
        pattern: /\bHttpProtocolException: Invalid status line\b/,
        said: { means: 'not-http' },
        example: 'HttpProtocolException: Invalid status line',
        explains: 'What came back is not HTTP.',
      },
      {
        id: 'proxy-status',
        needle: 'Connecting proxy failed with status code',
        pattern: /\bConnecting proxy failed with status code (\d{3})\b/,
        said: ([, status]) => ({
          means: status === '407' ? 'proxy-authentication' : 'forward-proxy',
          status: Number(status),
        }),
        example: 'HttpUpgradeException: Connecting proxy failed with status code 407',
        explains: 'The forward proxy refused the tunnel to this host.',
      },
      {
        id: 'proxy-failed',
        needle: 'Proxy connection ',
        pattern: /\bProxy connection (?:setup error: |timeout$)/,
        said: { means: 'forward-proxy' },
        example: 'java.net.ConnectException: Proxy connection setup error: Connection refused',
        explains: 'The connection to the forward proxy itself failed, or it did not answer in time.',
      },
      {
        id: 'end-of-stream',
        needle: 'EndOfStreamException',
        pattern: /\bEndOfStreamException\b/,
        said: { means: 'dropped' },
        example: 'eu.luminis.websocket.EndOfStreamException: end of stream',
        explains: 'TCP ended without a Close frame.',
      },
      {
        id: 'continuation',
        needle: 'continuation frame',
        pattern: /\bProtocolException: (?:no continuation frame expected|missing continuation frame)\b/,
        said: { means: 'frame' },
        example: 'java.net.ProtocolException: missing continuation frame',
        explains: 'A frame of a fragmented message breaks the protocol.',
      },
      {
        id: 'wrong-state',
        needle: ' when state is ',
        pattern:
          /\bCannot (?:connect|close|send (?:data|ping|pong) frame|receive data frame) when state is \w{1,20}\b/,
        said: { means: 'used-too-early' },
        example: 'java.lang.IllegalStateException: Cannot send data frame when state is CLOSED',
        explains: 'The test uses a connection that is not open, or opens one that is.',
      },
    ]),
    ...phrasesOf(sampler, [
      {
        id: 'io-error',
        needle: 'WebSocket I/O error',
        pattern: /\bWebSocket I\/O error(?:: (?!Connection re|Read timed|connect timed)[^\n]{0,100})?$/i,
        said: { means: 'lost' },
        example: 'Response code: Websocket I/O error',
        explains: 'TCP failed, before or after the opening. The response message has the exception.',
      },
      {
        id: 'unexpected-frame',
        needle: 'Sampler error: unexpected frame type',
        pattern: /\bSampler error: unexpected frame type \(\w{1,20}\)/i,
        said: { means: 'nothing-said' },
        example: 'Sampler error: unexpected frame type (close).',
        explains:
          'The test waits for one kind of frame and another came: of a Close frame the response message has the code.',
      },
    ]),
  ],
})
