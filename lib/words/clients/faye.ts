import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const api = 'https://github.com/faye/faye-websocket-ruby/blob/main/lib/faye/websocket/client.rb'
const hybi = 'https://github.com/faye/websocket-driver-ruby/blob/main/lib/websocket/driver/hybi.rb'
const simple = 'https://github.com/imanel/websocket-ruby/blob/master/lib/websocket/error.rb'
const system = 'https://docs.ruby-lang.org/en/master/Net/OpenTimeout.html'

export default defineProgram({
  id: 'faye',
  name: 'Ruby clients (faye-websocket, websocket-client-simple)',
  mark: /\bFaye::WebSocket\b|\bWebSocket::Error::/,
  phrases: [
    ...phrasesOf(api, [
      {
        id: 'cannot-connect',
        needle: 'establish a connection to the server at ws',
        pattern: /(?<!Firefox )\b[Cc]an't establish a connection to the server at (wss?:\/\/\S{1,1000})/,
        said: ([, url]) => ({ means: 'never-opened', ...(url !== undefined && { url }) }),
        side: 'client',
        example: "Can't establish a connection to the server at ws://app.example/ws",
        explains:
          'The connection failed before it opened. The library prints the same words for every reason.',
      },
      {
        id: 'proxy',
        needle: 'establish a connection to the HTTP proxy at',
        pattern: /\b[Cc]an't establish a connection to the HTTP proxy at \S{1,1000}/,
        said: { means: 'forward-proxy' },
        side: 'client',
        example: "Can't establish a connection to the HTTP proxy at http://proxy.example:3128",
        explains: 'The forward proxy refused the tunnel to this host, or could not be reached.',
      },
    ]),
    ...phrasesOf(hybi, [
      {
        id: 'frames',
        needle: 'eceived ',
        pattern:
          /\bReceived (?:unmasked frame but masking is required|new data frame but previous continuous frame is unfinished|fragmented control frame: opcode = \d{1,2}|unexpected continuation frame$)/,
        said: { means: 'frame' },
        example: 'Received new data frame but previous continuous frame is unfinished',
        explains: 'A frame breaks the protocol.',
      },
      {
        id: 'too-large',
        needle: 'WebSocket frame length too large',
        pattern: /\bWebSocket frame length too large\b/,
        said: { means: 'too-big' },
        example: 'WebSocket frame length too large',
        explains: 'A message is larger than this end’s own max_length. It closes with 1009.',
      },
    ]),
    ...phrasesOf(simple, [
      {
        id: 'status',
        needle: 'WebSocket::Error::Handshake::InvalidStatusCode',
        pattern: /\bWebSocket::Error::Handshake::InvalidStatusCode\b/,
        said: { means: 'bad-answer' },
        side: 'client',
        example: 'WebSocket::Error::Handshake::InvalidStatusCode',
        explains: 'The handshake was answered with an HTTP status other than 101, which is not printed.',
      },
      {
        id: 'answer',
        needle: 'WebSocket::Error::Handshake::',
        pattern: /\bWebSocket::Error::Handshake::(?:InvalidAuthentication|InvalidHeader)\b/,
        said: { means: 'bad-101' },
        side: 'client',
        example: 'WebSocket::Error::Handshake::InvalidAuthentication',
        explains: 'The 101 lacks a header, or does not answer the key of this handshake.',
      },
      {
        id: 'subprotocol',
        needle: 'WebSocket::Error::Handshake::',
        pattern: /\bWebSocket::Error::Handshake::UnsupportedProtocol\b/,
        said: { means: 'subprotocol' },
        side: 'client',
        example: 'WebSocket::Error::Handshake::UnsupportedProtocol',
        explains: 'The 101 names a subprotocol that was not asked for.',
      },
      {
        id: 'frame-error',
        needle: 'WebSocket::Error::Frame::',
        pattern: /\bWebSocket::Error::Frame::(TooLong|ControlFramePayloadTooLong|\w{1,40})\b/,
        said: ([, name]) => ({ means: name === 'TooLong' ? 'too-big' : 'frame' }),
        example: 'WebSocket::Error::Frame::TooLong',
        explains: 'A frame breaks the protocol, or is larger than this end takes.',
      },
      {
        id: 'no-host',
        needle: 'WebSocket::Error::Handshake::NoHostProvided',
        pattern: /\bWebSocket::Error::Handshake::NoHostProvided\b/,
        said: { means: 'invalid-url' },
        side: 'client',
        example: 'WebSocket::Error::Handshake::NoHostProvided',
        explains: 'The address has no host.',
      },
      {
        id: 'version',
        needle: 'WebSocket::Error::Handshake::',
        pattern: /\bWebSocket::Error::Handshake::(?:UnknownVersion|GetRequestRequired)\b/,
        said: { means: 'handshake-header' },
        side: 'server',
        example: 'WebSocket::Error::Handshake::UnknownVersion',
        explains: 'The request is not a GET, or its Sec-WebSocket-Version is none that the server speaks.',
      },
    ]),
    ...phrasesOf(system, [
      {
        id: 'open-timeout',
        needle: 'Net::OpenTimeout',
        pattern: /\bNet::OpenTimeout\b/,
        said: { means: 'connect-timeout' },
        side: 'client',
        example: 'Net::OpenTimeout: execution expired',
        explains: 'TCP and TLS were not finished within open_timeout.',
      },
      {
        id: 'end-of-file',
        needle: 'EOFError: end of file reached',
        pattern: /\bEOFError: end of file reached\b/,
        said: { means: 'hung-up' },
        example: 'EOFError: end of file reached',
        explains: 'The other end ended TCP, before its answer or after the opening.',
      },
      {
        id: 'closed-stream',
        needle: 'IOError: closed stream',
        pattern: /\bIOError: closed stream\b/,
        said: { means: 'lost' },
        example: 'IOError: closed stream',
        explains: 'The program used a connection that had ended.',
      },
    ]),
  ],
})
