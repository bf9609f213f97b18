import type { Said } from '#lib/words/meaning.ts'
import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const api =
  'https://github.com/jakartaee/websocket/blob/master/api/client/src/main/java/jakarta/websocket/CloseReason.java'
const tyrus =
  'https://github.com/eclipse-ee4j/tyrus/blob/master/core/src/main/resources/org/glassfish/tyrus/core/l10n/localization.properties'
const tyrusClient =
  'https://github.com/eclipse-ee4j/tyrus/blob/master/client/src/main/java/org/glassfish/tyrus/client/TyrusClientEngine.java'

/** `CloseReason.CloseCodes`, as they print themselves. */
const CODES: Readonly<Record<string, number>> = {
  NORMAL_CLOSURE: 1000,
  GOING_AWAY: 1001,
  PROTOCOL_ERROR: 1002,
  CANNOT_ACCEPT: 1003,
  NO_STATUS_CODE: 1005,
  CLOSED_ABNORMALLY: 1006,
  NOT_CONSISTENT: 1007,
  VIOLATED_POLICY: 1008,
  TOO_BIG: 1009,
  NO_EXTENSION: 1010,
  UNEXPECTED_CONDITION: 1011,
  SERVICE_RESTART: 1012,
  TRY_AGAIN_LATER: 1013,
  TLS_HANDSHAKE_FAILURE: 1015,
}

const OWN_BUFFER = /^(?:The decoded text message was too big|No async message support and buffer too small)/

function closed(code: number | undefined, reason: string | undefined): Said {
  if (code === undefined) return { means: 'lost' }
  const text = reason?.trim() ?? ''
  const close = { code, reason: /^(?:null|no reason)?$/i.test(text) ? '' : text }
  // Tomcat’s words for its own buffers: the end that received the message wrote them.
  if (OWN_BUFFER.test(text)) return { means: 'too-big', close: { ...close, way: 'sent' } }
  return { means: code === 1006 ? 'dropped' : 'close', close }
}

