import type { Meaning } from '#lib/words/meaning.ts'
import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const manual = 'https://ninenines.eu/docs/en/gun/2.1/manual/'
const source = 'https://github.com/ninenines/gun/blob/master/src/gun_ws.erl'
const http2 = 'https://github.com/ninenines/gun/blob/master/src/gun_http2.erl'
const http = 'https://github.com/ninenines/gun/blob/master/src/gun_http.erl'

/** `{gun_response, …}` of Erlang and `{:gun_response, …}` of Elixir, to the value behind the process and the stream. */
const message = (name: string, rest: string): RegExp =>
  new RegExp(
    `\\{:?${name}, ?(?:#(?:Pid|PID))?<[\\d.]{1,30}>, ?(?:#(?:Ref|Reference)<[\\d.]{1,60}>, ?)?${rest}`,
  )

/** What Erlang’s inet calls an error of TCP. */
const REASONS: Readonly<Record<string, Meaning>> = {
  econnrefused: 'refused',
  nxdomain: 'dns-failure',
  ehostunreach: 'unreachable',
  timeout: 'timed-out',
  econnreset: 'reset',
}

export default defineProgram({
  id: 'gun',
  name: 'Gun (Erlang and Elixir)',
  side: 'client',
  mark: /\bgun_(?:ws|http|down|up|upgrade|response|error)\b/,
  phrases: [
    ...phrasesOf(`${manual}gun_response/`, [
      {
        id: 'response',
        needle: 'gun_response',
        pattern: message('gun_response', ':?(?:no)?fin, ?([2-5]\\d\\d)\\b'),
        said: ([, status]) => saidOfStatus(status),
        example: '{gun_response,#Pid<0.154.0>,#Ref<0.3.1.7>,nofin,403,[]}',
        explains:
          'The server answered the handshake with this HTTP status in place of 101 Switching Protocols.',
      },
    ]),
    ...phrasesOf(`${manual}gun_upgrade/`, [
      {
        id: 'upgraded',
        needle: 'gun_upgrade',
        pattern: message('gun_upgrade', '\\[(?:<<)?"websocket"'),
        said: { means: 'opened' },
        example: '{:gun_upgrade, #PID<0.154.0>, #Reference<0.3.1.7>, ["websocket"], []}',
        explains: 'The handshake succeeded.',
      },
    ]),
    ...phrasesOf(`${manual}gun_down/`, [
      {
        id: 'down',
        needle: 'gun_down',
        pattern: message('gun_down', ':?ws, ?(?:\\{:?error, ?)?:?(?:closed|normal|shutdown)'),
        said: { means: 'lost' },
        example: '{gun_down,#Pid<0.154.0>,ws,closed,[]}',
        explains: 'The connection ended. A gun_ws message before it has the Close frame, if there was one.',
      },
      {
        id: 'down-for',
        needle: ['gun_down', 'gun_error'],
        pattern:
          /\{:?gun_(?:down|error), ?[^\n]{1,80}?[:,{ ](econnrefused|nxdomain|timeout|ehostunreach|econnreset)\b/,
        said: ([, why = '']) => ({ means: REASONS[why] ?? 'lost' }),
        example: '{gun_down,<0.123.0>,http,{error,econnrefused},[]}',
        explains: 'The connection is down, for the reason that Erlang gives.',
      },
      {
        id: 'down-handshake',
        needle: 'gun_down',
        pattern: message('gun_down', ':?http2?, ?(?:\\{:?error, ?)?:?(?:closed|normal|shutdown)'),
        said: { means: 'hung-up' },
        example: '{gun_down,#Pid<0.154.0>,http,closed,[]}',
        explains:
          'The server ended TCP while the connection was still HTTP: before the upgrade was answered.',
      },
    ]),
    ...phrasesOf(`${manual}gun_error/`, [
      {
        id: 'frames-not-accepted',
        needle: 'Websocket frames',
        pattern: /\bThis connection does not currently accept Websocket frames\b/,
        said: { means: 'used-too-early' },
        example:
          '{gun_error,#Pid<0.154.0>,{badstate,"This connection does not currently accept Websocket frames."}}',
        explains: 'The program sent before the gun_upgrade message, or after the end.',
      },
      {
        id: 'not-upgraded',
        needle: 'The Websocket upgrade was not performed',
        pattern: /\bThe Websocket upgrade was not performed\b/,
        said: { means: 'bad-answer' },
        example:
          '{gun_error,#Pid<0.154.0>,#Ref<0.3.1.7>,{badstate,"The Websocket upgrade was not performed."}}',
        explains: 'The handshake was answered, and not with 101. A gun_response message has the status.',
      },
    ]),
    ...phrasesOf(http2, [
      {
        id: 'http2-reset',
        needle: 'Stream reset by server.',
        pattern: /\{:?stream_error, ?:?\w{1,40}, ?:?['"]Stream reset by server\./,
        said: { means: 'http2' },
        example:
          "{gun_error,<0.154.0>,#Ref<0.3.1.7>,{stream_error,protocol_error,'Stream reset by server.'}}",
        explains:
          'TLS agreed on HTTP/2, and the server does not take a WebSocket over it (RFC 8441): it reset the stream.',
        fix: 'Open the connection with HTTP/1.1 alone: gun:open(Host, Port, #{protocols => [http]}), in Elixir %{protocols: [:http]}. Over TLS Gun prefers HTTP/2 otherwise.',
      },
      {
        id: 'http2-goaway',
        needle: 'The connection is going away.',
        pattern: /\{:?goaway, ?:?\w{1,40}, ?:?['"]The connection is going away\./,
        said: { means: 'lost' },
        example: "{gun_error,<0.154.0>,#Ref<0.3.1.7>,{goaway,no_error,'The connection is going away.'}}",
        explains: 'The server announced with GOAWAY that it ends this connection of HTTP/2.',
      },
    ]),
    ...phrasesOf(http, [
      {
        id: 'http-version',
        needle: 'Websocket cannot be used over an HTTP/1.0 connection',
        pattern: /\bWebsocket cannot be used over an HTTP\/1\.0 connection\b/,
        said: { means: 'http-version' },
        example: 'Websocket cannot be used over an HTTP/1.0 connection.',
        explains: 'The server, or a proxy before it, answered with HTTP/1.0.',
      },
    ]),
    ...phrasesOf(source, [
      {
        id: 'bad-frame',
        needle: 'badframe',
        pattern: /\{:?(?:error|badframe), ?:?badframe\b|\{:?badframe, ?/,
        said: { means: 'frame' },
        example: '{error,badframe}',
        explains: 'A frame breaks the protocol. Gun closes with 1002.',
      },
      {
        id: 'bad-encoding',
        needle: 'badencoding',
        pattern: /\{:?error, ?:?badencoding\b/,
        said: { means: 'invalid-utf8' },
        example: '{error,badencoding}',
        explains: 'A text message held bytes that are not UTF-8. Gun closes with 1007.',
      },
    ]),
  ],
})
