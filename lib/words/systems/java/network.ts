/** What java.net and java.nio print of DNS and TCP. */
import { type Phrase, phrasesOf } from '#lib/words/phrase.ts'

const net = 'https://docs.oracle.com/en/java/javase/25/docs/api/java.base/java/net/ConnectException.html'
const nio =
  'https://github.com/openjdk/jdk/blob/master/src/java.base/share/classes/sun/nio/ch/SocketChannelImpl.java'

export const network: readonly Phrase[] = [
  ...phrasesOf(net, [
    {
      id: 'connection-refused',
      needle: 'refused',
      pattern:
        /\b(?:HttpHost)?(?:Connect|Socket)Exception: (?:Connection refused|failed to connect to .{1,160}ECONNREFUSED)(?: \(Connection refused\)|: no further information|: connect)?/,
      said: { means: 'refused' },
      example: 'java.net.ConnectException: Connection refused (Connection refused)',
      explains: 'No program accepts connections at this address and port.',
    },
    {
      id: 'refused-on-windows',
      needle: ['no further information', 'Connection refused: getsockopt', 'Connection refused: connect'],
      pattern: /\bConnection refused: (?:no further information|getsockopt|connect)\b/,
      said: { means: 'refused' },
      example: 'Connection refused: no further information: localhost/127.0.0.1:8080',
      explains: 'No program accepts connections at this address and port.',
    },
    {
      id: 'connect-exception-alone',
      needle: 'java.net.ConnectException',
      pattern: /\bjava\.net\.ConnectException(?=$|:? ?null|\s+at )/,
      said: { means: 'no-connection' },
      example: 'java.util.concurrent.CompletionException: java.net.ConnectException',
      explains: 'TCP did not connect. java.net.http leaves the reason out: refused, unreachable or no name.',
    },
    {
      id: 'unknown-host',
      needle: 'host',
      pattern: /\b(?:UnknownHostException: \S{1,255}|Unable to resolve host "[^"]{1,255}")/,
      said: { means: 'dns-failure' },
      example: 'java.net.UnknownHostException: app.example: Name or service not known',
      explains: 'The host name has no address in DNS.',
    },
    {
      id: 'unresolved-address',
      needle: 'UnresolvedAddressException',
      pattern: /\bUnresolvedAddressException\b/,
      said: { means: 'dns-failure' },
      example: 'java.nio.channels.UnresolvedAddressException',
      explains: 'The host name has no address in DNS.',
    },
    {
      id: 'netty-resolver',
      needle: "Failed to resolve '",
      pattern: /\bFailed to resolve '[^']{1,255}'/,
      said: { means: 'dns-failure' },
      example: "java.net.UnknownHostException: Failed to resolve 'app.example' after 2 queries",
      explains: 'Netty’s resolver found no address for the host name.',
    },
    {
      id: 'no-route',
      needle: [
        'unreachable',
        'NoRouteToHostException: No route to host',
        'SocketException: No route to host',
        'ConnectException: No route to host',
      ],
      pattern:
        /\b(?:NoRouteToHost|Socket|Connect)Exception: (?:No route to host|Network is unreachable|Host unreachable)(?: \([\w ]{1,40}\))?/,
      said: { means: 'unreachable' },
      example: 'java.net.NoRouteToHostException: No route to host (Host unreachable)',
      explains: 'There is no way to this address, or a firewall refuses it.',
    },
    {
      id: 'no-route-exception',
      needle: 'NoRouteToHostException',
      pattern: /\bNoRouteToHostException: No route to host/,
      said: { means: 'unreachable' },
      example: 'java.net.NoRouteToHostException: No route to host',
      explains: 'There is no way to this address, or a firewall refuses it.',
    },
    {
      id: 'connect-timed-out',
      needle: 'time',
      pattern:
        /\b(?:SocketTimeoutException: (?:connect timed out|failed to connect to \/?\S{1,120} \(port \d{1,5}\)(?: from .{1,60})? after \d{1,9}ms)|ConnectException: (?:Connection|Operation) timed out(?:: (?:connect|getsockopt|no further information))?|HttpConnectTimeoutException: HTTP connect timed out|(?:ConnectTimeoutException: )?connection timed out(?: after \d{1,9} ms)?: \S{1,255})/i,
      said: { means: 'connect-timeout' },
      example: 'java.net.SocketTimeoutException: Connect timed out',
      explains: 'TCP got no answer in time. A firewall drops the packets, or the host is down.',
    },
    {
      id: 'read-timed-out',
      needle: 'SocketTimeoutException: ',
      pattern: /\bSocketTimeoutException: Read timed out/i,
      said: { means: 'handshake-timeout' },
      example: 'java.net.SocketTimeoutException: Read timed out',
      explains: 'The connection stood and the other end sent no answer in the time that the program gave.',
    },
    {
      id: 'request-timed-out',
      needle: 'HttpTimeoutException',
      pattern: /\bHttpTimeoutException: request timed out/,
      said: { means: 'handshake-timeout' },
      example: 'java.net.http.HttpTimeoutException: request timed out',
      explains: 'No answer to the handshake came in the time that the program gave.',
    },
    {
      id: 'reset',
      needle: 'connection reset',
      pattern:
        /\b(?:Socket|IO|NativeIo)Exception: (?:[\w.]{1,40}\(\.\.\) failed(?: with error\(-\d{1,3}\))?: )?Connection reset(?: by peer)?/,
      said: { means: 'reset' },
      example: 'java.net.SocketException: Connection reset',
      explains: 'The other end, or a device on the way, reset TCP.',
    },
    {
      id: 'forcibly-closed',
      needle: 'forcibly closed by the remote host',
      pattern: /\bIOException: An existing connection was forcibly closed by the remote host/i,
      said: { means: 'reset' },
      example: 'java.io.IOException: An existing connection was forcibly closed by the remote host',
      explains: 'The other end, or a device on the way, reset TCP.',
    },
    {
      id: 'aborted',
      needle: [
        'connection abort',
        'SocketException: An established connection was aborted by th',
        'IOException: An established connection was aborted by the so',
      ],
      pattern:
        /\b(?:Socket|IO)Exception: (?:Software caused connection abort|An established connection was aborted by the software in your host machine)/,
      said: { means: 'reset' },
      example: 'java.net.SocketException: Software caused connection abort: socket write error',
      explains:
        'This machine itself ended the connection: its network changed, the app went to sleep, or software on it did.',
    },
    {
      id: 'broken-pipe',
      needle: 'broken pipe',
      pattern:
        /\b(?:Socket|IO|ClientAbort|Eof)Exception: (?:java\.io\.IOException: )?Broken pipe(?: \(Write failed\))?/,
      said: { means: 'hung-up' },
      example: 'java.io.IOException: Broken pipe',
      explains: 'The program wrote to a connection that the other end had already closed.',
    },
    {
      id: 'socket-closed',
      needle: 'SocketException: Socket ',
      pattern: /\bSocketException: Socket (?:is )?closed/i,
      said: { means: 'lost' },
      example: 'java.net.SocketException: Socket closed',
      explains: 'The program itself had closed this connection before it read or wrote.',
    },
    {
      id: 'eof',
      needle: 'EOFException',
      pattern:
        /\bjava\.io\.EOFException(?:: (?:EOF reached while reading|\\n not found: limit=0 content=…|unexpected end of stream on \S{1,200}))?/,
      said: { means: 'lost' },
      example: 'java.io.EOFException: EOF reached while reading',
      explains: 'The other end closed TCP where the program waited for more, without a Close frame.',
    },
    {
      id: 'no-bytes',
      needle: 'header parser received no bytes',
      pattern: /\bHTTP\/1\.1 header parser received no bytes/,
      said: { means: 'closed-before-answer' },
      example: 'java.io.IOException: HTTP/1.1 header parser received no bytes',
      explains: 'The server closed TCP without an answer to the handshake.',
    },
  ]),
  ...phrasesOf(nio, [
    {
      id: 'closed-channel',
      needle: 'ClosedChannelException',
      pattern: /\bjava\.nio\.channels\.(?:Asynchronous)?ClosedChannelException\b/,
      said: { means: 'lost' },
      example: 'java.nio.channels.ClosedChannelException',
      explains: 'The program used a connection that had already ended. Why it ended is printed elsewhere.',
    },
  ]),
]
