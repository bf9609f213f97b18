import type { Said } from '#lib/words/meaning.ts'
import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const root =
  'https://github.com/TakahikoKawasaki/nv-websocket-client/blob/master/src/main/java/com/neovisionaries/ws/client'
const reader = `${root}/HandshakeReader.java`
const connector = `${root}/SocketConnector.java`
const frames = `${root}/ReadingThread.java`
const proxies = `${root}/ProxyHandshaker.java`

/** What Java or Android says of TCP, behind the words of the library. */
function connectSaid(address: string, why: string): Said {
  if (/refused|ECONNREFUSED/i.test(why)) return { means: 'refused', address }
  if (/unreachable|no route to host|EHOSTUNREACH|ENETUNREACH/i.test(why))
    return { means: 'unreachable', address }
  if (/timed? ?out|after \d{1,8} ?ms|ETIMEDOUT/i.test(why)) return { means: 'connect-timeout', address }
  if (/unknown ?host|unable to resolve|no address associated|nodename/i.test(why))
    return { means: 'dns-failure', address }
  if (/not verified|does not match/i.test(why)) return { means: 'cert-name', address }
  if (/trust anchor|PKIX|certification path|certificate_unknown/i.test(why))
    return { means: 'cert-untrusted', address }
  return { means: 'no-connection', address }
}

function tlsSaid(why: string): Said {
  if (/expired|NotAfter/i.test(why)) return { means: 'cert-expired' }
  if (/trust anchor|PKIX|certification path|CertPath|unable to find valid/i.test(why))
    return { means: 'cert-untrusted' }
  if (/protocol_version|handshake_failure|no cipher|protocol is disabled/i.test(why))
    return { means: 'tls-version', unsure: true }
  return { means: 'tls-garbled', unsure: true }
}

