import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const socket = 'https://github.com/boostorg/beast/blob/develop/include/boost/beast/websocket/impl/error.ipp'

export default defineProgram({
  id: 'beast',
  name: 'Boost.Beast',
  side: 'client',
  phrases: [
    ...phrasesOf(socket, [
      {
        id: 'declined',
        needle: 'handshake was declined',
        pattern: /\bThe WebSocket handshake was declined by the remote peer\b/,
        said: { means: 'bad-answer' },
        example: 'The WebSocket handshake was declined by the remote peer [boost.beast.websocket:20]',
        explains: 'The handshake was answered, and not with 101.',
      },
      {
        id: 'upgrade-missing',
        needle: 'field is missing',
        pattern: /\bThe WebSocket handshake (?:Upgrade|Connection) field is missing\b/,
        said: { means: 'upgrade-missing', unsure: true },
        side: 'server',
        example: 'The WebSocket handshake Upgrade field is missing',
        explains:
          'A request without Upgrade or Connection: Upgrade, where a server says it; else such an answer.',
      },
      {
        id: 'header',
        needle: [
          'Sec-WebSocket-',
          'The WebSocket handshake Host field is missing',
          'The WebSocket handshake Host field is invalid',
        ],
        pattern:
          /\bThe WebSocket handshake (?:Sec-WebSocket-(?:Key|Version)|Host) field is (?:missing|invalid)\b/,
        said: { means: 'handshake-header' },
        side: 'server',
        example: 'The WebSocket handshake Sec-WebSocket-Key field is missing',
        explains: 'The request is not a complete handshake.',
      },
      {
        id: 'bad-101',
        needle: 'Sec-WebSocket-Accept',
        pattern: /\bThe WebSocket handshake Sec-WebSocket-Accept field is (?:missing|invalid)\b/,
        said: { means: 'bad-101' },
        example: 'The WebSocket handshake Sec-WebSocket-Accept field is invalid',
        explains: 'The 101 lacks the header that answers the key, or has a wrong value.',
      },
      {
        id: 'too-big',
        isOfBothEnds: true,
        needle: 'locally configured limit',
        pattern: /\bThe WebSocket message exceeded the locally configured limit\b/,
        said: { means: 'too-big' },
        example: 'The WebSocket message exceeded the locally configured limit',
        explains: 'A message is larger than read_message_max (16 MiB, if it was not set).',
      },
      {
        id: 'frame',
        needle: 'WebSocket',
        pattern:
          /\bThe WebSocket (?:data |control |continuation |close )?frame (?:contained|was|reason code was|size was|payload size was)\b(?! not valid utf8)/,
        said: { means: 'frame' },
        example: 'The WebSocket frame contained illegal reserved bits',
        explains: 'Bytes that break the protocol arrived.',
      },
      {
        id: 'closed',
        needle: 'gracefully closed',
        pattern: /\bThe WebSocket stream was gracefully closed at both endpoints\b/,
        said: { means: 'closed-by-server', unsure: true },
        example: 'The WebSocket stream was gracefully closed at both endpoints',
        explains: 'Both ends sent their Close frames. The code was not printed.',
      },
      {
        id: 'timeout',
        needle: 'closed due to a timeout',
        pattern: /\bThe socket was closed due to a timeout\b/,
        said: { means: 'timed-out' },
        example: 'The socket was closed due to a timeout [boost.beast:1]',
        explains: 'Nothing came in time: during the handshake, or when the connection was idle.',
      },
      {
        id: 'handshake-failed',
        needle: 'The WebSocket ',
        pattern:
          /\bThe WebSocket handshake (?:failed|was not HTTP\/1\.1|method was not GET|Host field is missing)\b/,
        said: ([text]) => ({
          means: text.includes('HTTP/1.1')
            ? 'http-version'
            : text.endsWith('failed')
              ? 'bad-answer'
              : 'handshake-header',
        }),
        example: 'handshake: The WebSocket handshake was not HTTP/1.1',
        explains: 'The handshake is not one that this library takes.',
      },
      {
        id: 'violation',
        needle: 'WebSocket protocol violation occurred',
        pattern: /\bA WebSocket protocol violation occurred\b/,
        said: { means: 'frame' },
        example: 'read: A WebSocket protocol violation occurred',
        explains: 'A frame breaks the protocol.',
      },
      {
        id: 'overflow',
        isOfBothEnds: true,
        needle: 'dynamic buffer overflow',
        pattern: /\bThe WebSocket operation caused a dynamic buffer overflow\b/,
        said: { means: 'too-big' },
        example: 'read: The WebSocket operation caused a dynamic buffer overflow',
        explains: 'A message is larger than the buffer that the program gave.',
      },
      {
        id: 'deflate',
        needle: 'incomplete deflate block',
        pattern: /\bThe WebSocket stream produced an incomplete deflate block\b/,
        said: { means: 'compression' },
        example: 'read: The WebSocket stream produced an incomplete deflate block',
        explains: 'A compressed message does not end where its frame does.',
      },
      {
        id: 'truncated',
        needle: 'stream truncated',
        pattern: /^(?:[^\n]{0,60}: )?stream truncated\b/,
        said: { means: 'dropped' },
        example: 'read: stream truncated',
        explains: 'TLS ended without a close_notify, and the WebSocket without a Close frame.',
      },
      {
        id: 'host-not-found',
        needle: 'Host not found',
        pattern: /\bHost not found \((?:authoritative|non-authoritative\), try again later)/,
        said: { means: 'dns-failure' },
        example: 'resolve: Host not found (authoritative)',
        explains: 'The host name has no address in DNS.',
      },
    ]),
  ],
})
