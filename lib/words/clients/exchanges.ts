import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const ccxt = 'https://github.com/ccxt/ccxt/blob/master/ts/src/base/ws/Client.ts'
const binance =
  'https://github.com/sammchardy/python-binance/blob/master/binance/ws/reconnecting_websocket.py'
const okx = 'https://www.okx.com/docs-v5/en/#overview-websocket-notification'
const kraken = 'https://docs.kraken.com/api/docs/guides/spot-ws-intro/'

export default defineProgram({
  id: 'exchanges',
  name: 'Clients of exchanges (CCXT, python-binance) and their servers',
  side: 'client',
  mark: /\bccxt\b|\bbinance\b/i,
  phrases: [
    ...phrasesOf(ccxt, [
      {
        id: 'keepalive',
        needle: 'ping-pong keepalive missing on time',
        pattern: /\btimed out due to a ping-pong keepalive missing on time\b/,
        said: { means: 'ping-timeout' },
        example:
          'RequestTimeout: Connection to wss://stream.exchange.example/ws timed out due to a ping-pong keepalive missing on time',
        explains:
          'The exchange did not answer the client’s ping, or the program was too busy to see the answer.',
      },
      {
        id: 'open-timeout',
        needle: 'failed to open a websocket connection',
        pattern:
          /\b[Cc]onnection to (wss?:\/\/\S{1,500}) (?:failed due to a connection timeout|timed out|failed to open)\b|\bfailed to open a websocket connection in time\b/,
        said: { means: 'handshake-timeout' },
        example: 'RequestTimeout: failed to open a websocket connection in time',
        explains: 'The handshake took longer than the client allows.',
      },
      {
        id: 'closed',
        needle: 'Connection closed by remote server',
        pattern: /\bConnection closed by remote server, closing code (\d{4})\b/,
        said: ([, code]) => ({
          means: code === '1006' ? ('lost' as const) : ('close' as const),
          close: { code: Number(code), way: 'received' as const },
        }),
        example: 'NetworkError: Connection closed by remote server, closing code 1001',
        explains: 'The exchange ended the connection with this code.',
      },
    ]),
    ...phrasesOf(binance, [
      {
        id: 'read-loop',
        needle: 'Read loop has been closed',
        pattern: /\bRead loop has been closed, please reset the websocket connection\b/,
        said: { means: 'lost' },
        example:
          'binance.exceptions.ReadLoopClosed: Read loop has been closed, please reset the websocket connection and listen to the message error.',
        explains:
          'The connection ended before, and the program still reads from it. An earlier message has the reason.',
      },
      {
        id: 'queue',
        needle: 'exceeded maximum',
        pattern: /\bMessage queue size \d{1,9} exceeded maximum \d{1,9}\b/,
        said: { means: 'stalled', unsure: true },
        example: 'BinanceWebsocketQueueOverflow: Message queue size 100 exceeded maximum 100',
        explains: 'The program takes messages out more slowly than they come.',
      },
      {
        id: 'reconnects',
        needle: 'Max reconnections',
        pattern: /\bMax reconnections \d{1,4} reached\b/,
        said: { means: 'nothing-said' },
        example: 'ERROR:binance.ws.reconnecting_websocket:Max reconnections 5 reached:',
        explains: 'The connection failed again and again. The lines before it have the reason.',
      },
      {
        id: 'unable',
        needle: 'BinanceWebsocketUnableToConnect',
        pattern: /\bBinanceWebsocketUnableToConnect\b(?!: Connection failed)/,
        said: { means: 'never-opened' },
        example: 'binance.exceptions.BinanceWebsocketUnableToConnect',
        explains: 'The connection did not open. An earlier line has the reason.',
      },
      {
        id: 'region',
        needle: 'restricted location',
        pattern: /\bService unavailable from a restricted location\b/,
        said: { means: 'forbidden', status: 451 },
        side: 'server',
        example:
          '{"code":0,"msg":"Service unavailable from a restricted location according to \'b. Eligibility\' in https://www.binance.com/en/terms."}',
        explains: 'The exchange refuses clients of this country with 451.',
      },
    ]),
    ...phrasesOf(okx, [
      {
        id: 'okx-upgrade',
        needle: 'closed for a service upgrade',
        pattern: /\bThe connection will soon be closed for a service upgrade\b/,
        said: { means: 'shutting-down' },
        side: 'server',
        example:
          '{"event":"notice","code":"64008","msg":"The connection will soon be closed for a service upgrade. Please reconnect."}',
        explains: 'The exchange says that it ends the connection in 60 s, and asks for a new one.',
      },
      {
        id: 'okx-count',
        needle: 'channel-conn-count-error',
        pattern: /\bchannel-conn-count-error\b/,
        said: { means: 'too-many-connections' },
        side: 'server',
        example:
          '{"event":"channel-conn-count-error","channel":"orders","connCount":"21","connId":"a4d3ae55"}',
        explains: 'The account has more connections to this channel than it may have.',
      },
      {
        id: 'okx-frequent',
        needle: 'Requests too frequent',
        pattern: /\bRequests too frequent\b/,
        said: { means: 'rate-limited' },
        side: 'server',
        example: '{"event":"error","code":"60014","msg":"Requests too frequent"}',
        explains: 'The client sends more often than the exchange allows.',
      },
    ]),
    ...phrasesOf(kraken, [
      {
        id: 'kraken-rate',
        needle: 'Exceeded msg rate',
        pattern: /\bExceeded msg rate\b/,
        said: { means: 'rate-limited' },
        side: 'server',
        example: '{"error":"Exceeded msg rate","event":"error"}',
        explains: 'The client sends more often than the exchange allows.',
      },
    ]),
  ],
})