export default defineProgram({
  id: 'nv-websocket-client',
  name: 'nv-websocket-client',
  side: 'client',
  mark: /\bcom\.neovisionaries\.ws\.client\b|\bOpeningHandshakeException\b/,
  phrases: [
    ...phrasesOf(reader, [
      {
        id: 'status',
        needle: 'status code of the opening handshake response',
        pattern:
          /\bstatus code of the opening handshake response is not '101 Switching Protocols'\. The status line is: HTTP\/[\d.]{1,3} (\d{3})\b[^\n]{0,80}/,
        said: ([, status]) => saidOfStatus(status),
        example:
          "The status code of the opening handshake response is not '101 Switching Protocols'. The status line is: HTTP/1.1 502 Bad Gateway",
        explains: 'The handshake was answered with this HTTP status.',
      },
      {
        id: 'bad-101',
        needle: 'header',
        pattern:
          /\bopening handshake response does not contain '(?:Upgrade|Connection|Sec-WebSocket-Accept)' header\b|'(?:websocket' was not found in 'Upgrade|Upgrade' was not found in 'Connection)' header\b|\bvalue of 'Sec-WebSocket-Accept' header is different from the expected one\b/,
        said: { means: 'bad-101', unsure: true },
        example: "The value of 'Sec-WebSocket-Accept' header is different from the expected one.",
        explains: 'The 101 lacks a header that belongs to it, or has a wrong value.',
      },
      {
        id: 'extension',
        needle: 'Sec-WebSocket-Extensions',
        pattern:
          /\bThe (?:value in 'Sec-WebSocket-Extensions' failed to be parsed|extension contained in the Sec-WebSocket-Extensions header is not supported): [^\n]{1,200}/,
        said: { means: 'extension' },
        example:
          'The extension contained in the Sec-WebSocket-Extensions header is not supported: x-webkit-deflate-frame',
        explains: 'The server chose an extension that the client did not offer.',
      },
      {
        id: 'subprotocol',
        needle: 'Sec-WebSocket-Protocol header is not supported',
        pattern:
          /\bThe protocol contained in the Sec-WebSocket-Protocol header is not supported: [^\n]{1,200}/,
        said: { means: 'subprotocol' },
        example: 'The protocol contained in the Sec-WebSocket-Protocol header is not supported: mqtt',
        explains: 'The server chose a subprotocol that the client did not offer.',
      },
      {
        id: 'empty',
        needle: 'opening handshake response is empty',
        pattern: /\bstatus line of the opening handshake response is empty\b/,
        said: { means: 'closed-before-answer' },
        example: 'The status line of the opening handshake response is empty.',
        explains: 'The server ended the connection without an answer.',
      },
      {
        id: 'not-http',
        needle: 'opening handshake response is badly formatted',
        pattern: /\bstatus line of the opening handshake response is badly formatted\b[^\n]{0,200}/,
        said: { means: 'not-http' },
        example:
          'The status line of the opening handshake response is badly formatted. The status line is: SSH-2.0-OpenSSH_9.2p1',
        explains: 'What answered is not an HTTP server.',
      },
      {
        id: 'read',
        needle: 'read an opening handshake response from the server',
        pattern: /\bFailed to read an opening handshake response from the server: ([^\n]{1,200})/,
        said: ([, why = '']) => ({
          means: /timed? ?out/i.test(why) ? 'handshake-timeout' : 'closed-before-answer',
        }),
        example: 'Failed to read an opening handshake response from the server: Read timed out',
        explains: 'No answer to the handshake came: TCP ended, or the time ran out.',
      },
      {
        id: 'http-headers',
        needle: 'while HTTP header section was being read',
        pattern: /\berror occurred while HTTP header section was being read\b/,
        said: { means: 'closed-before-answer' },
        example: 'An error occurred while HTTP header section was being read: Connection reset',
        explains: 'TCP ended in the middle of the answer.',
      },
    ]),
    ...phrasesOf(connector, [
      {
        id: 'connect',
        needle: 'Failed to connect to ',
        pattern: /\bFailed to connect to '([^'\n]{1,255})': ([^\n]{1,300})/,
        said: ([, address = '', why = '']) => connectSaid(address, why),
        example:
          "com.neovisionaries.ws.client.WebSocketException: Failed to connect to 'app.example:443': failed to connect to app.example/203.0.113.7 (port 443) after 5000ms",
        explains: 'TCP did not connect. Behind the address the system says why.',
      },
      {
        id: 'connect-proxy',
        needle: 'Failed to connect to the proxy ',
        pattern: /\bFailed to connect to the proxy '([^'\n]{1,255})': [^\n]{1,300}/,
        said: ([, address]) => ({ means: 'forward-proxy', ...(address !== undefined && { address }) }),
        example: "Failed to connect to the proxy 'proxy.corp.example:3128': Connection refused",
        explains: 'The proxy that the program was told to use did not answer.',
      },
      {
        id: 'tls',
        needle: 'SSL handshake with the WebSocket endpoint',
        pattern: /\bSSL handshake with the WebSocket endpoint \([^()\n]{1,255}\) failed: ([^\n]{1,300})/,
        said: ([, why = '']) => tlsSaid(why),
        example:
          'SSL handshake with the WebSocket endpoint (app.example:443) failed: java.security.cert.CertPathValidatorException: Trust anchor for certification path not found.',
        explains: 'TLS behind a proxy failed, for the reason that follows.',
      },
      {
        id: 'hostname',
        needle: 'does not match the expected hostname',
        pattern: /\bcertificate of the peer\b[^\n]{0,200}\bdoes not match the expected hostname\b/,
        said: { means: 'cert-name' },
        example:
          'The certificate of the peer (CN=*.other.example) does not match the expected hostname (app.example)',
        explains: 'The certificate is for other names.',
      },
      {
        id: 'no-interface',
        needle: 'No viable interface to connect',
        pattern: /\bNo viable interface to connect\b/,
        said: { means: 'unreachable', unsure: true },
        example: 'No viable interface to connect',
        explains: 'The machine has no network of the kind that the address needs.',
      },
    ]),
    ...phrasesOf(proxies, [
      {
        id: 'proxy-answer',
        needle: 'the proxy server',
        pattern:
          /\bThe status code in the response from the proxy server is not '200 Connection established'\. The status line is: HTTP\/[\d.]{1,3} \d{3}\b|\bHandshake with the proxy server \([^()\n]{1,255}\) failed: [^\n]{0,240}/,
        said: ([words]) =>
          / 407\b/.test(words) ? { means: 'proxy-authentication', status: 407 } : { means: 'forward-proxy' },
        example:
          "Handshake with the proxy server (proxy.corp.example:3128) failed: The status code in the response from the proxy server is not '200 Connection established'. The status line is: HTTP/1.1 407 Proxy Authentication Required",
        explains: 'The proxy on the way out did not open a tunnel.',
      },
    ]),
    ...phrasesOf(frames, [
      {
        id: 'masked',
        needle: 'frame',
        pattern:
          /\bA frame from the server is masked\b|\bA frame has an unknown opcode: 0x[\da-f]{1,2}\b|\bA control frame is fragmented\b|\bcontinuation frame was detected although a continuation had not started\b|\bnon-control frame was detected although the existing continuation had not been closed\b|\bpayload (?:length of a frame is invalid|size of a control frame exceeds the maximum size)\b/,
        said: { means: 'frame' },
        example: 'A frame from the server is masked.',
        explains: 'The server’s frame breaks RFC 6455.',
      },
      {
        id: 'reserved-bits',
        needle: 'of a frame is set unexpectedly',
        pattern: /\bThe RSV[123] bit of a frame is set unexpectedly\b/,
        said: { means: 'compression', unsure: true },
        example: 'The RSV1 bit of a frame is set unexpectedly.',
        explains:
          'A frame is marked as compressed, and compression was not agreed on. Or something else wrote into the stream.',
      },
      {
        id: 'decompress',
        needle: 'compress the message',
        pattern: /\bFailed to (?:de)?compress the message: [^\n]{1,200}/,
        said: { means: 'compression' },
        example: 'Failed to decompress the message: invalid block type',
        explains: 'A compressed message could not be read.',
      },
      {
        id: 'end-of-stream',
        needle: 'end of the stream',
        pattern: /\bThe end of the stream has been reached unexpectedly\b/,
        said: { means: 'dropped' },
        example: 'The end of the stream has been reached unexpectedly.',
        explains: 'TCP ended without a Close frame.',
      },
      {
        id: 'reading',
        needle: 'frame was being read from the web socket',
        pattern: /\bI\/O error occurred while a frame was being read from the web socket: ([^\n]{1,200})/,
        said: ([, why = '']) => ({
          means: /reset/i.test(why) ? 'reset' : /timed? ?out/i.test(why) ? 'timed-out' : 'dropped',
          phase: 'open' as const,
        }),
        example: 'An I/O error occurred while a frame was being read from the web socket: Connection reset',
        explains: 'The open connection was lost: what the system says of it follows.',
      },
      {
        id: 'writing',
        needle: 'frame',
        pattern:
          /\bI\/O error occurred when a frame was tried to be sent: [^\n]{1,200}|\bFlushing frames to the server failed: [^\n]{1,200}/,
        said: { means: 'lost', phase: 'open' },
        example: 'An I/O error occurred when a frame was tried to be sent: Broken pipe',
        explains: 'The client sent on a connection that had ended.',
      },
    ]),
  ],
})
