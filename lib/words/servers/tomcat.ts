import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const words =
  'https://github.com/apache/tomcat/blob/main/java/org/apache/tomcat/websocket/LocalStrings.properties'
const pojo =
  'https://github.com/apache/tomcat/blob/main/java/org/apache/tomcat/websocket/pojo/LocalStrings.properties'
const coyote =
  'https://github.com/apache/tomcat/blob/main/java/org/apache/coyote/http11/LocalStrings.properties'

export default defineProgram({
  id: 'tomcat',
  name: 'Tomcat (server and client)',
  mark: /\borg\.apache\.(?:tomcat|catalina|coyote)\b/,
  phrases: [
    ...phrasesOf(words, [
      {
        id: 'status',
        needle: 'The HTTP response from the server [',
        pattern:
          /\bThe HTTP response from the server \[(\d{3})\] did not permit the HTTP upgrade to WebSocket/,
        said: ([, status]) => saidOfStatus(status),
        side: 'client',
        example:
          'jakarta.websocket.DeploymentException: The HTTP response from the server [403] did not permit the HTTP upgrade to WebSocket',
        explains:
          'The server answered the handshake with this HTTP status in place of 101 Switching Protocols.',
      },
      {
        id: 'request-failed',
        needle: 'The HTTP request to initiate the WebSocket connection',
        pattern: /\bThe HTTP request to initiate the WebSocket connection (?:to \[[^\]\n]{1,2048}\] )?failed/,
        said: { means: 'never-opened' },
        side: 'client',
        example:
          'jakarta.websocket.DeploymentException: The HTTP request to initiate the WebSocket connection to [ws://app.example/ws] failed',
        explains:
          'The handshake failed. “Caused by” below it says why: EOFException is a server that closed, TimeoutException no answer.',
      },
      {
        id: 'upgrade-partial',
        needle: 'The HTTP upgrade to WebSocket failed',
        pattern:
          /\bThe HTTP upgrade to WebSocket failed but partial data may have been received: Status Code \[(\d{1,3})\]/,
        said: { means: 'closed-before-answer' },
        side: 'client',
        example:
          'The HTTP upgrade to WebSocket failed but partial data may have been received: Status Code [0], HTTP headers [{}]',
        explains: 'The server closed TCP before its answer to the handshake was whole.',
      },
      {
        id: 'cannot-open',
        needle: 'Unable to open a connection to the server',
        pattern: /\bUnable to open a connection to the server\b/,
        said: { means: 'no-connection' },
        side: 'client',
        example: 'jakarta.websocket.DeploymentException: Unable to open a connection to the server',
        explains: 'TCP did not connect. “Caused by” below it says why.',
      },
      {
        id: 'authentication',
        needle: 'Failed to handle HTTP response code [',
        pattern:
          /\bFailed to handle HTTP response code \[(\d{3})\]\. (?:\[[\w-]{1,40}\] header was not accepted|Missing \[[\w-]{1,40}\] header|Unsupported Authentication scheme)/,
        said: ([, status]) => ({
          means: status === '407' ? 'proxy-authentication' : 'authentication',
          status: Number(status),
        }),
        side: 'client',
        example:
          'Failed to handle HTTP response code [401]. [Authorization] header was not accepted by server.',
        explains: 'The handshake was answered with 401 or 407, and the credentials were missing or refused.',
      },
      {
        id: 'proxy',
        needle: 'Failed to connect to the configured Proxy',
        pattern:
          /\bFailed to connect to the configured Proxy \[[^\]\n]{1,300}\]\. The HTTP response code was \[(\d{3})\]/,
        said: ([, status]) => ({
          means: status === '407' ? 'proxy-authentication' : 'forward-proxy',
          status: Number(status),
        }),
        side: 'client',
        example:
          'Failed to connect to the configured Proxy [proxy.example:3128]. The HTTP response code was [403]',
        explains: 'The forward proxy refused the tunnel to this host.',
      },
      {
        id: 'scheme',
        needle: 'The supported schemes are ws and wss',
        pattern: /\bThe scheme \[[^\]\n]{0,40}\] is not supported\. The supported schemes are ws and wss\b/,
        said: { means: 'invalid-url' },
        side: 'client',
        example: 'The scheme [http] is not supported. The supported schemes are ws and wss',
        explains: 'The address does not begin with ws:// or wss://.',
      },
      {
        id: 'redirects',
        needle: 'Cyclic Location header [',
        pattern: /\bCyclic Location header \[[^\]\n]{0,2048}\] detected/,
        said: { means: 'redirect' },
        side: 'client',
        example:
          'Cyclic Location header [http://app.example/ws] detected / reached max number of redirects [2] of max [20]',
        explains: 'The handshake was answered with one redirect after the other.',
      },
      {
        id: 'idle-timeout',
        needle: 'The WebSocket session [',
        pattern: /\bThe WebSocket session \[[\w-]{1,80}\] (?:(?:(?:read|write) )?idle )?timeout expired\b/,
        said: { means: 'idle-timeout' },
        example: 'The WebSocket session [3f] idle timeout expired',
        explains: 'Nothing was sent or received for maxIdleTimeout, and this end closed with 1001.',
      },
      {
        id: 'session-closed',
        needle: 'The WebSocket session [',
        pattern: /\bThe WebSocket session \[[\w-]{1,80}\] has been closed and no method\b/,
        said: { means: 'lost' },
        example:
          'java.lang.IllegalStateException: The WebSocket session [3f] has been closed and no method (apart from close()) may be called on a closed session',
        explains: 'The program used a session that had already ended. Why it ended is printed elsewhere.',
      },
      {
        id: 'not-sent',
        needle: 'been closed',
        pattern:
          /\b(?:Message will not be sent|The remainder of the message will not be sent|The client data cannot be processed|Unable to write the complete message) (?:because|as) the (?:WebSocket )?(?:session|connection) has (?:already )?been closed/,
        said: { means: 'lost' },
        example:
          'java.io.IOException: Message will not be sent because the WebSocket session has been closed',
        explains: 'The program sent a message on a session that had already ended.',
      },
      {
        id: 'text-too-big',
        needle: 'text message was too big for the output buffer',
        pattern:
          /\bThe decoded text message was too big for the output buffer and the endpoint does not support partial messages\b/,
        said: { means: 'too-big', close: { code: 1009, reason: '', way: 'sent' } },
        example:
          'The decoded text message was too big for the output buffer and the endpoint does not support partial messages',
        explains:
          'A text message is larger than the receiver’s own buffer (8 KiB). It is raised with maxTextMessageBufferSize, at the end that prints this.',
      },
      {
        id: 'too-big',
        needle: 'essage',
        pattern:
          /\b(?:The message was \[[\d.,\u00a0 ]{1,15}\] bytes long but the MessageHandler has a limit of \[([\d.,\u00a0 ]{1,15})\] bytes|No async message support and buffer too small\. Buffer size: \[([\d.,\u00a0 ]{1,15})\])/,
        said: ([, handler, buffer]) => ({
          means: 'too-big',
          limitBytes: Number((handler ?? buffer ?? '').replace(/\D/g, '')),
        }),
        example:
          'No async message support and buffer too small. Buffer size: [8,192], Message size: [70,000]',
        explains: 'A message is larger than the receiver’s own buffer (8 KiB). It closes with 1009.',
      },
      {
        id: 'write-timeout',
        needle: 'timeout',
        pattern:
          /\b(?:SocketTimeoutException: Blocking write timeout|The current message was not fully sent within the specified timeout)/,
        said: { means: 'not-reading' },
        example: 'The current message was not fully sent within the specified timeout',
        explains: 'The other end did not take what was sent before this end’s own write timeout (20 s).',
      },
      {
        id: 'concurrent-write',
        needle: 'which is an invalid state for called method',
        pattern:
          /\bThe remote endpoint was in state \[\w{1,40}\] which is an invalid state for called method\b/,
        said: { means: 'handler-failed', phase: 'open', isOverlapping: true },
        example:
          'java.lang.IllegalStateException: The remote endpoint was in state [TEXT_FULL_WRITING] which is an invalid state for called method',
        explains: 'Two threads of the program wrote at once. One writer at a time is allowed.',
      },
      {
        id: 'stopping',
        needle: ['is stopping', 'Pausing ProtocolHandler', 'Stopping service [', 'Stopping ProtocolHandler'],
        pattern:
          /\b(?:The web application is stopping|The server is stopping)\b|\b(?:Pausing|Stopping) ProtocolHandler \["|\bStopping service \[(?:Tomcat|Catalina)\]/,
        said: { means: 'shutting-down' },
        side: 'server',
        example: 'The web application is stopping',
        explains: 'Tomcat stops or reloads the application, and closes its sessions with 1001.',
      },
      {
        id: 'ioe',
        needle: 'An unrecoverable IOException occurred',
        pattern: /\bAn unrecoverable IOException occurred so the connection was closed\b/,
        said: { means: 'dropped' },
        example: 'An unrecoverable IOException occurred so the connection was closed',
        explains: 'TCP ended without a Close frame while this end read.',
      },
      {
        id: 'invalid-utf8',
        needle: ['invalid', 'A WebSocket text frame was received that could not be decode'],
        pattern:
          /\bA WebSocket (?:text frame was received that could not be decoded to UTF-8|close frame was received with a close reason that contained invalid UTF-8)/,
        said: { means: 'invalid-utf8' },
        example:
          'A WebSocket text frame was received that could not be decoded to UTF-8 because it contained invalid byte sequences',
        explains: 'A text message held bytes that are not UTF-8.',
      },
      {
        id: 'frame',
        needle: [' frame ', 'A new message was started when a continuation frame'],
        pattern:
          /\b(?:The client frame (?:set the reserved bits to|was not masked)|The server frame was masked|A fragmented control frame was received|A control frame was sent (?:that did not have|with a payload)|A WebSocket frame was sent with an unrecognised opCode|A new message was started when a continuation frame|New frame received after a close control frame|An invalid WebSocket frame was received|The client sent a close frame with a single byte)/,
        said: { means: 'frame' },
        example:
          'The client frame set the reserved bits to [4] for a message with opCode [1] which was not supported by this endpoint',
        explains: 'A frame breaks the protocol, or is compressed although that was not agreed.',
      },
      {
        id: 'inflate',
        needle: 'compressed WebSocket frame',
        pattern: /\bFailed to decompress a compressed WebSocket frame\b/,
        said: { means: 'compression' },
        example: 'Failed to decompress a compressed WebSocket frame',
        explains: 'A compressed message cannot be decompressed.',
      },
      {
        id: 'extension',
        needle: 'The server responded with extension parameters',
        pattern: /\bThe server responded with extension parameters the client is unable to support\b/,
        said: { means: 'extension' },
        side: 'client',
        example: 'The server responded with extension parameters the client is unable to support',
        explains: 'The 101 agrees to an extension with parameters that this client does not do.',
      },
      {
        id: 'client-read',
        needle: 'ailed',
        pattern: /\bAsync client read failed\b/,
        said: { means: 'lost' },
        side: 'client',
        example: 'Async client read failed',
        explains: 'TCP ended under the connection. The exception after it says how.',
      },
      {
        id: 'client-read-failure',
        needle: 'Failure while reading data sent by server',
        pattern: /\bFailure while reading data sent by server\b/,
        said: { means: 'lost' },
        side: 'client',
        example: 'Failure while reading data sent by server',
        explains:
          'TCP ended under the connection, or a frame broke the protocol. The exception after it says which.',
      },
      {
        id: 'answer-headers-limit',
        needle: 'size of the HTTP response headers exceeded the limit',
        pattern: /\bsize of the HTTP response headers exceeded the limit\b/,
        said: { means: 'bad-answer' },
        side: 'client',
        example:
          'The HTTP upgrade to WebSocket failed because the size of the HTTP response headers exceeded the limit',
        explains: 'The answer’s headers are larger than this client takes.',
      },
      {
        id: 'several-subprotocols',
        needle: 'multiple values for the Sec-WebSocket-Protocol header',
        pattern: /\breturned multiple values for the Sec-WebSocket-Protocol header\b/,
        said: { means: 'subprotocol' },
        side: 'client',
        example: 'The WebSocket server returned multiple values for the Sec-WebSocket-Protocol header',
        explains: 'The 101 names more than one subprotocol.',
      },
      {
        id: 'client-tls',
        needle: 'TLS handshake',
        pattern:
          /\bTLS handshake returned an unexpected status \[|\bUnexpected state \[[^\]\n]{1,40}\] during TLS handshake\b/,
        said: { means: 'tls-garbled' },
        side: 'client',
        example: 'Unexpected state [NOT_HANDSHAKING] during TLS handshake',
        explains:
          'TLS was not set up: what answers does not speak it, or this client’s own trust store cannot be used.',
      },
      {
        id: 'extension-parameters',
        needle: 'extension parameter',
        pattern:
          /\bAn unknown extension parameter \[[^\]\n]{1,60}\] was defined\b|\bDuplicate definition of the \[[^\]\n]{1,60}\] extension parameter\b|\bresponded with extension parameters the client is unable to support\b/,
        said: { means: 'extension' },
        example: 'An unknown extension parameter [foo] was defined',
        explains: 'Sec-WebSocket-Extensions has a parameter that this end does not take.',
      },
      {
        id: 'client-host',
        needle: 'No host was specified in URI',
        pattern: /\bNo host was specified in URI\b/,
        said: { means: 'invalid-url' },
        side: 'client',
        example: 'jakarta.websocket.DeploymentException: No host was specified in URI',
        explains: 'The address is not a WebSocket URL: it has no host.',
      },
    ]),
    ...phrasesOf(pojo, [
      {
        id: 'no-error-handler',
        needle: 'No error handling configured for [',
        pattern: /\bNo error handling configured for \[[^\]\n]{1,200}\] and the following error occurred/,
        said: { means: 'nothing-said' },
        example:
          'No error handling configured for [com.example.ChatEndpoint] and the following error occurred',
        explains: 'The endpoint has no @OnError. What happened is in the exception after it.',
      },
      {
        id: 'on-open-failed',
        needle: 'of POJO end point for POJO of type',
        pattern: /\bFailed to call on(?:Open|Close|Error) method of POJO end point for POJO of type\b/,
        said: { means: 'handler-failed', phase: 'open' },
        side: 'server',
        example: 'Failed to call onOpen method of POJO end point for POJO of type [com.example.ChatEndpoint]',
        explains: 'A method of the endpoint threw an exception, and its session ends.',
      },
      {
        id: 'on-message-failed',
        needle: 'Exception during onMessage call to POJO',
        pattern: /\bException during onMessage call to POJO of type\b/,
        said: { means: 'handler-failed', phase: 'open' },
        side: 'server',
        example: 'Exception during onMessage call to POJO of type [com.example.ChatEndpoint] in session [3f]',
        explains: 'onMessage of the endpoint threw an exception.',
      },
    ]),
    ...phrasesOf(coyote, [
      {
        id: 'tls-to-plain',
        needle: 'Invalid character found in method name [0x16',
        pattern: /\bInvalid character found in method name \[0x160x03/,
        said: { means: 'tls-garbled' },
        side: 'server',
        example:
          'java.lang.IllegalArgumentException: Invalid character found in method name [0x160x030x010x02...]. HTTP method names must be tokens',
        explains:
          'A client spoke TLS to this port, which speaks plain HTTP. Bytes 16 03 begin a TLS handshake.',
      },
      {
        id: 'requires-tls',
        needle: 'requires TLS',
        pattern: /\bThis combination of host and port requires TLS\b/,
        said: { means: 'plain-on-tls' },
        side: 'server',
        example: 'Bad Request. This combination of host and port requires TLS.',
        explains:
          'A client spoke plain HTTP to this port, which speaks TLS. Its URL begins with ws:// and needs wss://.',
      },
    ]),
  ],
})
