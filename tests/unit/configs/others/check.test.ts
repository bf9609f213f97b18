import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { checkOther } from '#lib/configs/others/check.ts'
import { causeOf } from '#lib/playbook/catalogue.ts'

/** Of each finding its place, what it is called and how bad it is: `2 error old-placeholder`. */
const found = (program: string, config: string): string[] =>
  checkOther(program, config).map(({ rule, severity, line }) => `${line} ${severity} ${rule}`)

type Example = readonly [about: string, config: string, found: readonly string[]]

const EXAMPLES: Readonly<Record<string, readonly Example[]>> = {
  apisix: [
    [
      'a route for WebSockets that does not say so',
      '{\n  "uri": "/live/ws/*",\n  "upstream": {"type": "roundrobin"}\n}\n',
      ['2 error websocket-disabled'],
    ],
    [
      'one whose service may say so, and one for pages',
      '{"uri": "/ws", "service_id": "chat"}\n{"uri": "/news"}\n',
      [],
    ],
    [
      'the times of an upstream, in JSON over several lines',
      '{\n  "enable_websocket": true,\n  "upstream": {\n    "timeout": {\n      "connect": 6,\n      "read": 20\n    }\n  }\n}\n',
      ['6 warning read-timeout-short'],
    ],
    [
      'the same on one line, and as YAML',
      '{"enable_websocket":true,"upstream":{"timeout":{"connect":6,"send":6,"read":20}}}\nrouteb:\n  timeout:\n    send: 60s\n    read: 45s\n',
      ['1 warning read-timeout-short', '5 warning read-timeout-short'],
    ],
    [
      'an hour, and what is read elsewhere',
      'upstream:\n  timeout:\n    read: 3600\n  enable_websocket: true\nplugins:\n  acl:\n    scope: x\n    a: 1\n    b: 2\n    c: 3\n    d: 4\n    read: 5\n',
      [],
    ],
    ['WebSocket is switched off', '{"uri":"/a","enable_websocket":false}', ['1 error websocket-disabled']],
    ['it is on in one of two routes', 'a:\n  enable_websocket: false\nb:\n  enable_websocket: true\n', []],
  ],
  kong: [
    [
      'the times of a service, in milliseconds',
      '_format_version: "3.0"\nservices:\n- name: chat\n  read_timeout: 10000\n  write_timeout: 10000\n',
      ['4 warning read-timeout-short'],
    ],
    ['an hour', '{"name":"chat","connect_timeout":60000,"read_timeout":3600000}', []],
  ],
  iis: [
    [
      'no WebSocket beside the module that hands it on',
      '<configuration>\n<webSocket enabled="false" />\n<add name="aspNetCore" modules="AspNetCoreModuleV2" />\n</configuration>\n',
      ['2 error websocket-disabled'],
    ],
    [
      'a reverse proxy that passes extensions on, with its WebSocket off',
      '<rule name="a">\n<action type="Rewrite" url="http://localhost:8765/{R:1}" />\n</rule>\n<webSocket enabled="false" />\n',
      ['2 info extensions-passed-on', '4 error websocket-disabled'],
    ],
    [
      'a reverse proxy that empties them',
      '<set name="HTTP_SEC_WEBSOCKET_EXTENSIONS" value="" />\n<action type="Rewrite" url="http://localhost:8765/{R:1}" />\n',
      [],
    ],
    ['a site of Node', '<webSocket enabled="false" />\n', ['1 info websocket-disabled']],
  ],
  haproxy: [
    [
      'a proxy without a timer for tunnels',
      'defaults\n  mode http\n  timeout client 15s\n  timeout server 20s\n',
      ['3 warning tunnel-timeout-short'],
    ],
    [
      'two timers of tunnels',
      'defaults\n  mode http\n  timeout client 30s\n  timeout tunnel 5s\nbackend b\n  timeout tunnel 15s\n',
      ['4 warning tunnel-timeout-short', '6 warning tunnel-timeout-short'],
    ],
    [
      'a timer of an hour',
      'defaults\n  mode http\n  timeout client 30s\n  timeout tunnel 1h\nfrontend f\n  bind :443 ssl crt a alpn h2,http/1.1\n',
      [],
    ],
    ['a proxy of bytes', 'defaults\n  mode tcp\n  timeout client 30s\n  timeout server 30s\n', []],
    [
      'a header that is taken away',
      'backend b\n  http-request del-header Upgrade\n  http-request set-header Connection close\n  http-request set-header Connection upgrade\n',
      ['2 error header-dropped', '3 error header-dropped'],
    ],
    [
      'a server of HTTP/2',
      'backend b\n  server s1 10.0.0.1:8080 proto h2 check\n',
      ['2 warning http2-backend'],
    ],
    [
      'a server that may be asked over HTTP/2',
      'backend b\n  server s1 10.0.0.1:443 ssl verify none alpn h2,http/1.1\n  server s2 10.0.0.1:443 ssl alpn h2,http/1.1 ws h1\n',
      ['2 warning http2-backend'],
    ],
    ['a comment', 'backend b\n  # timeout tunnel 5s\n  timeout tunnel 2h\n', []],
  ],
  apache: [
    [
      'a variable without its percent sign',
      'RewriteEngine on\nRewriteRule .* ws://localhost:8081/{REQUEST_URI} [P]\n',
      ['2 error variable-without-percent'],
    ],
    [
      'a rule that redirects',
      'RewriteRule ^/?(.*) "ws://localhost:3001/$1" [L]\n',
      ['1 error rewrite-not-proxied'],
    ],
    [
      'no way for an upgrade',
      '<VirtualHost *:80>\nProxyPass / http://localhost:3000/\n</VirtualHost>\n',
      ['2 error upgrade-not-passed'],
    ],
    ['an upgrade by its parameter', 'ProxyPass / http://localhost:3000/ upgrade=websocket\n', []],
    [
      'a path that is taken before',
      'ProxyPass / http://localhost:3000/\nProxyPass /ws ws://localhost:3000/ws\n',
      ['2 error pass-shadowed'],
    ],
    [
      'the longer path first',
      'ProxyPass /ws ws://localhost:3000/ws\nProxyPass / http://localhost:3000/\n',
      [],
    ],
    [
      'another virtual host before',
      '<VirtualHost *:80>\nProxyPass / http://a:3000/\n</VirtualHost>\n<VirtualHost *:81>\nProxyPass /ws ws://a:3000/ws\n</VirtualHost>\n',
      [],
    ],
    [
      'one slash of two',
      'ProxyPass /socket.io/ ws://localhost:3000/socket.io\n',
      ['1 warning slashes-differ'],
    ],
    [
      'TLS to the backend without its engine',
      'ProxyPass /ws wss://localhost:8443/ws\n',
      ['1 error tls-engine-off'],
    ],
    ['TLS to the backend', 'SSLProxyEngine On\nProxyPass /ws wss://localhost:8443/ws\n', []],
    [
      'a condition that Firefox does not meet',
      'RewriteCond %{HTTP:Connection} ^Upgrade$ [NC]\nRewriteRule .* ws://localhost:8081%{REQUEST_URI} [P]\n',
      ['1 warning connection-anchored'],
    ],
    [
      'a condition on Upgrade that wants another word',
      'RewriteCond %{HTTP:Upgrade} ^Upgrade$ [NC]\nRewriteRule .* ws://localhost:8081%{REQUEST_URI} [P]\n',
      ['1 error condition-never-met'],
    ],
    [
      'conditions that mind the case',
      'RewriteCond %{HTTP:Upgrade} =WebSocket\nRewriteCond %{HTTP:CONNECTION} upgrade\nRewriteRule .* ws://localhost:8081%{REQUEST_URI} [P]\n',
      ['1 error condition-never-met', '2 error condition-never-met'],
    ],
    [
      'conditions of which one is enough, or that say what is not',
      'RewriteCond %{HTTP:Upgrade} =WebSocket [OR]\nRewriteCond %{HTTP:Upgrade} =websocket\nRewriteRule .* ws://localhost:8081%{REQUEST_URI} [P]\nRewriteCond %{HTTP:Upgrade} !=WebSocket\nRewriteRule .* http://localhost:8081%{REQUEST_URI} [P]\n',
      [],
    ],
    [
      'what most people write',
      'ProxyPass / http://localhost:3001/\nRewriteEngine on\nRewriteCond %{HTTP:Upgrade} websocket [NC]\nRewriteCond %{HTTP:Connection} upgrade [NC]\nRewriteRule ^/?(.*) "ws://localhost:3001/$1" [P,L]\n',
      [],
    ],
    ['a short timer', 'ProxyPass /ws ws://localhost:3000/ws\nProxyTimeout 30\n', ['2 warning timeout-short']],
  ],
  caddy: [
    [
      'the same in JSON',
      '{\n"handler": "reverse_proxy",\n"headers": {"request": {"delete": ["Upgrade"]}},\n"stream_timeout": 60000000000\n}\n',
      ['3 error header-dropped', '4 warning stream-timeout'],
    ],
    [
      'placeholders of Caddy 1',
      'a.example {\n  reverse_proxy b:80 {\n    header_up Connection {>Connection}\n    header_up Upgrade {>Upgrade}\n  }\n}\n',
      ['3 error old-placeholder', '4 error old-placeholder'],
    ],
    [
      'a header that is taken away',
      'reverse_proxy b:80 {\n  header_up -Upgrade\n  header_up Connection "close"\n}\n',
      ['2 error header-dropped', '3 error header-dropped'],
    ],
    [
      'headers that stay as they are',
      'reverse_proxy b:80 {\n  header_up Upgrade {header.Upgrade}\n  header_up Connection {http.request.header.Connection}\n  header_up Host {host}\n}\n',
      [],
    ],
    ['an age', 'reverse_proxy b:80 {\n  stream_timeout 5m\n}\n', ['2 warning stream-timeout']],
    ['HTTP/2 to the backend', 'reverse_proxy h2c://b:80\n', ['1 error http2-backend']],
    ['both versions', 'reverse_proxy b:80 {\n  transport http {\n    versions 1.1 2\n  }\n}\n', []],
    ['Caddy 1', 'proxy / localhost:3000 {\n  transparent\n}\n', ['1 error first-version-websocket']],
    ['Caddy 1 with WebSockets', 'proxy / localhost:3000 {\n  websocket\n}\n', []],
    [
      'a matcher that Firefox does not meet',
      'a.example {\n  @ws {\n    header Connection Upgrade\n    header Upgrade websocket\n  }\n  reverse_proxy @ws b:80\n}\n',
      ['3 warning exact-connection'],
    ],
    [
      'the same on one line',
      '@ws header Connection upgrade\nreverse_proxy @ws b:80\nheader Connection close\n',
      ['1 warning exact-connection'],
    ],
    [
      'a matcher for all browsers',
      '@ws {\n  header Connection *Upgrade*\n  header Upgrade websocket\n}\nheader Connection close\n',
      [],
    ],
    ['a plain proxy', 'a.example {\n  reverse_proxy https://127.0.0.1:8000\n}\n', []],
  ],
  traefik: [
    [
      'a header that is taken away, in TOML',
      '[http.middlewares.h.headers.customRequestHeaders]\n  Connection = "close"\n[http.middlewares.i.headers.customResponseHeaders]\n  Connection = "close"\n',
      ['2 error header-dropped'],
    ],
    [
      'HTTP/2 to the backend, in TOML',
      '[[http.services.a.loadBalancer.servers]]\n  url = "h2c://10.0.0.7:80"\n',
      ['2 error http2-backend'],
    ],
    [
      'a timer that no release knows',
      'entryPoints:\n  web:\n    transport:\n      respondingTimeouts:\n        tcp:\n          lingeringTimeout: 180\n',
      ['6 error lingering-timeout'],
    ],
    [
      'a header that is taken away',
      'middlewares:\n  m:\n    headers:\n      customRequestHeaders:\n        Upgrade: ""\n        X-A: "b"\n      customResponseHeaders:\n        Connection: "close"\n',
      ['5 error header-dropped'],
    ],
    [
      'HTTP/2 to the backend',
      'services:\n  s:\n    loadBalancer:\n      servers:\n        - url: "h2c://10.0.0.1:80"\n',
      ['5 error http2-backend'],
    ],
    [
      'timers that end no WebSocket',
      'entryPoints:\n  web:\n    transport:\n      respondingTimeouts:\n        readTimeout: 60s\n        idleTimeout: 180s\n',
      [],
    ],
  ],
  envoy: [
    [
      'no upgrade',
      '- name: envoy.filters.network.http_connection_manager\n  typed_config:\n    stat_prefix: a\n',
      ['1 error upgrade-not-allowed', '1 info stream-idle-timeout'],
    ],
    [
      'an upgrade and a short timer',
      '- name: envoy.filters.network.http_connection_manager\n  typed_config:\n    stream_idle_timeout: 30s\n    upgrade_configs:\n    - upgrade_type: websocket\n',
      ['3 warning stream-idle-timeout'],
    ],
    [
      'an age',
      '- name: http_connection_manager\n  stream_idle_timeout: 3600s\n  upgrade_configs:\n  - upgrade_type: websocket\n  max_stream_duration: 60s\n',
      ['5 warning max-stream-duration'],
    ],
    ['no HTTP', 'static_resources:\n  listeners:\n  - name: tcp_proxy\n', []],
  ],
  squid: [
    [
      'a port of clients that do not know it',
      'http_access allow all\nhttp_port 3128\nhttp_port 3129 intercept\n',
      ['3 error upgrade'],
    ],
    [
      'the same, with the upgrade allowed',
      'http_port 3129 intercept\nhttp_upgrade_request_protocols websocket allow all\n',
      [],
    ],
    ['a port of clients that ask for a tunnel', 'http_port 3128\nhttp_access allow all\n', []],
  ],
  kubernetes: [
    [
      'routes of Contour without WebSockets',
      'kind: HTTPProxy\nspec:\n  routes:\n  - services:\n    - name: a\n  - conditions:\n    - prefix: /b\n    enableWebsockets: false\n  tcpproxy:\n    services:\n    - name: c\n',
      ['4 error contour-websockets', '6 error contour-websockets'],
    ],
    [
      'one route of Contour with WebSockets',
      'kind: HTTPProxy\nspec:\n  routes:\n    - enableWebsockets: true\n      services: []\n    - services: []\n',
      ['6 info contour-websockets'],
    ],
    [
      'a number without quotes',
      'metadata:\n  annotations:\n    nginx.ingress.kubernetes.io/proxy-read-timeout: 3600\n',
      ['3 error annotation-not-a-text'],
    ],
    [
      'a unit',
      'metadata:\n  annotations:\n    nginx.ingress.kubernetes.io/proxy-read-timeout: "3600s"\n',
      ['3 warning timeout-not-a-number'],
    ],
    [
      'an hour',
      'metadata:\n  annotations:\n    nginx.ingress.kubernetes.io/proxy-read-timeout: "3600"\n    nginx.org/proxy-read-timeout: "3600s"\n',
      [],
    ],
    [
      'a service of another name',
      'metadata:\n  annotations:\n    nginx.org/websocket-services: "chat-ws"\nspec:\n  rules:\n  - http:\n      paths:\n      - backend:\n          service:\n            name: chat\n',
      ['3 error websocket-services'],
    ],
    [
      'no service',
      'metadata:\n  annotations:\n    nginx.org/client-max-body-size: "4m"\nspec:\n  rules:\n  - http:\n      paths:\n      - backend:\n          serviceName: chat\n',
      ['3 warning websocket-services'],
    ],
    [
      'the age of a backend',
      'apiVersion: cloud.google.com/v1\nkind: BackendConfig\nspec:\n  timeoutSec: 40\n',
      ['4 warning timeout-sec'],
    ],
  ],
}

for (const [program, examples] of Object.entries(EXAMPLES)) {
  describe(`a configuration of ${program}`, () => {
    for (const [about, config, wanted] of examples) {
      it(about, () => assert.deepEqual(found(program, config), wanted))
    }

    it('leads to causes of the playbook', () => {
      for (const { cause } of examples.flatMap(([, config]) => checkOther(program, config)))
        assert.ok(causeOf(cause), cause)
    })
  })
}

it('has nothing to say of programs without rules', () => {
  assert.deepEqual(checkOther('varnish', 'vcl 4.1;'), [])
  assert.deepEqual(checkOther('constructor', 'timeout tunnel 1s'), [])
})
