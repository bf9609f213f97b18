import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const record = 'https://www.rfc-editor.org/rfc/rfc8446#section-5.1'
const jetty =
  'https://github.com/jetty/jetty.project/blob/jetty-12.1.x/jetty-core/jetty-http/src/main/java/org/eclipse/jetty/http/HttpTokens.java'
const lighttpd = 'https://github.com/lighttpd/lighttpd1.4/blob/master/src/h1.c'
const kestrel =
  'https://github.com/dotnet/aspnetcore/blob/main/src/Servers/Kestrel/Core/src/Internal/Http/HttpParser.cs'
const netty =
  'https://github.com/netty/netty/blob/4.2/codec-http/src/main/java/io/netty/handler/codec/http/HttpVersion.java'
const h11 = 'https://github.com/python-hyper/h11/blob/master/h11/_readers.py'
const tornado = 'https://github.com/tornadoweb/tornado/blob/master/tornado/httputil.py'
const erlang = 'https://github.com/erlang/otp/blob/master/lib/ssl/src/tls_record.erl'

/** What listeners say of the first bytes of a connection, where they begin another protocol than the port's. */
export default defineProgram({
  id: 'first-bytes',
  name: 'Servers that met the wrong protocol',
  side: 'server',
  phrases: [
    ...phrasesOf(record, [
      {
        id: 'tls-record',
        needle: ['\\x16\\x03', '\\u0016\\u0003', '0x160x03', '<Buffer 16 03'],
        pattern: /\\x16\\x03\\x0[0-4]|\\u0016\\u0003\\u000[0-4]|0x160x030x0[0-4]|<Buffer 16 03 0[0-4]/,
        said: { means: 'tls-garbled' },
        example: '  rawPacket: <Buffer 16 03 01 00 f7 01 00 00 f3 03 03>',
        explains:
          'A client spoke TLS to this port, which speaks plain HTTP. Bytes 16 03 begin a TLS handshake.',
      },
    ]),
    ...phrasesOf(jetty, [
      {
        id: 'jetty-control',
        needle: 'Illegal character ',
        pattern: /\bIllegal character (?:CNTL=)?0x16\b/,
        said: { means: 'tls-garbled' },
        example: 'org.eclipse.jetty.http.BadMessageException: 400: Illegal character CNTL=0x16',
        explains:
          'A client spoke TLS to this port of Jetty, which speaks plain HTTP. Byte 16 begins a TLS handshake.',
      },
    ]),
    ...phrasesOf(lighttpd, [
      {
        id: 'lighttpd-clear-port',
        needle: 'TLS ClientHello on clear port',
        pattern: /\bunexpected TLS ClientHello on clear port\b/,
        said: { means: 'tls-garbled' },
        example: '(h1.c.466) unexpected TLS ClientHello on clear port (192.0.2.14)',
        explains: 'A client spoke TLS to this port of lighttpd, which speaks plain HTTP.',
      },
    ]),
    ...phrasesOf(kestrel, [
      {
        id: 'kestrel-tls',
        needle: 'Detected a TLS handshake to an endpoint',
        pattern: /\bDetected a TLS handshake to an endpoint that does not have TLS enabled\b/,
        said: { means: 'tls-garbled' },
        example: 'Detected a TLS handshake to an endpoint that does not have TLS enabled.',
        explains: 'A client spoke TLS to this endpoint of Kestrel, which speaks plain HTTP.',
      },
    ]),
    ...phrasesOf(netty, [
      {
        id: 'netty-version',
        needle: 'invalid version format: ',
        pattern: /\binvalid version format: [!-~]{0,20}(?:\\u00|[^ -~\n])/,
        said: { means: 'tls-garbled', unsure: true },
        example: 'java.lang.IllegalArgumentException: invalid version format: À\\u0014À',
        explains:
          'What arrived at this port of Netty is not HTTP. A client that speaks TLS to a plain port does that.',
      },
    ]),
    ...phrasesOf(h11, [
      {
        id: 'h11-request-line',
        needle: 'illegal request line',
        pattern: /\bRemoteProtocolError: illegal request line\b/,
        said: { means: 'tls-garbled', unsure: true },
        example: 'h11._util.RemoteProtocolError: illegal request line',
        explains: 'What arrived is not HTTP. A client that speaks TLS to this plain port does that.',
      },
    ]),
    ...phrasesOf(tornado, [
      {
        id: 'tornado-request-line',
        needle: 'Malformed HTTP request line',
        pattern: /\bMalformed HTTP request line\b/,
        said: { means: 'tls-garbled', unsure: true },
        example: 'Malformed HTTP message from 192.0.2.14: Malformed HTTP request line',
        explains: 'What arrived is not HTTP. A client that speaks TLS to this plain port does that.',
      },
    ]),
    ...phrasesOf(erlang, [
      {
        id: 'erlang-hello',
        needle: 'In state',
        pattern:
          /\bTLS (?::server|server): In state :?hello at tls_record\.erl:\d{1,5} generated SERVER ALERT: Fatal - Unexpected Message\b/,
        said: { means: 'plain-on-tls' },
        example:
          'TLS :server: In state :hello at tls_record.erl:561 generated SERVER ALERT: Fatal - Unexpected Message',
        explains: 'What arrived at this TLS port of Erlang is not TLS: plain HTTP, or a scanner.',
      },
    ]),
  ],
})
