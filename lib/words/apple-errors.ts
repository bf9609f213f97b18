/**
 * What Apple's networking says when a connection fails: one table for what prints it, Safari's console and the errors
 * of URLSession and Network.framework. Texts are those of the English `localizedDescription`.
 */
import type { Said } from '#lib/words/meaning.ts'

export type AppleError = {
  readonly id: string
  /** Codes of NSURLErrorDomain. */
  readonly url?: readonly number[]
  /** Numbers of NSPOSIXErrorDomain and kNWErrorDomainPOSIX, as on macOS. */
  readonly posix?: readonly number[]
  /** Codes of Secure Transport (`OSStatus`). */
  readonly ssl?: readonly number[]
  readonly text?: { readonly needle: string; readonly pattern: RegExp; readonly example: string }
  readonly said: Said
  readonly explains: string
}

export const appleErrors: readonly AppleError[] = [
  // Before a connection is made.
  {
    id: 'bad-url',
    url: [-1000, -1002],
    said: { means: 'invalid-url' },
    explains: 'The address is not a URL that URLSession can open.',
  },
  {
    id: 'cancelled',
    url: [-999],
    posix: [89],
    said: { means: 'closed-by-page' },
    explains: 'The app cancelled its own task, or released it while it was connecting.',
  },
  {
    id: 'offline',
    url: [-1009, -1018, -1019, -1020],
    text: {
      needle: 'appears to be offline',
      pattern: /The Internet connection appears to be offline/i,
      example: 'The Internet connection appears to be offline.',
    },
    said: { means: 'offline' },
    explains: 'This device has no network, or may not use it for this app.',
  },
  {
    id: 'transport-security',
    url: [-1022],
    text: {
      needle: 'App Transport Security',
      pattern:
        /(?:The resource could not be loaded because the )?App Transport Security policy requires the use of a secure connection/i,
      example:
        'The resource could not be loaded because the App Transport Security policy requires the use of a secure connection.',
    },
    said: { means: 'mixed-content' },
    explains:
      'App Transport Security refuses ws:// without TLS. Use wss://, or list the host as an exception.',
  },
  {
    id: 'not-permitted',
    posix: [1, 13],
    said: { means: 'blocked-by-client' },
    explains: 'A permission of the device does not allow the connection, such as that for the local network.',
  },
  // Names and TCP.
  {
    id: 'host-not-found',
    url: [-1003, -1006],
    text: {
      needle: 'with the specified hostname',
      pattern: /A server with the specified hostname could not be found/i,
      example: 'A server with the specified hostname could not be found.',
    },
    said: { means: 'dns-failure' },
    explains: 'The host name has no address in DNS.',
  },
  {
    id: 'cannot-connect',
    url: [-1004],
    text: {
      needle: 'Could not connect to the server',
      pattern: /Could not connect to the server/i,
      example: 'Could not connect to the server.',
    },
    said: { means: 'no-connection' },
    explains:
      'TCP did not connect: refused, unreachable, or no answer. Apple has one sentence for all three.',
  },
  {
    id: 'timed-out',
    url: [-1001],
    text: {
      needle: 'The request timed out',
      pattern: /The request timed out/i,
      example: 'The request timed out.',
    },
    said: { means: 'connect-timeout', unsure: true },
    explains:
      'Nothing answered in 60 s: a firewall drops the connection, or the server accepts it and is silent.',
  },
  {
    id: 'connection-refused',
    posix: [61],
    said: { means: 'refused' },
    explains: 'ECONNREFUSED: no program accepts connections at this address and port.',
  },
  {
    id: 'unreachable',
    posix: [50, 51, 64, 65],
    said: { means: 'unreachable' },
    explains: 'There is no route to this address, or the device’s network is down.',
  },
  {
    id: 'tcp-timed-out',
    posix: [60],
    said: { means: 'timed-out' },
    explains:
      'ETIMEDOUT: TCP got no answer, or none any more. A firewall drops the packets, or the host is down.',
  },
  // The end of a connection.
  {
    id: 'connection-lost',
    url: [-1005],
    text: {
      needle: 'network connection was lost',
      pattern: /The network connection was lost/i,
      example: 'The network connection was lost.',
    },
    said: { means: 'reset' },
    explains: 'TCP ended, before the handshake’s answer or later. Apple’s sentence is the same for both.',
  },
  {
    id: 'connection-reset',
    posix: [54],
    said: { means: 'reset' },
    explains: 'ECONNRESET: the other end, or a device on the way, reset TCP.',
  },
  {
    id: 'connection-aborted',
    posix: [53],
    said: { means: 'reset' },
    explains:
      'ECONNABORTED: the device itself ended the connection. iOS does it to an app in the background. Network.framework does it after a 101 that it does not accept.',
  },
  {
    id: 'broken-pipe',
    posix: [32],
    said: { means: 'hung-up' },
    explains: 'EPIPE: the app wrote to a connection that the other end had already closed.',
  },
  {
    id: 'not-connected',
    posix: [57],
    said: { means: 'lost' },
    explains: 'ENOTCONN: the connection under the socket does not exist any more, or never did.',
  },
  {
    id: 'no-message',
    posix: [96],
    text: {
      needle: 'No message available on STREAM',
      pattern: /No message available on STREAM/i,
      example: 'The operation couldn’t be completed. No message available on STREAM',
    },
    said: { means: 'interrupted' },
    explains:
      'The stream ended in the middle: the other end closed TCP without a Close frame, or sent what URLSession could not read.',
  },
  {
    id: 'protocol-error',
    posix: [100],
    text: {
      needle: 'Protocol error',
      pattern: /The operation couldn[’']t be completed\. Protocol error/i,
      example: 'The operation couldn’t be completed. Protocol error',
    },
    said: { means: 'frame' },
    explains:
      'Frames arrived that break the protocol as Apple reads it. Compressed messages (permessage-deflate) are the usual ones.',
  },
  {
    id: 'message-too-long',
    posix: [40],
    text: {
      needle: 'Message too long',
      pattern: /The operation couldn[’']t be completed\. Message too long/i,
      example: 'The operation couldn’t be completed. Message too long',
    },
    said: { means: 'too-big', unsure: true },
    explains: 'A message is larger than `maximumMessageSize` of the task (1 MiB, if it was not set).',
  },
  // The answer.
  {
    id: 'bad-response',
    url: [-1011],
    text: {
      needle: 'bad response from the server',
      pattern: /There was a bad response from the server/i,
      example: 'There was a bad response from the server.',
    },
    said: { means: 'bad-answer' },
    explains:
      'The handshake was answered, and not with a 101 that Apple accepts. It does not say the status.',
  },
  {
    id: 'cannot-parse',
    url: [-1017],
    text: {
      needle: 'cannot parse response',
      pattern: /cannot parse response/i,
      example: 'cannot parse response',
    },
    said: { means: 'not-http' },
    explains: 'What came back is not HTTP.',
  },
  {
    id: 'zero-bytes',
    url: [-1014],
    said: { means: 'closed-before-answer' },
    explains: 'The server closed the connection without an answer.',
  },
  {
    id: 'redirects',
    url: [-1007, -1010],
    text: {
      needle: 'too many HTTP redirects',
      pattern: /too many HTTP redirects/i,
      example: 'too many HTTP redirects',
    },
    said: { means: 'redirect' },
    explains: 'The server redirects the handshake, and the redirects lead nowhere.',
  },
  {
    id: 'authentication-required',
    url: [-1013],
    said: { means: 'authentication', status: 401 },
    explains: 'The handshake was answered with 401.',
  },
  // TLS.
  {
    id: 'tls-failed',
    url: [-1200],
    ssl: [-9800, -9802, -9809, -9810, -9820, -9830, -9838, -9846, -9847, -9858],
    text: {
      needle: 'secure connection to',
      pattern:
        /An SSL error has occurred and a secure connection to the server cannot be made|A TLS error caused the secure connection to fail/i,
      example: 'An SSL error has occurred and a secure connection to the server cannot be made.',
    },
    said: { means: 'tls-garbled' },
    explains: 'TLS failed. The usual reason is wss:// to a port that speaks plain HTTP.',
  },
  {
    id: 'tls-closed',
    ssl: [-9805, -9806, -9816, -9844],
    said: { means: 'closed-before-answer' },
    explains: 'The other side closed TCP during the TLS handshake.',
  },
  {
    id: 'tls-version',
    ssl: [-9801, -9824, -9836],
    said: { means: 'tls-version' },
    explains: 'The two ends share no version of TLS or no cipher.',
  },
  {
    id: 'certificate-expired',
    url: [-1201, -1204],
    ssl: [-9814, -9815, -9828],
    text: {
      needle: 'The certificate for this server',
      pattern: /The certificate for this server (?:has expired|is not yet valid)/i,
      example: 'The certificate for this server has expired.',
    },
    said: { means: 'cert-expired' },
    explains: 'The certificate has expired or is not valid yet. The clock of this device counts too.',
  },
  {
    id: 'certificate-invalid',
    url: [-1202, -1203],
    ssl: [-9807, -9808, -9812, -9813, -9825, -9829, -9831],
    text: {
      needle: 'The certificate for this server',
      pattern:
        /The certificate for this server (?:is invalid|was signed by an unknown certifying authority)/i,
      example:
        'The certificate for this server is invalid. You might be connecting to a server that is pretending to be “app.example”',
    },
    said: { means: 'cert-untrusted', unsure: true },
    explains:
      'Apple does not trust the certificate: its issuer, its names, or its length. It does not say which.',
  },
  {
    id: 'certificate-name',
    ssl: [-9843],
    said: { means: 'cert-name' },
    explains: 'The certificate is for another host name.',
  },
  {
    id: 'client-certificate',
    url: [-1205, -1206],
    text: {
      needle: 'The server ',
      pattern: /The server requires a client certificate|The server did not accept the certificate/i,
      example: 'The server requires a client certificate.',
    },
    said: { means: 'tls-client-certificate' },
    explains: 'The server wants a client certificate, and got none or one that it does not accept.',
  },
]
