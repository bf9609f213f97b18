import type { Said } from '#lib/words/meaning.ts'
import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const core =
  'https://github.com/jetty/jetty.project/blob/jetty-12.1.x/jetty-core/jetty-websocket/jetty-websocket-core-common/src/main/java/org/eclipse/jetty/websocket/core'
const client =
  'https://github.com/jetty/jetty.project/blob/jetty-12.1.x/jetty-core/jetty-websocket/jetty-websocket-core-client/src/main/java/org/eclipse/jetty/websocket/core/client/CoreClientUpgradeRequest.java'
const connection = `${core}/internal/WebSocketConnection.java`
const session = `${core}/internal/WebSocketSessionState.java`
const status = `${core}/CloseStatus.java`
const messages = `${core}/internal/MessageHandler.java`
const frames = `${core}/util/FrameValidation.java`
const idle =
  'https://github.com/jetty/jetty.project/blob/jetty-12.1.x/jetty-core/jetty-io/src/main/java/org/eclipse/jetty/io/IdleTimeout.java'
const eof =
  'https://github.com/jetty/jetty.project/blob/jetty-12.1.x/jetty-core/jetty-io/src/main/java/org/eclipse/jetty/io/EofException.java'
const old = 'https://github.com/jetty/jetty.project/tree/jetty-9.4.x/jetty-websocket'

/** Java prints numbers with the grouping of its locale. */
const number = (text: string | undefined): number => Number((text ?? '').replace(/\D/g, ''))
const tooBig = (limit: string | undefined): Said => ({ means: 'too-big', limitBytes: number(limit) })

