import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const http = 'https://github.com/daltoniam/Starscream/blob/master/Sources/Framer/HTTPHandler.swift'
const framer = 'https://github.com/daltoniam/Starscream/blob/master/Sources/Framer/Framer.swift'
const security =
  'https://github.com/daltoniam/Starscream/blob/master/Sources/Security/FoundationSecurity.swift'
const transport =
  'https://github.com/daltoniam/Starscream/blob/master/Sources/Transport/FoundationTransport.swift'
const compression =
  'https://github.com/daltoniam/Starscream/blob/master/Sources/Compression/WSCompression.swift'
const version3 = 'https://github.com/daltoniam/Starscream/blob/3.1.1/Sources/Starscream/WebSocket.swift'

export default defineProgram({
  id: 'starscream',
  name: 'Starscream (Swift)',
  side: 'client',
  mark: /\bStarscream\./,
  phrases: [
    ...phrasesOf(http, [
      {
        id: 'not-an-upgrade',
        needle: 'notAnUpgrade',
        pattern: /\bnotAnUpgrade\((\d{3})\b/,
        said: ([, status]) => saidOfStatus(status),
        example: 'Starscream.HTTPUpgradeError.notAnUpgrade(403, [:])',
        explains: 'The handshake was answered with this HTTP status in place of 101.',
      },
      {
        id: 'upgrade-error',
        needle: 'HTTPUpgradeError error 0',
        pattern: /\bStarscream\.HTTPUpgradeError error 0\b/,
        said: { means: 'bad-answer' },
        example: 'The operation couldn’t be completed. (Starscream.HTTPUpgradeError error 0.)',
        explains: 'The handshake was answered with a status other than 101. The text hides which one.',
      },
      {
        id: 'invalid-data',
        needle: 'HTTPUpgradeError',
        pattern: /\bHTTPUpgradeError(?:\.invalidData| error 1)\b/,
        said: { means: 'not-http' },
        example: 'Starscream.HTTPUpgradeError.invalidData',
        explains: 'What came back is not HTTP.',
      },
      {
        id: 'invalid-upgrade',
        needle: 'invalid upgrade',
        pattern: /^(?:[^\n]{0,60}: )?invalid upgrade$/i,
        said: { means: 'bad-101' },
        example: 'invalid upgrade',
        explains: 'The answer says 101 and is not an upgrade to WebSocket.',
      },
    ]),
    ...phrasesOf(version3, [
      {
        id: 'invalid-http-upgrade',
        needle: 'Invalid HTTP upgrade',
        pattern: /(?:[Cc]ode=(\d{3}) "{1,2})?Invalid HTTP upgrade"?(?:, code: (\d{3})\b)?/,
        said: ([, before, after]) => {
          const status = before ?? after
          return status === undefined ? { means: 'bad-answer' } : saidOfStatus(status)
        },
        example:
          'Starscream.WSError(type: Starscream.ErrorType.upgradeError, message: "Invalid HTTP upgrade", code: 429)',
        explains: 'The handshake was answered with a status other than 101. The code is that status.',
      },
      {
        id: 'write-timeout',
        needle: 'write wait timed out',
        pattern: /\bwrite wait timed out\b/i,
        said: { means: 'connect-timeout' },
        example:
          'Starscream.WSError(type: Starscream.ErrorType.writeTimeoutError, message: "write wait timed out", code: 0)',
        explains: 'The stream did not become writable within the timeout: TCP or TLS did not connect.',
      },
    ]),
    ...phrasesOf(security, [
      {
        id: 'accept',
        needle: "accept header doesn't match",
        pattern: /accept header doesn't match/i,
        said: { means: 'bad-101' },
        example:
          'WSError(type: Starscream.ErrorType.securityError, message: "accept header doesn\'t match", code: 1)',
        explains: 'The 101 has a Sec-WebSocket-Accept that does not belong to this handshake.',
      },
      {
        id: 'pinning',
        needle: 'FoundationSecurityError',
        pattern: /\bFoundationSecurityError\b/,
        said: { means: 'cert-untrusted' },
        example: 'The operation couldn’t be completed. (FoundationSecurityError error 5.)',
        explains: 'The certificate is not trusted, or is not the pinned one.',
      },
    ]),
    ...phrasesOf(transport, [
      {
        id: 'transport-timeout',
        needle: 'FoundationTransportError',
        pattern: /\bFoundationTransportError(?:\.timeout| error 2)\b/,
        said: { means: 'connect-timeout' },
        example: 'Starscream.FoundationTransportError.timeout',
        explains: 'Nothing answered within the request’s timeout.',
      },
    ]),
    ...phrasesOf(framer, [
      {
        id: 'masked-or-rsv',
        needle: 'masked and rsv data',
        pattern: /masked and rsv data is not currently supported/i,
        said: { means: 'frame' },
        example:
          'WSError(type: Starscream.ErrorType.protocolError, message: "masked and rsv data is not currently supported", code: 1002)',
        explains:
          'A frame is masked, or compressed although compression was not agreed, or the bytes are not frames.',
      },
      {
        id: 'frame',
        needle: 'message: "',
        pattern:
          /message: "(?:unknown opcode: |control frames can't be fragmented|payload length is longer than allowed for a control frame|first frame can't be a continue frame|second and beyond of fragment message must be a continue frame)/i,
        said: { means: 'frame' },
        example:
          'WSError(type: Starscream.ErrorType.protocolError, message: "unknown opcode: 7", code: 1002)',
        explains: 'Frames arrived that break the protocol, or bytes that are not frames.',
      },
      {
        id: 'invalid-utf8',
        needle: 'not valid UTF-8 data',
        pattern: /message: "not valid UTF-8 data/i,
        said: { means: 'invalid-utf8' },
        example:
          'WSError(type: Starscream.ErrorType.protocolError, message: "not valid UTF-8 data", code: 1007)',
        explains: 'A text message held bytes that are not UTF-8.',
      },
      {
        id: 'unnamed',
        needle: 'WSError error',
        pattern: /\bStarscream\.WSError error \d\b/,
        said: { means: 'nothing-said' },
        example: 'The operation couldn’t be completed. (Starscream.WSError error 1.)',
        explains:
          'A protocol error of Starscream. Print the error itself: its `message` and `code` say which.',
      },
      {
        id: 'bare-frame',
        needle: 'frame',
        pattern:
          /(?:^|: |message: ")(?:first frame can't be a continue frame|second and beyond of fragment message must be a continue frame|control frames can't be fragmented|payload length is longer than allowed for a control frame)\b/,
        said: { means: 'frame' },
        example: "first frame can't be a continue frame",
        explains: 'A frame breaks the protocol.',
      },
      {
        id: 'bare-utf8',
        needle: 'not valid UTF-8 data',
        pattern: /(?:^|: |message: ")not valid UTF-8 data\b/,
        said: { means: 'invalid-utf8' },
        example: 'not valid UTF-8 data',
        explains: 'A text message held bytes that are not UTF-8.',
      },
    ]),
    ...phrasesOf(compression, [
      {
        id: 'compression',
        needle: 'compress',
        pattern: /Error (?:on (?:de)?compressing|for (?:de)?compressor on reset)/i,
        said: { means: 'compression' },
        example:
          'WSError(type: Starscream.ErrorType.compressionError, message: "Error on decompressing", code: 0)',
        explains: 'A compressed message could not be read or made.',
      },
    ]),
    ...phrasesOf('https://github.com/daltoniam/Starscream/blob/master/Sources/Starscream/WebSocket.swift', [
      {
        id: 'peer-closed',
        needle: 'peerClosed',
        pattern: /\b(?:event: |\.)peerClosed\b/,
        said: { means: 'dropped' },
        example: 'didReceive event: peerClosed',
        explains: 'The server closed TCP without a Close frame.',
      },
    ]),
  ],
})
