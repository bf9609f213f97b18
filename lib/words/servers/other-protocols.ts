import type { Said } from '#lib/words/meaning.ts'
import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

/** What listens there is no HTTP server, and says that HTTP arrived. */
const said: Said = { means: 'not-http' }

export default defineProgram({
  id: 'other-protocols',
  name: 'Programs that speak another protocol (Redis, PostgreSQL, SSH, Kafka …)',
  side: 'server',
  phrases: [
    ...phrasesOf('https://github.com/redis/redis/blob/unstable/src/networking.c', [
      {
        id: 'redis',
        needle: 'Possible SECURITY ATTACK detected',
        pattern:
          /\bPossible SECURITY ATTACK detected\. It looks like somebody is sending POST or Host: commands to Redis\b/,
        said,
        example:
          '# Possible SECURITY ATTACK detected. It looks like somebody is sending POST or Host: commands to Redis. Connection aborted.',
        explains:
          'HTTP arrived at Redis’s port. The address leads to Redis, and not to the WebSocket server.',
      },
      {
        id: 'redis-get',
        needle: "wrong number of arguments for 'get' command",
        pattern: /-ERR wrong number of arguments for 'get' command\b/,
        said,
        example: "-ERR wrong number of arguments for 'get' command",
        explains: 'Redis’s answer to “GET /… HTTP/1.1”: the port is Redis’s.',
      },
    ]),
    ...phrasesOf('https://github.com/postgres/postgres/blob/master/src/backend/tcop/backend_startup.c', [
      {
        id: 'postgresql',
        needle: 'invalid length of startup packet',
        pattern: /\binvalid length of startup packet\b/,
        said: { ...said, unsure: true },
        example: 'LOG:  invalid length of startup packet',
        explains:
          'What arrived at PostgreSQL’s port is not its protocol: HTTP does this, and port scanners do.',
      },
      {
        id: 'postgresql-version',
        needle: 'unsupported frontend protocol',
        pattern: /\bunsupported frontend protocol (?:18245|21536|20559|18501)\.\d{1,6}\b/,
        said,
        example: 'FATAL:  unsupported frontend protocol 18245.21536: server supports 3.0 to 3.0',
        explains: 'The version is the letters of an HTTP request: HTTP arrived at PostgreSQL’s port.',
      },
    ]),
    ...phrasesOf('https://github.com/openssh/openssh-portable/blob/master/kex.c', [
      {
        id: 'ssh',
        needle: 'protocol',
        pattern:
          /\bBad protocol version identification '(?:GET|POST|HEAD|OPTIONS|CONNECT) [^\n]{1,300}|\bclient sent invalid protocol identifier "(?:GET|POST|HEAD|OPTIONS|CONNECT) [^\n]{1,300}/,
        said,
        example:
          'error: kex_exchange_identification: client sent invalid protocol identifier "GET /ws HTTP/1.1"',
        explains: 'HTTP arrived at the port of sshd.',
      },
      {
        id: 'ssh-answer',
        needle: 'Invalid SSH identification string',
        pattern: /^\W{0,3}Invalid SSH identification string\b/,
        said,
        example: 'Invalid SSH identification string.',
        explains: 'sshd’s answer to what is not SSH: the port is that of SSH.',
      },
    ]),
    ...phrasesOf(
      'https://github.com/mongodb/mongo/blob/master/src/mongo/transport/asio/asio_session_impl.cpp',
      [
        {
          id: 'mongodb',
          needle: 'trying to access MongoDB over HTTP on the native driver port',
          pattern: /\bIt looks like you are trying to access MongoDB over HTTP on the native driver port\b/,
          said,
          example: 'It looks like you are trying to access MongoDB over HTTP on the native driver port.',
          explains: 'The port is that of MongoDB.',
        },
      ],
    ),
    ...phrasesOf('https://dev.mysql.com/doc/refman/8.4/en/communication-errors.html', [
      {
        id: 'mysql',
        needle: 'Aborted connection ',
        pattern:
          /\bAborted connection \d{1,12} to db: 'unconnected' user: 'unauthenticated' host: '[^'\n]{1,255}' \([^()\n]{1,120}\)/,
        said: { ...said, unsure: true },
        example:
          "[Warning] Aborted connection 12 to db: 'unconnected' user: 'unauthenticated' host: '10.0.0.9' (Got an error reading communication packets)",
        explains:
          'What connected to MySQL’s port did not speak its protocol. HTTP does this, and port checks do.',
      },
    ]),
    ...phrasesOf('https://www.postfix.org/postconf.5.html#smtpd_forbidden_commands', [
      {
        id: 'smtp',
        needle: 'non-SMTP command from',
        pattern: /\bnon-SMTP command from \S{1,300}: (?:GET|POST|HEAD|CONNECT)\b[^\n]{0,200}/,
        said,
        example: 'postfix/smtpd[812]: warning: non-SMTP command from unknown[10.0.0.9]: GET /ws HTTP/1.1',
        explains: 'HTTP arrived at the port of a mail server.',
      },
      {
        id: 'smtp-answer',
        needle: 'I can break rules, too',
        pattern: /\bError: I can break rules, too\. Goodbye\b/,
        said,
        example: '221 2.7.0 Error: I can break rules, too. Goodbye.',
        explains: 'Postfix’s answer to HTTP: the port is that of a mail server.',
      },
    ]),
    ...phrasesOf(
      'https://github.com/apache/kafka/blob/trunk/clients/src/main/java/org/apache/kafka/common/network/NetworkReceive.java',
      [
        {
          id: 'kafka',
          needle: 'InvalidReceiveException',
          pattern:
            /\bInvalidReceiveException: Invalid receive \(size = (?:1195725856|1347375956|1212501072) larger than \d{1,12}\)/,
          said,
          example:
            'org.apache.kafka.common.network.InvalidReceiveException: Invalid receive (size = 1195725856 larger than 104857600)',
          explains: 'The size is the letters “GET ”: HTTP arrived at Kafka’s port.',
        },
        {
          id: 'zookeeper',
          needle: '1195725856',
          pattern: /\b(?:Unreasonable length =|Len error) 1195725856\b/,
          said,
          example: 'java.io.IOException: Unreasonable length = 1195725856',
          explains: 'The length is the letters “GET ”: HTTP arrived at the port of ZooKeeper.',
        },
      ],
    ),
    ...phrasesOf('https://github.com/rabbitmq/rabbitmq-server/blob/main/deps/rabbit/src/rabbit_reader.erl', [
      {
        id: 'rabbitmq',
        needle: 'bad_header',
        pattern: /\bbad_header,<<"(?:GET|POST|HEAD|OPTI|CONN)[^"\n]{0,8}"|\bbad_header,<<71,69,84\b/,
        said,
        example: '{handshake_error,starting,0,{bad_header,<<"GET /ws ">>}}',
        explains: 'HTTP arrived at the AMQP port of RabbitMQ. Its WebSocket ports are others (15674, 15675).',
      },
    ]),
    ...phrasesOf('https://github.com/nats-io/nats-server/blob/main/server/parser.go', [
      {
        id: 'nats',
        needle: 'Client parser ERROR',
        pattern: /\bClient parser ERROR, state=\d{1,3}, i=\d{1,6}: proto='"(?:GET|POST|HEAD|OPTIONS) /,
        said,
        example:
          '[ERR] 10.0.0.9:51442 - cid:5 - Client parser ERROR, state=0, i=0: proto=\'"GET /ws HTTP/1.1"...\'',
        explains: 'HTTP arrived at the client port of NATS. Its WebSocket port is another.',
      },
    ]),
    ...phrasesOf(
      'https://github.com/elastic/elasticsearch/blob/main/server/src/main/java/org/elasticsearch/transport/TcpTransport.java',
      [
        {
          id: 'elasticsearch',
          needle: 'This is not a',
          pattern: /\bThis is not an? HTTPS? port\b/,
          said,
          example: 'This is not an HTTP port',
          explains: 'Elasticsearch’s answer on its transport port: HTTP has another one.',
        },
      ],
    ),
    ...phrasesOf('https://github.com/ClickHouse/ClickHouse/blob/master/src/Server/TCPHandler.cpp', [
      {
        id: 'clickhouse',
        needle: 'is for clickhouse-client program',
        pattern: /\bPort \d{1,5} is for clickhouse-client program\b/,
        said,
        example: 'Port 9000 is for clickhouse-client program',
        explains: 'The port is ClickHouse’s own protocol: HTTP has another one.',
      },
    ]),
    ...phrasesOf(
      'https://github.com/apache/activemq/blob/main/activemq-client/src/main/java/org/apache/activemq/openwire/OpenWireFormat.java',
      [
        {
          id: 'activemq',
          needle: 'Unknown data type: 71',
          pattern: /\bUnknown data type: 71\b/,
          said,
          example:
            'Transport Connection to: tcp://10.0.0.9:51442 failed: java.io.IOException: Unknown data type: 71',
          explains: 'The type is the letter “G” of a GET: HTTP arrived at the OpenWire port of ActiveMQ.',
        },
      ],
    ),
    ...phrasesOf(
      'https://github.com/apache/cassandra/blob/trunk/src/java/org/apache/cassandra/transport/Envelope.java',
      [
        {
          id: 'cassandra',
          needle: 'unsupported protocol version (71)',
          pattern: /\bInvalid or unsupported protocol version \(71\)/,
          said,
          example: 'Invalid or unsupported protocol version (71); supported versions are (3/v3, 4/v4, 5/v5)',
          explains: 'The version is the letter “G” of a GET: HTTP arrived at Cassandra’s port.',
        },
      ],
    ),
    ...phrasesOf('https://github.com/grpc/grpc-go/blob/master/internal/transport/http2_server.go', [
      {
        id: 'grpc',
        needle: 'bogus greeting',
        pattern: /\bbogus greeting (?:from client: )?\\{0,3}"(?:GET|POST|HEAD|OPTIONS) [^\n]{1,200}/,
        said: { means: 'http2' },
        example:
          'transport: http2Server.HandleStreams received bogus greeting from client: "GET /ws HTTP/1.1\\r\\nHost: "',
        explains: 'The port speaks HTTP/2 only, as gRPC does, and the request came as HTTP/1.1.',
      },
    ]),
    ...phrasesOf(
      'https://github.com/dotnet/aspnetcore/blob/main/src/Servers/Kestrel/Core/src/CoreStrings.resx',
      [
        {
          id: 'kestrel-http2',
          needle: 'HTTP/2 only endpoint',
          pattern: /\bHTTP\/1\.x request was sent to an HTTP\/2 only endpoint\b/,
          said: { means: 'http2' },
          example: 'An HTTP/1.x request was sent to an HTTP/2 only endpoint.',
          explains:
            'Kestrel’s endpoint has Protocols set to Http2, as gRPC has, and the request came as HTTP/1.1.',
        },
      ],
    ),
    ...phrasesOf(
      'https://github.com/netty/netty/blob/4.1/codec-http2/src/main/java/io/netty/handler/codec/http2/Http2ConnectionHandler.java',
      [
        {
          id: 'netty-http2',
          needle: ['HTTP/2 client preface string', 'Unexpected HTTP/1.x request'],
          pattern:
            /\bHTTP\/2 client preface string missing or corrupt\b|\bUnexpected HTTP\/1\.x request: [A-Z]{3,10} /,
          said: { means: 'http2' },
          example:
            'io.netty.handler.codec.http2.Http2Exception: Unexpected HTTP/1.x request: GET /ws HTTP/1.1',
          explains: 'The port speaks HTTP/2 only, as gRPC does, and the request came as HTTP/1.1.',
        },
      ],
    ),
    ...phrasesOf('https://github.com/python-hyper/h2/blob/master/src/h2/frame_buffer.py', [
      {
        id: 'h2-preamble',
        needle: 'Invalid HTTP/2 preamble',
        pattern: /\bInvalid HTTP\/2 preamble\b/,
        said: { means: 'http2' },
        example: 'h2.exceptions.ProtocolError: Invalid HTTP/2 preamble.',
        explains: 'The port speaks HTTP/2 only, and the request came as HTTP/1.1.',
      },
    ]),
    ...phrasesOf('https://gitlab.torproject.org/tpo/core/tor/-/blob/main/src/core/proto/proto_socks.c', [
      {
        id: 'socks',
        needle: 'SOCKS',
        pattern: /\bThis is a SOCKS Proxy, Not An HTTP Proxy\b/i,
        said,
        example: 'This is a SOCKS Proxy, Not An HTTP Proxy',
        explains: 'The port is that of a SOCKS proxy.',
      },
    ]),
    ...phrasesOf('https://github.com/elazarl/goproxy/blob/master/proxy.go', [
      {
        id: 'forward-proxy',
        needle: 'Does not respond to non-proxy requests',
        pattern: /\bThis is a proxy server\. Does not respond to non-proxy requests\b/,
        said: { means: 'no-route' },
        example: 'This is a proxy server. Does not respond to non-proxy requests.',
        explains: 'The port is that of a forward proxy, and not of the server.',
      },
    ]),
  ],
})