export default defineProgram({
  id: 'jetty',
  name: 'Jetty (server and client)',
  mark: /\borg\.eclipse\.jetty\b|\bWebSocketTimeoutException\b/,
  phrases: [
    ...phrasesOf(client, [
      {
        id: 'status',
        needle: 'Unexpected HTTP Response Status Code',
        pattern: /\bFailed to upgrade to websocket: Unexpected HTTP Response Status Code: (\d{3})/,
        said: ([, code]) => saidOfStatus(code),
        side: 'client',
        example:
          'org.eclipse.jetty.websocket.api.exceptions.UpgradeException: Failed to upgrade to websocket: Unexpected HTTP Response Status Code: 403 Forbidden',
        explains:
          'The server answered the handshake with this HTTP status in place of 101 Switching Protocols.',
      },
      {
        id: 'bad-101',
        needle: 'upgrade',
        pattern:
          /\b(?:Not a WebSocket upgrade|WebSocket upgrade missing 'Connection: Upgrade' header|Upgrade failed: (?:Sec-WebSocket-Accept|missing|invalid))/i,
        said: { means: 'bad-101' },
        side: 'client',
        example: 'org.eclipse.jetty.client.HttpResponseException: Not a WebSocket upgrade',
        explains: 'The 101 lacks a header, or has a wrong value.',
      },
      {
        id: 'accept',
        needle: 'Invalid Sec-WebSocket-Accept hash',
        pattern: /\bInvalid Sec-WebSocket-Accept hash\b/,
        said: { means: 'bad-101' },
        side: 'client',
        example: 'Invalid Sec-WebSocket-Accept hash (was: x expected: y)',
        explains: 'The 101 has a wrong Sec-WebSocket-Accept.',
      },
      {
        id: 'subprotocol',
        needle: 'Upgrade failed: ',
        pattern:
          /\bUpgrade failed: (?:subprotocol \[[^\]\n]{0,200}\] not found in offered|Too many WebSocket subprotocol)/,
        said: { means: 'subprotocol' },
        side: 'client',
        example: 'Upgrade failed: subprotocol [chat] not found in offered subprotocols [graphql-ws]',
        explains: 'The 101 names a subprotocol that was not asked for.',
      },
      {
        id: 'extension',
        needle: 'Upgrade failed: ',
        pattern:
          /\bUpgrade failed: (?:Sec-WebSocket-Extensions contained|negotiated extension not requested|multiple negotiated extensions)/,
        said: { means: 'extension' },
        side: 'client',
        example: 'Upgrade failed: Sec-WebSocket-Extensions contained extension not requested',
        explains: 'The 101 agrees to an extension that was not offered.',
      },
      {
        id: 'invalid-uri',
        needle: 'WebSocket URI',
        pattern:
          /\b(?:Invalid WebSocket URI: host not present|WebSocket URI must (?:be absolute|include a scheme)|WebSocket URI scheme only supports \[ws\] and \[wss\])/,
        said: { means: 'invalid-url' },
        side: 'client',
        example:
          'java.lang.IllegalArgumentException: WebSocket URI scheme only supports [ws] and [wss], not [http]',
        explains: 'The address is not a WebSocket URL.',
      },
      {
        id: 'http-version',
        needle: 'Unsupported HTTP version for upgrade',
        pattern: /\bUnsupported HTTP version for upgrade: /,
        said: { means: 'http2' },
        side: 'client',
        example: 'java.lang.UnsupportedOperationException: Unsupported HTTP version for upgrade: HTTP/3.0',
        explains:
          'The connection under the WebSocket speaks a version of HTTP that this client does not upgrade.',
      },
    ]),
    ...phrasesOf(old, [
      {
        id: 'old-status',
        needle: "Didn't switch protocols",
        pattern: /\bDidn't switch protocols, expected status <101>, but got <(\d{3})>/,
        said: ([, code]) => saidOfStatus(code),
        side: 'client',
        example:
          "org.eclipse.jetty.websocket.api.UpgradeException: Didn't switch protocols, expected status <101>, but got <403>",
        explains: 'Jetty 9: the server answered the handshake with this HTTP status in place of 101.',
      },
      {
        id: 'old-read-timeout',
        needle: 'Timeout on Read',
        pattern: /\bTimeout on Read\b/,
        said: { means: 'idle-timeout' },
        example:
          'org.eclipse.jetty.websocket.api.CloseException: java.util.concurrent.TimeoutException: Timeout on Read',
        explains: 'Nothing arrived for idleTimeout, and this end closed.',
      },
      {
        id: 'old-concurrent-write',
        needle: 'message pending ',
        pattern: /\b(?:Blocking|Partial) message pending [\da-f]{1,8} for (?:BLOCKING|ASYNC|PARTIAL)\b/,
        said: { means: 'handler-failed', phase: 'open', isOverlapping: true },
        example: 'java.lang.IllegalStateException: Blocking message pending 10000 for BLOCKING',
        explains: 'Jetty 9: two threads of the program wrote at once. One writer at a time is allowed.',
      },
      {
        id: 'old-size',
        needle: 'exceeds maximum size [',
        pattern:
          /\b(?:Text|Binary)? ?[Mm]essage size \[[\d.,]{1,15}\] exceeds maximum size \[([\d.,]{1,15})\]/,
        said: ([, limit]) => tooBig(limit),
        example:
          'org.eclipse.jetty.websocket.api.MessageTooLargeException: Text message size [70000] exceeds maximum size [65536]',
        explains: 'Jetty 9: a message is larger than this end’s own limit (64 KiB). It closes with 1009.',
      },
      {
        id: 'old-disconnected',
        needle: '1006',
        pattern: /\b1006\b[^\n\d]{0,20}\b(?:Disconnected|WebSocket Read EOF)\b/,
        said: { means: 'dropped', close: { code: 1006, reason: 'Disconnected' } },
        example: 'WebSocket Close: 1006 - Disconnected',
        explains: 'Jetty 9: TCP ended without a Close frame.',
      },
    ]),
    ...phrasesOf(connection, [
      {
        id: 'idle-timeout',
        needle: 'Connection Idle Timeout',
        pattern: /\b(?:WebSocketTimeoutException: )?Connection Idle Timeout\b/,
        said: { means: 'idle-timeout' },
        example:
          'org.eclipse.jetty.websocket.core.exception.WebSocketTimeoutException: Connection Idle Timeout',
        explains: 'Nothing was sent or received for this end’s own idleTimeout, and it closed with 1001.',
      },
      {
        id: 'read-timeout',
        needle: 'Read timeout: ',
        pattern: /\bRead timeout: ([\d,]{1,12})ms expired\b/,
        said: ([, ms]) => ({ means: 'idle-timeout', limitMs: number(ms) }),
        example: 'java.io.IOException: Read timeout: 30,000ms expired',
        explains: 'The next part of a message did not come within this end’s own timeout.',
      },
    ]),
    ...phrasesOf(idle, [
      {
        id: 'idle-expired',
        needle: 'Idle timeout expired',
        pattern: /\bIdle timeout expired: \d{1,12}\/(\d{1,12}) ms/,
        said: ([, limit]) => ({ means: 'idle-timeout', limitMs: Number(limit) }),
        example: 'java.util.concurrent.TimeoutException: Idle timeout expired: 300001/300000 ms',
        explains:
          'Nothing was sent or received for this end’s own idleTimeout. The second number is its limit.',
      },
    ]),
    ...phrasesOf(eof, [
      {
        id: 'eof',
        needle: 'org.eclipse.jetty.io.EofException',
        pattern: /\borg\.eclipse\.jetty\.io\.EofException\b/,
        said: { means: 'lost' },
        example: 'org.eclipse.jetty.io.EofException: Closed',
        explains: 'Jetty wrote to a connection that the other end had already closed.',
      },
    ]),
    ...phrasesOf(session, [
      {
        id: 'session-closed',
        needle: 'Session Closed',
        pattern: /\b1006\b[^\n\d]{0,20}\bSession Closed\b/,
        said: { means: 'dropped', close: { code: 1006, reason: 'Session Closed' } },
        example: 'onClose: 1006 Session Closed',
        explains: 'TCP ended without a Close frame.',
      },
      {
        id: 'shut-down',
        needle: 'Container being shut down',
        pattern: /\bContainer being shut down\b/,
        said: { means: 'shutting-down' },
        side: 'server',
        example: 'onClose: 1001 Container being shut down',
        explains: 'The server stops, and closes its sessions with 1001.',
      },
      {
        id: 'not-open',
        needle: 'Session is not open',
        pattern: /\bIllegalStateException: Session is not open\b/,
        said: { means: 'lost' },
        example: 'java.lang.IllegalStateException: Session is not open',
        explains: 'The program used a session that had ended. Why it ended is printed elsewhere.',
      },
    ]),
    ...phrasesOf(status, [
      {
        id: 'close-status',
        needle: '{1006=',
        pattern: /\{1006=\w{1,30},([^}\n]{0,123})\}/,
        said: ([, reason]) => ({ means: 'dropped', close: { code: 1006, reason: reason ?? '' } }),
        example: 'onClosed {1006=ABNORMAL,Session Closed}',
        explains: 'TCP ended without a Close frame.',
      },
    ]),
    ...phrasesOf(messages, [
      {
        id: 'too-large',
        needle: 'essage',
        pattern:
          /\b(?:(?:Text|Binary) message too large: [\d.,\u00a0 ]{1,15} > ([\d.,\u00a0]{1,15})|Message larger than (\d{1,12}) bytes)/,
        said: ([, message, handler]) => tooBig(message ?? handler),
        example:
          'org.eclipse.jetty.websocket.core.exception.MessageTooLargeException: Text message too large: 70,000 > 65,536',
        explains: 'A message is larger than this end’s own limit (64 KiB). It closes with 1009.',
      },
      {
        id: 'frame-too-large',
        needle: 'Cannot handle payload lengths larger than',
        pattern: /\bCannot handle payload lengths larger than (\d{1,12})/,
        said: ([, limit]) => tooBig(limit),
        example: 'MessageTooLargeException: Cannot handle payload lengths larger than 65536',
        explains: 'A frame is larger than this end’s own maxFrameSize. It closes with 1009.',
      },
      {
        id: 'not-accepted',
        needle: ' Not Accepted',
        pattern: /\bBadPayloadException: (?:Text|Binary) Not Accepted\b/,
        said: { means: 'close', close: { code: 1007, way: 'sent' } },
        example: 'org.eclipse.jetty.websocket.core.exception.BadPayloadException: Binary Not Accepted',
        explains: 'The endpoint takes one type of message and got the other. It closes with 1007.',
      },
      {
        id: 'write-timeout',
        needle: 'FrameFlusher Write Timeout',
        pattern: /\b(?:WebSocketWriteTimeoutException: )?FrameFlusher Write Timeout\b/i,
        said: { means: 'not-reading' },
        example:
          'org.eclipse.jetty.websocket.core.exception.WebSocketWriteTimeoutException: FrameFlusher Write Timeout',
        explains: 'The other end did not take what was sent before this end’s own write timeout.',
      },
      {
        id: 'message-larger',
        needle: 'MessageTooLargeException',
        pattern:
          /\bMessageTooLargeException: (?:Message larger than (\d[\d,]{0,14})|(?:Frame|Deflated|Inflated) payload exceeded)/,
        said: ([, message]) => (message === undefined ? { means: 'too-big' } : tooBig(message)),
        example:
          'org.eclipse.jetty.websocket.core.exception.MessageTooLargeException: Inflated payload exceeded the decompress buffer size',
        explains: 'A message is larger than this end takes. It closes with 1009.',
      },
    ]),
    ...phrasesOf(frames, [
      {
        id: 'frame',
        needle: 'ProtocolException: ',
        pattern:
          /\bProtocolException: (?:Client MUST mask all frames|Server MUST NOT mask any frames|Frame has non-transmittable status|Unknown opcode|Fragmented Control Frame|Invalid control frame (?:payload )?length|Cannot have RSV[123]==true|RSV[123] not allowed|DataFrame before fin==true|CONTINUATION after fin==true|\w{1,20} after CLOSE|Invalid CLOSE|Invalid RSV1 set)/,
        said: { means: 'frame' },
        example: 'org.eclipse.jetty.websocket.core.exception.ProtocolException: RSV1 not allowed to be set',
        explains: 'A frame breaks the protocol, or is compressed although that was not agreed.',
      },
      {
        id: 'invalid-utf8',
        needle: 'BadPayloadException: Invalid UTF-8',
        pattern: /\bBadPayloadException: Invalid UTF-8\b/,
        said: { means: 'invalid-utf8' },
        example: 'org.eclipse.jetty.websocket.core.exception.BadPayloadException: Invalid UTF-8',
        explains: 'A text message held bytes that are not UTF-8.',
      },
      {
        id: 'key-missing',
        needle: "Missing request header 'Sec-WebSocket-Key'",
        pattern: /\bMissing request header 'Sec-WebSocket-Key'/,
        said: { means: 'handshake-header' },
        side: 'server',
        example:
          "org.eclipse.jetty.http.BadMessageException: 400: Missing request header 'Sec-WebSocket-Key'",
        explains: 'The request says Upgrade: websocket, and its Sec-WebSocket-Key is missing.',
      },
    ]),
  ],
})