export default defineProgram({
  id: 'jsr-356',
  name: 'Jakarta WebSocket (JSR 356) and Tyrus',
  mark: /\b(?:javax|jakarta)\.websocket\b|\bCloseReason\b|\btyrus\b/i,
  phrases: [
    ...phrasesOf(api, [
      {
        id: 'close-reason',
        needle: 'CloseReason',
        pattern:
          /\bCloseReason(?:: code \[(\d{4})\], reason \[([^\]\n]{0,400})\]|\[(\d{4}),([^\]\n]{0,200})\])/,
        said: ([, code, reason, ownCode, ownReason]) => closed(Number(code ?? ownCode), reason ?? ownReason),
        example: 'Socket closed: CloseReason[1001,Idle Timeout]',
        explains: 'Ended with this code and reason. 1006: without a Close frame.',
      },
      {
        id: 'close-code-name',
        needle: 'close',
        pattern:
          /\bclos\w{0,6}\b[^\n]{0,60}?\b(NORMAL_CLOSURE|GOING_AWAY|PROTOCOL_ERROR|CANNOT_ACCEPT|NO_STATUS_CODE|CLOSED_ABNORMALLY|NOT_CONSISTENT|VIOLATED_POLICY|TOO_BIG|NO_EXTENSION|UNEXPECTED_CONDITION|SERVICE_RESTART|TRY_AGAIN_LATER|TLS_HANDSHAKE_FAILURE)\b(?:[^\n]{0,20}?\breason\b[\s:=]{1,3}([^\n]{0,123}))?/i,
        said: ([, name, reason]) => closed(CODES[name?.toUpperCase() ?? ''], reason),
        example: 'Session closed: CLOSED_ABNORMALLY',
        explains: 'Ended with the code of this name. CLOSED_ABNORMALLY is 1006: without a Close frame.',
      },
    ]),
    ...phrasesOf(tyrusClient, [
      {
        id: 'tyrus-status',
        needle: 'Response code was not',
        pattern: /\bResponse code was not 101: (\d{3})/,
        said: ([, status]) => saidOfStatus(status),
        side: 'client',
        example: 'jakarta.websocket.DeploymentException: Handshake error. Response code was not 101: 404.',
        explains:
          'The server answered the handshake with this HTTP status in place of 101 Switching Protocols.',
      },
      {
        id: 'tyrus-redirect',
        needle: 'redirect processing is not enabled',
        pattern: /\bReceived HTTP response status code: (\d{3}) and redirect processing is not enabled/,
        said: ([, status]) => ({ means: 'redirect', status: Number(status) }),
        side: 'client',
        example: 'Received HTTP response status code: 301 and redirect processing is not enabled.',
        explains:
          'The handshake was answered with a redirect, which Tyrus follows when REDIRECT_ENABLED is set.',
      },
      {
        id: 'tyrus-503',
        needle: 'HTTP Status code 503',
        pattern: /\bHTTP Status code 503 - Service Unavailable\b/,
        said: { means: 'status', status: 503 },
        side: 'client',
        example: 'RetryAfterException: HTTP Status code 503 - Service Unavailable.',
        explains: 'The server answered the handshake with 503 in place of 101.',
      },
    ]),
    ...phrasesOf(tyrus, [
      {
        id: 'tyrus-connect-failed',
        needle: 'DeploymentException: C',
        pattern: /\bDeploymentException: (?:Connection failed\.?|Client cannot connect to "[^"\n]{0,300}")/,
        said: { means: 'no-connection' },
        side: 'client',
        example: 'jakarta.websocket.DeploymentException: Connection failed.',
        explains: 'TCP did not connect. “Caused by” below it says why.',
      },
      {
        id: 'tyrus-handshake-error',
        needle: 'Handshake error',
        pattern: /\b(?:DeploymentException|HandshakeException): Handshake error\.(?! Response code)/,
        said: { means: 'bad-answer' },
        side: 'client',
        example: 'jakarta.websocket.DeploymentException: Handshake error.',
        explains: 'The server’s answer is not a good 101. “Caused by” below it has the status or the header.',
      },
      {
        id: 'tyrus-handshake-timeout',
        needle: 'Handshake response not received',
        pattern: /\bHandshake response not received\b/,
        said: { means: 'handshake-timeout' },
        side: 'client',
        example: 'jakarta.websocket.DeploymentException: Handshake response not received.',
        explains: 'No answer to the handshake came within HANDSHAKE_TIMEOUT (30 s).',
      },
      {
        id: 'tyrus-authentication',
        needle: 'AuthenticationException: ',
        pattern: /\bAuthenticationException: (?:Authentication failed\.|Credentials are missing)/,
        said: { means: 'authentication', status: 401 },
        side: 'client',
        example: 'org.glassfish.tyrus.client.auth.AuthenticationException: Authentication failed.',
        explains: 'The handshake was answered with 401, and the credentials were missing or refused.',
      },
      {
        id: 'tyrus-accept',
        needle: 'Sec-WebSocket-Key returned from server',
        pattern: /\bSec-WebSocket-Key returned from server does not match expected response\b/,
        said: { means: 'bad-101' },
        side: 'client',
        example: 'Sec-WebSocket-Key returned from server does not match expected response.',
        explains: 'The 101 has a wrong Sec-WebSocket-Accept.',
      },
      {
        id: 'tyrus-headers',
        needle: 'Missing headers required for WebSocket',
        pattern: /\bMissing headers required for WebSocket negotiation\b/,
        said: { means: 'upgrade-missing' },
        side: 'server',
        example: 'Missing headers required for WebSocket negotiation.',
        explains:
          'The request has no Upgrade: websocket and Connection: Upgrade. A proxy left them out, or it is plain HTTP.',
      },
      {
        id: 'tyrus-origin',
        needle: 'Origin not verified',
        pattern: /\bOrigin not verified\b/,
        said: { means: 'origin-refused' },
        side: 'server',
        example: 'HandshakeException: Origin not verified.',
        explains: 'checkOrigin of the endpoint’s configurator refused. The server answers 403.',
      },
      {
        id: 'tyrus-sessions',
        needle: 'Maximal number of open sessions',
        pattern: /\bMaximal number of open sessions per (?:endpoint|application|remote address) exceeded\b/,
        said: { means: 'too-many-connections', close: { code: 1013, way: 'sent' } },
        side: 'server',
        example: 'Maximal number of open sessions per endpoint exceeded.',
        explains: 'The server has as many sessions as its configuration allows. It closes with 1013.',
      },
      {
        id: 'tyrus-idle',
        needle: 'because of the idle timeout',
        pattern: /\bSession closed by the container because of the idle timeout\b/,
        said: { means: 'idle-timeout' },
        example: 'Session closed by the container because of the idle timeout.',
        explains: 'No message arrived for maxIdleTimeout, and this end closed with 1000 or 1001.',
      },
      {
        id: 'tyrus-too-long',
        needle: 'Message too long; allowed message size',
        pattern: /\bMessage too long; allowed message size is ([\d.,\u00a0 ]{1,15}) bytes/,
        said: ([, limit = '']) => ({ means: 'too-big', limitBytes: Number(limit.replace(/\D/g, '')) }),
        example:
          'Message too long; allowed message size is 8,192 bytes. (Current message length is 70,000 bytes).',
        explains: 'A message is larger than this end’s own maxMessageSize. It closes with 1009.',
      },
      {
        id: 'tyrus-buffer',
        needle: 'uffer overflow',
        pattern: /\b(?:Partial message could not be delivered due to buffer overflow|Buffer overflow\.)/,
        said: { means: 'too-big' },
        example: 'Buffer overflow.',
        explains: 'A message is larger than this end’s incoming buffer. It closes with 1009.',
      },
      {
        id: 'tyrus-closed',
        needle: 'The connection has been closed',
        pattern: /\bIllegalStateException: The connection has been closed\b/,
        said: { means: 'lost' },
        example: 'java.lang.IllegalStateException: The connection has been closed.',
        explains: 'The program used a session that had already ended.',
      },
      {
        id: 'tyrus-frame',
        needle: 'incorrectly set',
        pattern: /\bRSV bit\(s\) incorrectly set\b/,
        said: { means: 'frame' },
        example: 'RSV bit(s) incorrectly set.',
        explains: 'A frame is compressed although compression was not agreed, or it breaks the protocol.',
      },
      {
        id: 'credentials',
        needle: 'DeploymentException: ',
        pattern: /\bDeploymentException: (?:Authentication failed|Credentials are missing)\./,
        said: { means: 'authentication' },
        side: 'client',
        example: 'jakarta.websocket.DeploymentException: Authentication failed.',
        explains:
          'The handshake was answered with 401, and the client’s name and password were missing or refused.',
      },
      {
        id: 'redirects',
        needle: 'edirect',
        pattern:
          /\b(?:Redirect attempts exceeded maximum allowed limit of \(\d{1,4}\) redirects|Infinite HTTP Redirection loop detected|Missing or empty Location header in 3xx HTTP Redirect response)/,
        said: { means: 'redirect' },
        side: 'client',
        example: 'jakarta.websocket.DeploymentException: Infinite HTTP Redirection loop detected.',
        explains: 'The handshake was answered with redirects that lead to no WebSocket.',
      },
      {
        id: 'invalid-header',
        needle: 'header value: "',
        pattern:
          /\bHandshakeException: Invalid [A-Za-z-]{3,40} header value: "|\bDeploymentException: Invalid [A-Za-z-]{3,40} header value: "/,
        said: { means: 'bad-101' },
        example: 'org.glassfish.tyrus.core.HandshakeException: Invalid Upgrade header value: "h2c".',
        explains: 'The 101, or the request on a server, has a header with a wrong value.',
      },
      {
        id: 'frames',
        needle: 'ragment',
        pattern:
          /\bEnd fragment sent, but wasn't processing any previous fragments\b|\bFragment sent but opcode was not 0\b|\bFragmented control frame\./,
        said: { means: 'frame' },
        example: 'Fragment sent but opcode was not 0.',
        explains: 'A frame breaks the protocol.',
      },
      {
        id: 'mixed-fragments',
        needle: 'while sending fragments of another',
        pattern: /\bAttempting to send a message while sending fragments of another\b/,
        said: { means: 'nothing-said' },
        example: 'Attempting to send a message while sending fragments of another.',
        explains: 'Two parts of the program send on one session at once. The connection did not fail.',
      },
    ]),
  ],
})
