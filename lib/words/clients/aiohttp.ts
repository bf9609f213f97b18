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
        needle: ['Server disconnected', 'ServerDisconnectedError'],
        pattern: /\bServer ?Disconnected(?:Error)?: Server disconnected|\bServerDisconnectedError\b/,
        said: { means: 'closed-before-answer' },
        side: 'client',
        example: 'aiohttp.client_exceptions.ServerDisconnectedError: Server disconnected',
        explains: 'The server closed TCP without an answer to the handshake.',
      },
      {
        id: 'proxy-status',
        needle: 'ClientHttpProxyError: ',
        pattern: /\bClientHttpProxyError: (\d{3}), message=/,
        said: ([, status]) => ({
          means: status === '407' ? 'proxy-authentication' : 'forward-proxy',
          status: Number(status),
        }),
        side: 'client',
        example:
          "aiohttp.client_exceptions.ClientHttpProxyError: 407, message='Proxy Authentication Required', url='http://proxy.example:3128'",
        explains: 'The forward proxy refused the tunnel to this host.',
      },
      {
        id: 'proxy-unreachable',
        needle: 'ClientProxyConnectionError: ',
        pattern: /\bClientProxyConnectionError: Cannot connect to host \S{1,262} ssl:\S{1,80} \[[^\n]{0,200}/,
        said: { means: 'forward-proxy' },
        side: 'client',
        example:
          "aiohttp.client_exceptions.ClientProxyConnectionError: Cannot connect to host proxy.example:3128 ssl:default [Connect call failed ('10.0.0.1', 3128)]",
        explains: 'TCP to the forward proxy itself failed.',
      },
      {
        id: 'tls-in-tls',
        needle: 'Cannot initialize a TLS-in-TLS connection',
        pattern: /\bCannot initialize a TLS-in-TLS connection to host \S{1,262}/,
        said: { means: 'forward-proxy' },
        side: 'client',
        example:
          'Cannot initialize a TLS-in-TLS connection to host app.example:443 through an underlying connection to an HTTPS proxy https://proxy.example:3128 ssl:default [start_tls]',
        explains: 'wss:// through a proxy that itself speaks TLS needs Python 3.11.',
      },
      {
        id: 'fingerprint',
        needle: 'ServerFingerprintMismatch',
        pattern: /\bServerFingerprintMismatch\b/,
        said: { means: 'cert-untrusted' },
        side: 'client',
        example:
          "aiohttp.client_exceptions.ServerFingerprintMismatch: <ServerFingerprintMismatch expected=b'1' got=b'2' host='app.example' port=443>",
        explains: 'The certificate is not the one that the program pins.',
      },
      {
        id: 'not-http',
        needle: 'status line',
        pattern: /\bBadStatusLine: (?:\d{3}, message=)?["']?(?:\\n {1,4})?Bad status line\b/,
        said: { means: 'not-http' },
        side: 'client',
        example:
          'aiohttp.http_exceptions.BadStatusLine: 400, message="Bad status line \'SSH-2.0-OpenSSH_9.6\'"',
        explains: 'What came back is not HTTP.',
      },
      {
        id: 'expected-http',
        needle: ['Expected HTTP/', 'ClientResponseError: 400, message='],
        pattern:
          /\bClientResponseError: 400, message=["'](?:\\n {1,4})?(?:Expected HTTP\/|Invalid (?:status line|character in|header))/,
        said: { means: 'not-http' },
        side: 'client',
        example:
          "aiohttp.client_exceptions.ClientResponseError: 400, message='Expected HTTP/:', url='http://app.example/ws'",
        explains: 'What came back is not HTTP. The 400 is aiohttp’s own and not the server’s.',
      },
      {
        id: 'read-timeout',
        needle: 'Timeout on reading data from socket',
        pattern: /\bTimeout on reading data from socket\b/,
        said: { means: 'handshake-timeout' },
        side: 'client',
        example: 'aiohttp.client_exceptions.SocketTimeoutError: Timeout on reading data from socket',
        explains: 'TCP was open and no answer came within sock_read.',
      },
      {
        id: 'unix-socket',
        needle: 'Cannot connect to unix socket',
        pattern: /\bCannot connect to unix socket \S{1,262}/,
        said: { means: 'refused' },
        side: 'client',
        example:
          'aiohttp.client_exceptions.UnixClientConnectorError: Cannot connect to unix socket /run/app.sock ssl:default [No such file or directory]',
        explains: 'No program listens at this Unix socket.',
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
      {
        id: 'wrong-message-type',
        needle: 'is not ',
        pattern:
          /\b(?:WSMessageTypeError|TypeError): Received message (?:WSMsgType\.(?:CLOSED|CLOSING):|25[67]:)[^\n]{0,60} is not (?:WSMsgType\.(?:TEXT|BINARY)|str|bytes)\b/,
        said: { means: 'lost' },
        example:
          'aiohttp.client_exceptions.WSMessageTypeError: Received message WSMsgType.CLOSED:None is not WSMsgType.TEXT',
        explains:
          'receive_str() or receive_json() was called and the connection had ended. Why is in ws.close_code.',
      },
      {
        id: 'close-for-message',
        needle: 'is not ',
        pattern:
          /\b(?:WSMessageTypeError|TypeError): Received message (?:WSMsgType\.CLOSE|8):(\d{4}) is not (?:WSMsgType\.(?:TEXT|BINARY)|str|bytes)\b/,
        said: ([, code]) => ({ means: 'close', close: { code: Number(code), way: 'received' } }),
        example:
          'aiohttp.client_exceptions.WSMessageTypeError: Received message WSMsgType.CLOSE:1000 is not WSMsgType.TEXT',
        explains: 'The program waited for a message, and the other end closed with this code.',
      },
      {
        id: 'concurrent-receive',
        needle: 'Concurrent call to receive()',
        pattern: /\bConcurrent call to receive\(\) is not allowed\b/,
        said: { means: 'nothing-said' },
        example: 'RuntimeError: Concurrent call to receive() is not allowed',
        explains: 'Two parts of the program read the same connection at once. The connection did not fail.',
      },
    ]),
    ...phrasesOf(reader, [
      {
        id: 'too-big',
        needle: ['size', 'Decompressed message exceeds limit '],
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
      {
        id: 'deflate',
        needle: 'too many deflate members',
        pattern: /\bCompressed message has too many deflate members\b/,
        said: { means: 'compression' },
        example: 'aiohttp.http_websocket.WebSocketError: Compressed message has too many deflate members',
        explains: 'A compressed message does not end where its frame does.',
      },
      {
        id: 'error-in-data',
        needle: 'WebSocketError(',
        pattern:
          /\bWebSocketError\(1002, ["'](?:Received|Control frame|Continuation|The opcode|Unexpected opcode|Invalid close)/,
        said: { means: 'frame' },
        example:
          "WSMessageError(data=WebSocketError(1002, 'Received frame with non-zero reserved bits'), size=0, extra=None, type=<WSMsgType.ERROR: 258>)",
        explains: 'A frame breaks the protocol, or is compressed although that was not agreed.',
      },
      {
        id: 'window',
        needle: 'WSHandshakeError: ',
        pattern: /\bWSHandshakeError: (?:Invalid window size|Extension for deflate not supported)/,
        said: { means: 'extension' },
        example: 'aiohttp.http_websocket.WSHandshakeError: Invalid window size',
        explains: 'permessage-deflate was answered with parameters that this end does not take.',
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
      {
        id: 'version',
        needle: 'Unsupported version: ',
        pattern: /^(?:[^\n]{0,60}\bHTTPBadRequest: )?Unsupported version: (?:\d{1,3}|None)?$/,
        said: { means: 'handshake-header' },
        side: 'server',
        example: 'Unsupported version: 8',
        explains:
          'The request’s Sec-WebSocket-Version is missing, or none that the server speaks. It answers 400.',
      },
    ]),
  ],
})

const closed = (code: string | undefined, reason: string): Said => ({
  means: 'close',
  close: { code: Number(code), reason, way: 'received' },
})
