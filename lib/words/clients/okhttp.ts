import type { Said } from '#lib/words/meaning.ts'
import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const repository =
  'https://github.com/square/okhttp/blob/master/okhttp/src/commonJvmAndroid/kotlin/okhttp3/internal'
const listener = 'https://square.github.io/okhttp/5.x/okhttp/okhttp3/-web-socket-listener/on-failure.html'
const socket = `${repository}/ws/RealWebSocket.kt`
const reader = `${repository}/ws/WebSocketReader.kt`
const http = `${repository}/http1/Http1ExchangeCodec.kt`

/** `localhost/127.0.0.1:7007`: the address that the name resolved to. */
function addressIn(text: string): Pick<Said, 'address'> {
  const address = /\/?([^\s/]{1,260})$/.exec(text)?.[1]
  return address === undefined ? {} : { address }
}

export default defineProgram({
  id: 'okhttp',
  name: 'OkHttp (Android, Kotlin, Java, React Native)',
  side: 'client',
  mark: /\bokhttp3?\b/,
  phrases: [
    ...phrasesOf(listener, [
      {
        id: 'on-open',
        needle: 'Response{protocol=',
        pattern: /\bResponse\{protocol=http\/1\.1, code=101\b/,
        said: { means: 'opened' },
        example:
          'onOpen: Response{protocol=http/1.1, code=101, message=Switching Protocols, url=https://app.example/ws}',
        explains: 'The handshake succeeded.',
      },
      {
        id: 'on-failure-answer',
        needle: 'onFailure',
        pattern: /\bonFailure\b[^\n]{0,300}?\bResponse\{protocol=[\w/.]{1,12}, code=([2-5]\d\d)\b/,
        said: ([, status]) => saidOfStatus(status),
        example:
          'onFailure: Response{protocol=http/1.1, code=502, message=Bad Gateway, url=https://app.example/ws}',
        explains: 'The server answered the handshake with this HTTP status in place of 101.',
      },
      {
        id: 'on-failure',
        needle: 'onFailure',
        pattern: /\bonFailure\b(?:[^\n]{0,80}?\bnull\)?|(?:\(\))?:?(?: (?:called|invoked))?)\s{0,4}$/,
        said: { means: 'nothing-said' },
        example: 'ChatSocket: onFailure response=null',
        explains: 'The listener was told of a failure. The exception beside it says which.',
      },
    ]),
    ...phrasesOf(socket, [
      {
        id: 'status',
        needle: 'Expected HTTP 101 response but was',
        pattern: /\bExpected HTTP 101 response but was '(\d{3})\b[^'\n]{0,80}'/,
        said: ([, status]) => saidOfStatus(status),
        example: "java.net.ProtocolException: Expected HTTP 101 response but was '403 Forbidden'",
        explains:
          'The server answered the handshake with this HTTP status in place of 101 Switching Protocols.',
      },
      {
        id: 'bad-101',
        needle: "header value '",
        pattern:
          /\bExpected '(?:Connection|Upgrade|Sec-WebSocket-Accept)' header value '[^'\n]{0,80}' but was '/,
        said: { means: 'bad-101' },
        example: "java.net.ProtocolException: Expected 'Connection' header value 'Upgrade' but was 'null'",
        explains: 'The 101 lacks a header, or has a wrong value.',
      },
      {
        id: 'extension',
        needle: 'unexpected Sec-WebSocket-Extensions',
        pattern: /\bunexpected Sec-WebSocket-Extensions in response header\b/,
        said: {
          means: 'extension',
          close: {
            code: 1010,
            reason: 'unexpected Sec-WebSocket-Extensions in response header',
            way: 'sent',
          },
        },
        example: 'unexpected Sec-WebSocket-Extensions in response header',
        explains:
          'The 101 agrees to permessage-deflate with parameters that OkHttp does not do. It closes with 1010.',
      },
      {
        id: 'no-pong',
        needle: "sent ping but didn't receive pong within",
        pattern: /\bsent ping but didn't receive pong within (\d{1,9})ms\b/,
        said: ([, limit]) => ({ means: 'ping-timeout', limitMs: Number(limit) }),
        example:
          "java.net.SocketTimeoutException: sent ping but didn't receive pong within 30000ms (after 12 successful ping/pongs)",
        explains: 'This client’s own ping went unanswered for pingInterval, and it ended the connection.',
      },
    ]),
    ...phrasesOf(reader, [
      {
        id: 'frame',
        needle: 'ProtocolException: ',
        pattern:
          /\bProtocolException: (?:Control frames? must be|Unexpected rsv[123] flag|Server-sent frames must not be masked|Client-sent frames must be masked|Frame length 0x|Malformed close payload|Unknown (?:control )?opcode|Expected continuation opcode|Code (?:must be in range|\d{1,5} is reserved))/,
        said: { means: 'frame' },
        example: 'java.net.ProtocolException: Unexpected rsv1 flag',
        explains: 'A frame breaks the protocol, or is compressed although that was not agreed.',
      },
    ]),
    ...phrasesOf(http, [
      {
        id: 'end-of-stream',
        needle: 'unexpected end of stream on ',
        pattern: /\bunexpected end of stream on \S{1,300}/,
        said: { means: 'closed-before-answer' },
        example: 'java.io.IOException: unexpected end of stream on http://app.example/...',
        explains: 'The server closed TCP without an answer to the handshake.',
      },
      {
        id: 'unexpected-status-line',
        needle: 'ProtocolException: ',
        pattern: /\bProtocolException: Unexpected status line: /,
        said: { means: 'not-http' },
        example: 'java.net.ProtocolException: Unexpected status line: SSH-2.0-OpenSSH_9.6',
        explains: 'What came back is not HTTP.',
      },
      {
        id: 'failed-to-connect',
        needle: 'Failed to connect to ',
        pattern:
          /\bConnectException: Failed to connect to \/?[\w.:[\]-]{1,260}|\bFailed to connect to (?:[\w.-]{1,253})?\/(?:[\d.]{7,15}|\[[\da-f:.%\w]{2,60}\]|[\da-f:]{2,45}):(?:\d{1,5})\b/i,
        said: ([text]) => ({ means: 'no-connection', ...addressIn(text) }),
        example: 'java.net.ConnectException: Failed to connect to /10.0.2.2:8080',
        explains:
          'TCP did not connect. “Caused by” below it says whether it was refused, unreachable or without an answer. On a phone or in an emulator, localhost is the device itself.',
      },
      {
        id: 'canceled',
        needle: 'Canceled',
        pattern: /\bjava\.io\.IOException: Canceled\b/,
        said: { means: 'closed-by-page' },
        example: 'java.io.IOException: Canceled',
        explains: 'The program itself called cancel() while the socket was connecting or open.',
      },
      {
        id: 'proxy-tunnel',
        needle: 'for CONNECT',
        pattern: /\bUnexpected response code for CONNECT: (\d{3})/,
        said: ([, status]) => ({
          means: status === '407' ? 'proxy-authentication' : 'forward-proxy',
          status: Number(status),
        }),
        example: 'java.io.IOException: Unexpected response code for CONNECT: 403',
        explains: 'The forward proxy refused the tunnel to this host.',
      },
      {
        id: 'proxy-authentication',
        needle: 'HTTP_PROXY_AUTH (407)',
        pattern: /\bReceived HTTP_PROXY_AUTH \(407\) code while not using proxy\b/,
        said: { means: 'proxy-authentication', status: 407 },
        example: 'java.net.ProtocolException: Received HTTP_PROXY_AUTH (407) code while not using proxy',
        explains:
          'Something between answers as a proxy that wants a name and a password, and the app was told of none.',
      },
      {
        id: 'proxy-refused',
        needle: 'proxy',
        pattern: /\bFailed to authenticate with proxy\b|\bexhausted proxy configurations: /,
        said: ([text]) => ({ means: text.startsWith('Failed') ? 'proxy-authentication' : 'forward-proxy' }),
        example: 'java.io.IOException: Failed to authenticate with proxy',
        explains: 'The forward proxy could not make the tunnel, or wants another name and password.',
      },
      {
        id: 'redirects',
        needle: 'Too many follow-up requests',
        pattern: /\bToo many follow-up requests: \d/,
        said: { means: 'redirect' },
        example: 'java.net.ProtocolException: Too many follow-up requests: 21',
        explains: 'The handshake was answered with one redirect, or one 401, after the other.',
      },
      {
        id: 'cleartext-client',
        needle: 'CLEARTEXT communication not enabled for client',
        pattern: /\bCLEARTEXT communication not enabled for client\b/,
        said: { means: 'mixed-content' },
        example: 'java.net.UnknownServiceException: CLEARTEXT communication not enabled for client',
        explains: 'The app’s OkHttpClient has no ConnectionSpec for ws:// without TLS.',
      },
      {
        id: 'timeout',
        needle: 'timeout',
        pattern: /\b(?:InterruptedIOException|SocketTimeoutException): timeout$/,
        said: { means: 'handshake-timeout', unsure: true },
        example: 'java.net.SocketTimeoutException: timeout',
        explains: 'No answer came within the app’s own readTimeout or callTimeout.',
      },
      {
        id: 'no-routes',
        needle: 'exhausted all routes',
        pattern: /\bexhausted all routes\b/,
        said: { means: 'no-connection' },
        example: 'java.io.IOException: exhausted all routes',
        explains: 'None of the host’s addresses accepted a connection.',
      },
      {
        id: 'two-versions',
        needle: 'Unexpected ',
        pattern: /\bUnexpected 101 code on HTTP\/2 connection\b/,
        said: { means: 'http2' },
        example: 'java.net.ProtocolException: Unexpected 101 code on HTTP/2 connection',
        explains: 'The server answered with 101 over HTTP/2, which has none.',
      },
      {
        id: 'tls-packet',
        needle: 'Unable to parse TLS packet header',
        pattern: /\bUnable to parse TLS packet header\b/,
        said: { means: 'tls-garbled' },
        example: 'javax.net.ssl.SSLException: Unable to parse TLS packet header',
        explains: 'What answered is not TLS. The usual reason is wss:// to a port that speaks plain HTTP.',
      },
      {
        id: 'answer-cut',
        needle: 'unexpected end of stream',
        pattern: /\bProtocolException: unexpected end of stream\b/,
        said: { means: 'closed-before-answer' },
        example: 'java.net.ProtocolException: unexpected end of stream',
        explains: 'The server closed TCP in the middle of its answer.',
      },
      {
        id: 'tunnel-attempts',
        needle: 'Too many tunnel connections attempted',
        pattern: /\bToo many tunnel connections attempted: \d/,
        said: { means: 'forward-proxy' },
        example: 'java.net.ProtocolException: Too many tunnel connections attempted: 21',
        explains: 'The forward proxy asks for a password again and again, or makes no tunnel.',
      },
    ]),
  ],
})
