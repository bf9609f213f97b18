import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const repository =
  'https://github.com/spring-projects/spring-framework/blob/main/spring-websocket/src/main/java/org/springframework/web/socket'
const handshake = `${repository}/server/support/AbstractHandshakeHandler.java`
const origin = `${repository}/server/support/OriginHandshakeInterceptor.java`
const interceptor = `${repository}/server/support/HandshakeInterceptorChain.java`
const sockjs = `${repository}/sockjs/support/AbstractSockJsService.java`
const cors =
  'https://github.com/spring-projects/spring-framework/blob/main/spring-web/src/main/java/org/springframework/web/cors/DefaultCorsProcessor.java'
const session = `${repository}/handler/ExceptionWebSocketHandlerDecorator.java`
const slow = `${repository}/handler/ConcurrentWebSocketSessionDecorator.java`
const subprotocol = `${repository}/messaging/SubProtocolWebSocketHandler.java`
const manager = `${repository}/client/WebSocketConnectionManager.java`
const channel =
  'https://github.com/spring-projects/spring-framework/blob/main/spring-messaging/src/main/java/org/springframework/messaging/support/AbstractMessageChannel.java'
const stomp =
  'https://github.com/spring-projects/spring-framework/blob/main/spring-messaging/src/main/java/org/springframework/messaging/simp/stomp/BufferingStompDecoder.java'
const broker =
  'https://docs.spring.io/spring-framework/reference/web/websocket/stomp/handle-broker-relay.html'

