import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readBrought } from '#lib/intake/read.ts'

const read = (text: string) => {
  const { evidence, read } = readBrought([{ file: 'paste', text: `${text}\n` }])
  const [source] = read
  return { evidence, unread: source?.unread ?? [], pieces: source?.pieces ?? [] }
}

/** Each prints words of a failure, which are none. */
const programs: Record<string, string> = {
  JavaScript: `import WebSocket from 'ws'
const socket = new WebSocket('wss://tick.example/stream')
socket.on('error', (error) => console.error('connection refused', error))
socket.on('close', (code) => {
  console.log(\`closed with code \${code}\`)
})`,
  Python: `import asyncio
import websockets

async def main():
    try:
        async with websockets.connect("wss://tick.example/stream") as socket:
            async for message in socket:
                print(message)
    except websockets.ConnectionClosedError as error:
        print("connection closed with error", error)

asyncio.run(main())`,
  Go: `package main

import (
	"log"

	"github.com/gorilla/websocket"
)

func main() {
	c, _, err := websocket.DefaultDialer.Dial("wss://tick.example/stream", nil)
	if err != nil {
		log.Fatal("dial: connection refused", err)
	}
	defer c.Close()
}`,
  Java: `import java.net.URI;
import java.net.http.HttpClient;

public class Client {
    public static void main(String[] args) {
        HttpClient client = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .build();
        client.newWebSocketBuilder().buildAsync(URI.create("wss://tick.example/stream"), new Listener());
    }
}`,
  'C#': `using System.Net.WebSockets;

namespace Ticks;

public sealed class Client
{
    public async Task RunAsync(CancellationToken stop)
    {
        await socket.ConnectAsync(new Uri("wss://tick.example/stream"), stop);
        if (socket.State == WebSocketState.Aborted) throw new Exception("connection reset by peer");
    }
}`,
  Rust: `use tokio_tungstenite::connect_async;

#[tokio::main]
async fn main() {
    let (mut socket, _) = connect_async("wss://tick.example/stream").await.expect("connection refused");
    while let Some(message) = socket.next().await {
        println!("{message:?}");
    }
}`,
}

describe('source code beside a log', () => {
  for (const [name, code] of Object.entries(programs)) {
    it(`has an address, and nothing that it prints has happened: ${name}`, () => {
      const { evidence, unread, pieces } = read(code)
      assert.deepEqual(unread, [])
      const { stack: _, ...rest } = evidence
      assert.deepEqual(rest, { target: { url: 'wss://tick.example/stream' } })
      assert.deepEqual([...new Set(pieces.map(({ kind }) => kind))].sort(), ['noise', 'url'])
    })

    it(`ends where its output begins: ${name}`, () => {
      const output = 'Error: connect ECONNREFUSED 192.0.2.7:443'
      for (const between of ['\n', '\n\n']) {
        const { evidence } = read(`${code}${between}${output}`)
        assert.deepEqual(
          evidence.client?.lines?.map(({ text }) => text),
          [output],
        )
      }
    })
  }

  it('is no configuration, which it may look like', () => {
    const { evidence } = read(
      'func serve() {\n\tfor {\n\t\tlog.Println("x")\n\t}\n}\nvar a = b{\n\troute: 1,\n}',
    )
    assert.equal(evidence.proxy, undefined)
  })

  it('leaves configurations alone that have words of it', () => {
    const vcl =
      'vcl 4.1;\nimport std;\nsub vcl_recv {\n  if (req.http.upgrade ~ "(?i)websocket") { return (pipe); }\n}'
    assert.equal(read(vcl).evidence.proxy?.kind, 'varnish')
    const caddy = 'import common\nchat.example {\n  reverse_proxy 10.0.0.7:9000\n}'
    assert.equal(read(caddy).evidence.proxy?.kind, 'caddy')
    const nginx = 'server {\n  listen 80;\n  location / {\n    proxy_pass http://app;\n  }\n}'
    assert.equal(read(nginx).evidence.proxy?.config, nginx)
  })

  it('ends where a person goes on', () => {
    const { evidence } = read(`${programs.JavaScript}\nWorks fine in Firefox on the same machine though`)
    assert.equal(evidence.elsewhere?.length, 1)
  })
})

describe('a version of TLS in source code', () => {
  const pinned = (line: string) => read(line).evidence.application?.tls_versions?.[0]

  it('is heard in the words of each language, whatever the line around it', () => {
    const lines: [string, string, string][] = [
      ['handler.SslOptions.EnabledSslProtocols = SslProtocols.Tls11;', 'only', '1.1'],
      [
        'ServicePointManager.SecurityProtocol = SecurityProtocolType.Ssl3 | SecurityProtocolType.Tls;',
        'only',
        '1.0',
      ],
      [
        '	TLSClientConfig: &tls.Config{MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11},',
        'at_most',
        '1.1',
      ],
      ['	cfg := &tls.Config{MinVersion: tls.VersionTLS13}', 'at_least', '1.3'],
      ["  minVersion: 'TLSv1.3',", 'at_least', '1.3'],
      ["  secureProtocol: 'TLSv1_method',", 'only', '1.0'],
      ['ctx.maximum_version = ssl.TLSVersion.TLSv1_1', 'at_most', '1.1'],
      ['ctx = ssl.SSLContext(ssl.PROTOCOL_TLSv1_1)', 'only', '1.1'],
      ['SSLContext context = SSLContext.getInstance("TLSv1");', 'at_most', '1.0'],
      ['socket.setEnabledProtocols(new String[] {"TLSv1", "TLSv1.1"});', 'only', '1.1'],
      ['    .tlsVersions(TlsVersion.TLS_1_1)', 'only', '1.1'],
      ['boost::asio::ssl::context ctx{boost::asio::ssl::context::tlsv11_client};', 'only', '1.1'],
      ['  ssl_version: :TLSv1_1,', 'only', '1.1'],
    ]
    for (const [line, does, version] of lines) {
      const found = pinned(line)
      assert.deepEqual([found?.does, found?.version], [does, version], line)
    }
  })

  it('is none where all that are in use are named, or none is', () => {
    for (const line of [
      'handler.SslOptions.EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;',
      'ctx = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)',
      'SSLContext context = SSLContext.getInstance("TLS");',
      '// minVersion: "TLSv1.3"',
    ])
      assert.equal(pinned(line), undefined, line)
  })
})
