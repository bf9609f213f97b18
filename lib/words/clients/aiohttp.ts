import type { Said } from '#lib/words/meaning.ts'
import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const repository = 'https://github.com/aio-libs/aiohttp/blob/master/aiohttp'
const client = `${repository}/client.py`
const clientSocket = `${repository}/client_ws.py`
const connector = `${repository}/client_exceptions.py`
const reader = `${repository}/_websocket/reader_py.py`
const server = `${repository}/web_ws.py`

export default defineProgram({
  id: 'aiohttp',
  name: 'aiohttp (Python)',
  mark: /\baiohttp\b|\bWSServerHandshakeError\b|\bClientConnector\w{0,12}Error\b|\bWSMsgType\b/,
  phrases: [
    ...phrasesOf(client, [
      {
        id: 'invalid-status',
        needle: "message='Invalid response status'",
        pattern: /\b(\d{3}), message='Invalid response status'/,
        said: ([, status]) => saidOfStatus(status),
        side: 'client',
        example:
          "aiohttp.client_exceptions.WSServerHandshakeError: 403, message='Invalid response status', url='https://app.example/ws'",
        explains:
          'The server answered the handshake with this HTTP status in place of 101 Switching Protocols.',
      },
      {
        id: 'invalid-101',
        needle: "message='Invalid ",
        pattern: /\bmessage='Invalid (?:upgrade header|connection header|challenge response)'/,
        said: { means: 'bad-101' },
        side: 'client',
        example:
          "aiohttp.client_exceptions.WSServerHandshakeError: 101, message='Invalid upgrade header', url='https://app.example/ws'",
        explains: 'The 101 lacks a header, or has a wrong value.',
      },
      {
        id: 'connection-timeout',
        needle: 'Connection timeout to host',
        pattern: /\bConnection timeout to host (\S{1,2048})/,
        said: { means: 'connect-timeout' },
        side: 'client',
        example:
          'aiohttp.client_exceptions.ConnectionTimeoutError: Connection timeout to host https://app.example/ws',
        explains: 'TCP and TLS were not finished within sock_connect.',
      },
      {
        id: 'redirects',
        needle: 'TooManyRedirects',
        pattern: /\bTooManyRedirects: /,
        said: { means: 'redirect' },
        side: 'client',
        example: "aiohttp.client_exceptions.TooManyRedirects: 0, message='', url='https://app.example/ws'",
        explains: 'The handshake was answered with one redirect after the other.',
      },
    ]),
    ...phrasesOf(connector, [
      {
        id: 'cannot-connect',
        needle: 'Cannot connect to host',
        pattern:
          /\bCannot connect to host \S{1,262} ssl:\S{1,80} \[(?:None|Connect call failed|Multiple exceptions|The remote computer refused)/,
        said: { means: 'no-connection' },
        side: 'client',
        example:
          "aiohttp.client_exceptions.ClientConnectorError: Cannot connect to host 127.0.0.1:8080 ssl:default [Connect call failed ('127.0.0.1', 8080)]",
        explains:
          'TCP did not connect: refused, unreachable or without an answer. aiohttp leaves the number out.',
      },
      {
        id: 'cannot-resolve',
        needle: 'Cannot connect to host',
        pattern:
          /\bCannot connect to host \S{1,262} ssl:\S{1,80} \[(?:Name or service not known|getaddrinfo failed|nodename nor servname|Temporary failure in name resolution|No address associated|Domain name not found|DNS server returned|Could not contact DNS servers|Timeout while contacting DNS)/,
        said: { means: 'dns-failure' },
        side: 'client',
        example:
          'aiohttp.client_exceptions.ClientConnectorDNSError: Cannot connect to host app.example:443 ssl:default [Name or service not known]',
        explains: 'The host name has no address in DNS, or the DNS server did not answer.',
      },
      {
        id: 'invalid-url',
        needle: 'aiohttp.client_exceptions.',
        pattern: /\baiohttp\.client_exceptions\.(?:InvalidURL|InvalidUrlClientError|NonHttpUrlClientError): /,
        said: { means: 'invalid-url' },
        side: 'client',
        example: 'aiohttp.client_exceptions.InvalidUrlClientError: app.example/ws',
        explains: 'The address is not a URL with a scheme and a host.',
      },
      {
        id: 'server-disconnected',
        needle: 'Server disconnected',
        pattern: /\bServer ?Disconnected(?:Error)?: Server disconnected|\bServerDisconnectedError\b/,
        said: { means: 'closed-before-answer' },
        side: 'client',
        example: 'aiohttp.client_exceptions.ServerDisconnectedError: Server disconnected',
        explains: 'The server closed TCP without an answer to the handshake.',
      },
    ]),
    ...phrasesOf(clientSocket, [
      {
        id: 'no-pong',
        needle: 'No PONG received after',
        pattern: /\bNo PONG received after (\d{1,6}(?:\.\d{1,3})?) seconds/,
        said: ([, seconds]) => ({ means: 'ping-timeout', limitMs: Number(seconds) * 1000 }),
        example: 'aiohttp.client_exceptions.ServerTimeoutError: No PONG received after 15.0 seconds',
        explains: 'This end’s own ping went unanswered for half of heartbeat, and it ended the connection.',
      },
      {
        id: 'closed-message',
        needle: 'WSMsgType.',
        pattern: /\bWSMsgType\.(?:CLOSED: 257|CLOSING: 256|CLOSED\b|CLOSING\b)/,
        said: { means: 'dropped' },
        example: 'WSMessage(type=<WSMsgType.CLOSED: 257>, data=None, extra=None)',
        explains: 'The connection was open and ended. The close code is in ws.close_code.',
      },
      {
        id: 'close-message',
        needle: 'WSMsgType.CLOSE: 8',
        pattern:
          /\bWSMessage(?:Close)?\((?=[^\n]{0,300}WSMsgType\.CLOSE: 8)[^\n]{0,60}?\bdata=(\d{4}), (?:size=\d{1,4}, )?extra='([^'\n]{0,123})'/,
        said: ([, code, reason = '']) => closed(code, reason),
        example: "WSMessage(type=<WSMsgType.CLOSE: 8>, data=1001, extra='')",
        explains: 'The other end closed the connection with this code and reason.',
      },
      {
        id: 'error-message',
        needle: 'WSMsgType.ERROR',
        pattern: /\bWSMsgType\.ERROR: 258\b/,
        said: { means: 'nothing-said' },
        example: 'WSMessage(type=<WSMsgType.ERROR: 258>, data=None, extra=None)',
        explains: 'The connection failed. The reason is the exception in data.',
      },
    ]),
    ...phrasesOf(reader, [
      {
        id: 'too-big',
        needle: 'size',
        pattern:
          /\b(?:Message size \d{1,12} exceeds limit|Decompressed message (?:size \d{1,12} )?exceeds (?:size )?limit) (\d{1,12})/,
        said: ([, limit]) => ({ means: 'too-big', limitBytes: Number(limit) }),
        example: 'aiohttp.http_websocket.WebSocketError: Message size 5242880 exceeds limit 4194304',
        explains: 'A message is larger than this end’s own max_msg_size. It closes with 1009.',
      },
      {
        id: 'frame',
        needle: 'WebSocketError: ',
        pattern:
          /\bWebSocketError: (?:\(?<?[\w.: ]{0,40}>?,? ?["']?)?(?:Received frame with non-zero reserved bits|Received fragmented control frame|Control frame payload cannot be larger|Continuation frame for non started message|The opcode in non-fin frame|Unexpected opcode|Invalid close (?:code|frame))/,
        said: { means: 'frame' },
        example: 'aiohttp.http_websocket.WebSocketError: Received frame with non-zero reserved bits',
        explains: 'A frame breaks the protocol, or is compressed although that was not agreed.',
      },
      {
        id: 'invalid-utf8',
        needle: 'Invalid UTF-8 text message',
        pattern: /\bInvalid UTF-8 text message\b/,
        said: { means: 'invalid-utf8' },
        example: 'aiohttp.http_websocket.WebSocketError: Invalid UTF-8 text message',
        explains: 'A text message held bytes that are not UTF-8.',
      },
    ]),
    ...phrasesOf(server, [
      {
        id: 'no-upgrade',
        needle: 'UPGRADE hdr: ',
        pattern: /\bNo (?:WebSocket|CONNECTION) UPGRADE hdr: /i,
        said: { means: 'upgrade-missing' },
        side: 'server',
        example: 'No WebSocket UPGRADE hdr: None',
        explains:
          'The request has no Upgrade: websocket and Connection: Upgrade. A proxy left them out, or it is plain HTTP.',
      },
      {
        id: 'bad-key',
        needle: 'Handshake error: ',
        pattern: /\bHandshake error: (?:None|b?'[^'\n]{0,80}')/,
        said: { means: 'handshake-header' },
        side: 'server',
        example: 'Handshake error: None',
        explains: 'The request says Upgrade: websocket, and its Sec-WebSocket-Key is missing or wrong.',
      },
      {
        id: 'no-shared-subprotocol',
        needle: 'overlap server-known ones',
        pattern: /\bClient protocols .{1,200} don.t overlap server-known ones/,
        said: { means: 'subprotocol' },
        side: 'server',
        example:
          "WebSocket: Client protocols ['graphql-ws'] don’t overlap server-known ones ('graphql-transport-ws',)",
        explains:
          'The client asked for subprotocols, and the server speaks none of them. The 101 names none.',
      },
    ]),
  ],
})

const closed = (code: string | undefined, reason: string): Said => ({
  means: 'close',
  close: { code: Number(code), reason, way: 'received' },
})