export default defineProgram({
  id: 'spring',
  name: 'Spring (WebSocket, STOMP and SockJS)',
  side: 'server',
  mark: /\borg\.springframework\b|\bo\.s\.w\.s\.|\bWebSocket(?:Server)?\w{0,20}Session\[/,
  phrases: [
    ...phrasesOf(`${repository}/sockjs/transport/session/AbstractSockJsSession.java`, [
      {
        id: 'send-after-end',
        needle: 'Cannot send a message when session is closed',
        pattern: /\bCannot send a message when session is closed\b/,
        said: { means: 'ended' },
        example: 'java.lang.IllegalStateException: Cannot send a message when session is closed',
        explains: 'The program sent to a session that had already ended. Why it ended is said before.',
      },
    ]),
    ...phrasesOf(`${repository}/messaging/StompSubProtocolHandler.java`, [
      {
        id: 'stomp-message-failed',
        needle: 'message to application via MessageChannel',
        pattern: /\bFailed to send (?:client )?message to application via MessageChannel\b/,
        said: { means: 'handler-failed', phase: 'open', application: 'stomp' },
        example:
          'o.s.w.s.m.StompSubProtocolHandler : Failed to send client message to application via MessageChannel in session 6b. Sending STOMP ERROR to client.',
        explains:
          'An interceptor or a handler refused a frame of STOMP, such as CONNECT without a token. Spring answers with an ERROR frame and closes. The exception below says why.',
      },
    ]),
    ...phrasesOf(channel, [
      {
        id: 'message-not-delivered',
        needle: 'Failed to send message to ExecutorSubscribableChannel',
        pattern: /\bFailed to send message to ExecutorSubscribableChannel\[/,
        said: { means: 'handler-failed', unsure: true, application: 'stomp' },
        example:
          'org.springframework.messaging.MessageDeliveryException: Failed to send message to ExecutorSubscribableChannel[clientInboundChannel]',
        explains: 'A frame of STOMP did not get through the interceptors. The cause below says why.',
      },
      {
        id: 'access-denied',
        needle: ['AccessDeniedException: Access', 'AuthorizationDeniedException: Access'],
        pattern: /\b(?:AccessDenied|AuthorizationDenied)Exception: Access (?:is )?denied\b/i,
        said: { means: 'forbidden' },
        example: 'Caused by: org.springframework.security.access.AccessDeniedException: Access Denied',
        explains: 'Spring Security does not let this user send the message or subscribe.',
        fix: 'Authenticate the user in a ChannelInterceptor at CONNECT, and allow the destination in the authorization of messages (@EnableWebSocketSecurity).',
      },
    ]),
    ...phrasesOf(handshake, [
      {
        id: 'upgrade-missing',
        needle: 'Handshake failed due to invalid ',
        pattern: /\bHandshake failed due to invalid (?:Upgrade|Connection) header/,
        said: { means: 'upgrade-missing' },
        example: 'o.s.w.s.s.s.DefaultHandshakeHandler : Handshake failed due to invalid Upgrade header: null',
        explains:
          'The request has no Upgrade: websocket and Connection: Upgrade. A proxy left them out, or it is plain HTTP. Spring answers 400.',
      },
      {
        id: 'connection-body',
        needle: '"Connection" must be "upgrade"',
        pattern: /"Connection" must be "upgrade"\.?/i,
        said: { means: 'upgrade-missing' },
        example: '"Connection" must be "upgrade".',
        explains: 'The body of Spring’s 400: the request has no Connection: Upgrade. A proxy left it out.',
      },
      {
        id: 'version',
        needle: 'Handshake failed due to unsupported WebSocket version',
        pattern: /\bHandshake failed due to unsupported WebSocket version\b/,
        said: { means: 'handshake-header' },
        example: 'Handshake failed due to unsupported WebSocket version: null. Supported versions: [13]',
        explains: 'Sec-WebSocket-Version is missing or is not 13.',
      },
      {
        id: 'key',
        needle: 'Missing "Sec-WebSocket-Key" header',
        pattern: /\bMissing "Sec-WebSocket-Key" header/,
        said: { means: 'handshake-header' },
        example: 'Missing "Sec-WebSocket-Key" header',
        explains: 'The request says Upgrade: websocket, and its Sec-WebSocket-Key is missing.',
      },
      {
        id: 'handshake-exception',
        needle: 'HandshakeFailureException',
        pattern:
          /\bHandshakeFailureException: (?:Uncaught failure for request|Servlet request failed to upgrade|Failed to upgrade)/,
        said: { means: 'handler-failed', phase: 'handshake', status: 500 },
        example:
          'org.springframework.web.socket.server.HandshakeFailureException: Uncaught failure for request http://app.example/ws',
        explains: 'The handshake failed with an exception on the server. “Caused by” below it says why.',
      },
    ]),
    ...phrasesOf(interceptor, [
      {
        id: 'interceptor',
        needle: 'beforeHandshake',
        pattern: /\breturns? false from beforeHandshake\b/,
        said: { means: 'forbidden' },
        example: 'HttpSessionHandshakeInterceptor returns false from beforeHandshake - precluding handshake',
        explains: 'A handshake interceptor of the application refused.',
      },
    ]),
    ...phrasesOf(handshake, [
      {
        id: 'no-strategy',
        needle: 'No suitable default RequestUpgradeStrategy',
        pattern: /\bNo suitable default RequestUpgradeStrategy found\b/,
        said: { means: 'no-websocket-support' },
        example: 'java.lang.IllegalStateException: No suitable default RequestUpgradeStrategy found',
        explains:
          'Spring found no WebSocket of a server that it knows on the class path, such as tomcat-embed-websocket.',
      },
    ]),
    ...phrasesOf(origin, [
      {
        id: 'origin-rejected',
        needle: 'Origin header value ',
        pattern: /\bOrigin header value ['[]?([^\s'"\]]{1,512})['\]]? not allowed/,
        said: ([, refused]) => ({
          means: 'origin-refused',
          ...(refused !== undefined && { origin: refused }),
        }),
        example: 'Handshake request rejected, Origin header value https://app.example not allowed',
        explains:
          'setAllowedOrigins or setAllowedOriginPatterns does not have this Origin. Spring answers 403.',
      },
    ]),
    ...phrasesOf(cors, [
      {
        id: 'invalid-cors',
        needle: 'Invalid CORS request',
        pattern: /\bInvalid CORS request\b/,
        said: { means: 'origin-refused', status: 403 },
        example: 'Invalid CORS request',
        explains: 'The body of Spring’s 403: the Origin is not allowed for this path.',
      },
      {
        id: 'credentials-and-any-origin',
        needle: 'When allowCredentials is true, allowedOrigins cannot contain',
        pattern: /\bWhen allowCredentials is true, allowedOrigins cannot contain the special value\b/,
        said: { means: 'handler-failed', phase: 'handshake', status: 500 },
        example:
          'java.lang.IllegalArgumentException: When allowCredentials is true, allowedOrigins cannot contain the special value "*" since that cannot be set on the "Access-Control-Allow-Origin" response header.',
        explains: 'SockJS with setAllowedOrigins("*") fails each request. It needs setAllowedOriginPatterns.',
      },
    ]),
    ...phrasesOf(sockjs, [
      {
        id: 'sockjs-path',
        needle: 'SockJS',
        pattern: /\bInvalid SockJS path '[^'\n]{0,300}' - /,
        said: { means: 'no-route', application: 'sockjs' },
        example: "Invalid SockJS path '/ws' - required to have 3 path segments",
        explains:
          'A plain WebSocket came to an address that is SockJS. Its raw WebSocket is at /websocket below it.',
      },
    ]),
    ...phrasesOf(session, [
      {
        id: 'closing-on-exception',
        needle: 'Closing session due to exception for',
        pattern: /\bClosing session due to exception for \w{1,60}\b/,
        said: { means: 'handler-failed', phase: 'open' },
        example:
          'Closing session due to exception for StandardWebSocketSession[id=3f, uri=ws://app.example/ws]',
        explains: 'The handler threw an exception, and Spring closes the session with 1011.',
      },
      {
        id: 'transport-error',
        needle: 'Transport error in ',
        pattern: /\bTransport error in \w{0,40}Session\b/,
        said: { means: 'lost' },
        example: 'Transport error in StandardWebSocketSession[id=3f, uri=ws://app.example/ws]',
        explains: 'TCP failed under the session. The exception after it says how.',
      },
    ]),
    ...phrasesOf(slow, [
      {
        id: 'send-limit',
        needle: 'allowed limit ',
        pattern:
          /\b(?:Send time \d{1,9} \(ms\)|Buffer size \d{1,12} bytes) for session '[^'\n]{1,80}' exceed(?:ed|s) the allowed limit \d{1,12}/,
        said: { means: 'not-reading' },
        example:
          "SessionLimitExceededException: Buffer size 524300 bytes for session '3f' exceeds the allowed limit 524288",
        explains:
          'The client takes messages too slowly, and Spring closes its session with 4500 (SESSION_NOT_RELIABLE).',
      },
    ]),
    ...phrasesOf(stomp, [
      {
        id: 'stomp-limit',
        needle: ['exceeds configured buffer size limit', 'The configured STOMP buffer size limit'],
        pattern:
          /\bSTOMP 'content-length' header value \d{1,12}\s{1,2}exceeds configured buffer size limit (\d{1,12})|\bThe configured STOMP buffer size limit of (\d{1,12}) bytes has been exceeded/,
        said: ([, announced, gathered]) => ({
          means: 'too-big',
          limitBytes: Number(announced ?? gathered),
          application: 'stomp',
        }),
        example:
          "org.springframework.messaging.simp.stomp.StompConversionException: STOMP 'content-length' header value 136642 exceeds configured buffer size limit 65536",
        explains:
          'A frame of STOMP is larger than setMessageSizeLimit (64 KiB, if it was not set). The messages that carry it may be small.',
      },
    ]),
    ...phrasesOf(subprotocol, [
      {
        id: 'no-first-message',
        needle: 'No messages received after ',
        pattern: /\bNo messages received after (\d{1,9}) ms\. Closing\b/,
        said: ([, limit]) => ({
          means: 'first-message-missing',
          limitMs: Number(limit),
          application: 'stomp',
        }),
        example: 'No messages received after 60012 ms. Closing StandardWebSocketSession[id=3f]',
        explains: 'The client opened a WebSocket and never sent STOMP’s CONNECT.',
      },
    ]),
    ...phrasesOf(manager, [
      {
        id: 'client-connecting',
        needle: 'Connecting to WebSocket at ',
        pattern: /\bConnecting to WebSocket at (\S{1,2048})/,
        said: { means: 'connecting' },
        side: 'client',
        example: 'o.s.w.s.client.WebSocketConnectionManager : Connecting to WebSocket at ws://app.example/ws',
        explains: 'An attempt begins. What became of it is in the next line.',
      },
      {
        id: 'client-connected',
        needle: 'Successfully connected',
        pattern: /\bSuccessfully connected(?: to WebSocket)?$/,
        said: { means: 'opened' },
        side: 'client',
        example: 'o.s.w.s.client.WebSocketConnectionManager : Successfully connected',
        explains: 'The handshake succeeded.',
      },
      {
        id: 'client-failed',
        needle: 'Failed to connect to WebSocket',
        pattern: /\bFailed to connect to WebSocket$/,
        said: { means: 'nothing-said' },
        side: 'client',
        example: 'Failed to connect to WebSocket',
        explains: 'The attempt failed. The exception after it says why.',
      },
      {
        id: 'sockjs-info',
        needle: 'SockJS',
        pattern:
          /\b(?:Initial SockJS "Info" request to server failed|SockJS Info request \(url=\S{1,1000}\) failed)/,
        said: { means: 'never-opened', application: 'sockjs' },
        side: 'client',
        example: 'Initial SockJS "Info" request to server failed, url=http://localhost:8080/ws',
        explains:
          'The client’s first request, before any WebSocket, failed. The exception after it says why.',
      },
      {
        id: 'scheme',
        needle: 'Invalid scheme: ',
        pattern: /\bIllegalArgumentException: Invalid scheme: '?\w{0,12}'?/,
        said: { means: 'invalid-url' },
        side: 'client',
        example: 'java.lang.IllegalArgumentException: Invalid scheme: http',
        explains: 'The address is not a WebSocket URL: Spring’s client takes ws:// and wss://.',
      },
      {
        id: 'stomp-lost',
        needle: 'ConnectionLostException',
        pattern: /\bstomp\.ConnectionLostException: Connection closed\b/,
        said: { means: 'lost', application: 'stomp' },
        side: 'client',
        example: 'org.springframework.messaging.simp.stomp.ConnectionLostException: Connection closed',
        explains: 'The connection under STOMP ended. How is not said.',
      },
    ]),
    ...phrasesOf(broker, [
      {
        id: 'broker-closed',
        needle: 'Connection to broker closed',
        pattern: /\bConnection to broker closed\b/,
        said: { means: 'handler-failed', phase: 'open', application: 'stomp' },
        example: 'message:Connection to broker closed.',
        explains:
          'Spring relays STOMP to a broker such as RabbitMQ, and the broker closed that connection. Its own log says why.',
      },
      {
        id: 'broker-unavailable',
        needle: 'roker',
        pattern:
          /\b(?:MessageDeliveryException: Message broker not active|Broker not available\.|StompBrokerRelayMessageHandler\b[^\n]{0,80}(?:TCP connection failure|Failed to connect))/,
        said: { means: 'handler-failed', phase: 'open', application: 'stomp' },
        example:
          'org.springframework.messaging.MessageDeliveryException: Message broker not active. Consider subscribing to receive BrokerAvailabilityEvent’s from an ApplicationListener Spring bean.',
        explains: 'Spring relays STOMP to a broker such as RabbitMQ, and that broker cannot be reached.',
      },
    ]),
  ],
})
