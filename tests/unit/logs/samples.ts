/** A line of each format that is read, as its program writes it about a WebSocket, and what it says. */
import type { AccessRecord, AppRecord, NoticeRecord } from '#lib/logs/record.ts'

export type Sample = {
  name: string
  line: string
  says: Partial<AccessRecord> | Partial<AppRecord> | Partial<NoticeRecord>
  /** It is JSON of a known product, or begins as no envelope may be mistaken for. */
  config?: string
}

const json = (value: object): string => JSON.stringify(value)
const at = (time: string): number => Date.parse(`2026-11-20T${time}Z`)
const CLIENT = '203.0.113.7'
const BROWSER = '"-" "Mozilla/5.0"'

export const samples: readonly Sample[] = [
  {
    name: 'nginx combined',
    line: `${CLIENT} - - [20/Nov/2026:09:01:00 +0000] "GET /ws?room=1 HTTP/1.1" 101 1290 ${BROWSER}`,
    says: { format: 'combined', status: 101, path: '/ws?room=1', client: CLIENT, atMs: at('09:01:00') },
  },
  {
    name: 'nginx with times',
    line: `${CLIENT} - - [20/Nov/2026:09:01:00 +0000] "GET /ws HTTP/1.1" 101 1290 ${BROWSER} rt=60.012 us="502, 101" up=websocket cs=OK`,
    says: { format: 'nginx-access', durationMs: 60_012, upstreamStatus: 101, upgrade: true, complete: true },
  },
  {
    name: 'nginx JSON',
    line: `{"time_iso8601":"2026-11-20T09:01:00+00:00","remote_addr":"${CLIENT}","request":"GET /ws HTTP/1.1","status":"101","body_bytes_sent":"1290","request_time":"60.012","upstream_status":"502, 101","http_upgrade":"websocket"}`,
    says: { format: 'nginx-access', status: 101, durationMs: 60_012, upstreamStatus: 101, upgrade: true },
  },
  {
    name: 'nginx error',
    line: `2026/11/20 09:01:00 [error] 31#31: *77 connect() failed (111: Connection refused) while connecting to upstream, client: ${CLIENT}, server: chat.example, request: "GET /ws HTTP/1.1", upstream: "http://10.0.0.4:80/ws", host: "chat.example"`,
    says: { format: 'nginx-error', sign: 'connect-refused', client: CLIENT, path: '/ws', connection: '77' },
  },
  {
    name: 'ingress-nginx',
    line: `${CLIENT} - - [20/Nov/2026:09:01:00 +0000] "GET /ws HTTP/1.1" 101 1290 ${BROWSER} 512 60.012 [default-chat-80] [] 10.1.0.4:8080, 10.1.0.5:8080 0, 1290 0.001, 60.011 502, 101 1f2e3d`,
    says: { format: 'nginx-access', status: 101, durationMs: 60_012, upstreamStatus: 101, bytes: 1290 },
  },
  {
    name: 'ingress-nginx JSON',
    line: `{"time": "2026-11-20T09:01:00+00:00", "remote_addr": "${CLIENT}", "x_forwarded_for": "${CLIENT}", "request_id": "1f2e3d", "remote_user": "", "bytes_sent": 1290, "request_time": 60.012, "status": 101, "vhost": "chat.example", "request_proto": "HTTP/1.1", "path": "/ws", "request_query": "", "request_length": 512, "duration": 60.012,"method": "GET", "http_referrer": "", "http_user_agent": "Mozilla/5.0" }`,
    says: { format: 'nginx-access', status: 101, path: '/ws', durationMs: 60_012, atMs: at('09:01:00') },
  },
  {
    name: 'Nginx Proxy Manager',
    line: `[20/Nov/2026:09:01:00 +0000] - 502, 504 504 - GET https chat.example "/ws" [Client ${CLIENT}] [Length 150] [Gzip -] [Sent-to 10.0.0.4] "Mozilla/5.0" "-"`,
    says: { format: 'nginx-access', status: 504, upstreamStatus: 504, path: '/ws', client: CLIENT },
  },
  {
    name: 'Apache with %D',
    line: `${CLIENT} - - [20/Nov/2026:09:00:00 +0000] "GET /ws HTTP/1.1" 101 1290 ${BROWSER} D=60012345`,
    says: { format: 'apache-access', durationMs: 60_012.345, startedMs: at('09:00:00') },
  },
  {
    name: 'Apache vhost_combined',
    line: `chat.example:443 ${CLIENT} - - [20/Nov/2026:09:00:00 +0000] "GET /ws HTTP/1.1" 502 341 ${BROWSER}`,
    says: { status: 502, client: CLIENT },
  },
  {
    name: 'Apache error',
    line: `[Fri Nov 20 09:01:00.123456 2026] [proxy:error] [pid 812:tid 140] (111)Connection refused: AH00957: ws: attempt to connect to 10.0.0.4:80 (10.0.0.4:80) failed`,
    says: { format: 'apache-error', sign: 'connect-refused', pid: 812 },
  },
  {
    name: 'HAProxy httplog',
    line: `${CLIENT}:40001 [20/Nov/2026:09:00:00.120] fe_ws be_ws/app1 0/0/1/4/60012 101 1290 - - sD-- 12/12/8/4/0 0/0 "GET /ws HTTP/1.1"`,
    says: {
      format: 'haproxy',
      status: 101,
      flags: 'sD--',
      durationMs: 60_012,
      startedMs: at('09:00:00.120'),
    },
  },
  {
    name: 'HAProxy httpslog',
    line: `${CLIENT}:40001 [20/Nov/2026:09:00:00.120] fe_ws~ be_ws/app1 0/0/1/4/60012 101 1290 - - cD-- 12/12/8/4/0 0/0 "GET /ws HTTP/1.1" 0/0/0/0/0 chat.example/TLSv1.3/TLS_AES_256_GCM_SHA384`,
    says: { format: 'haproxy', status: 101, flags: 'cD--', path: '/ws' },
  },
  {
    name: 'HAProxy with captured headers',
    line: `${CLIENT}:40001 [20/Nov/2026:09:00:00.120] fe_ws be_ws/<NOSRV> 0/-1/-1/-1/0 503 217 - - SC-- 12/12/8/4/0 0/0 {chat.example|Mozilla/5.0} {} "GET /ws HTTP/1.1"`,
    says: { format: 'haproxy', status: 503, flags: 'SC--', upstreamStatus: null, path: '/ws' },
  },
  {
    name: 'HAProxy tcplog',
    line: `${CLIENT}:40001 [20/Nov/2026:09:00:00.120] fe_ws be_ws/app1 1/0/60012 1290 cD 4/4/3/3/0 0/0`,
    says: { format: 'haproxy', flags: 'cD', durationMs: 60_012 },
  },
  {
    name: 'HAProxy with a format of one’s own',
    line: `${CLIENT}:40001 [20/Nov/2026:09:00:00.120] chat.example fe_ws~ be_ws app1 101 0/0/1/4/60012 101 sD-- 1290 "GET /ws HTTP/1.1" ua="Mozilla/5.0"`,
    says: { format: 'haproxy', status: 101, flags: 'sD--', durationMs: 60_012, client: CLIENT, path: '/ws' },
  },
  {
    name: 'Caddy',
    line: `{"level":"info","ts":1795165260.12,"logger":"http.log.access.log0","msg":"handled request","request":{"remote_ip":"${CLIENT}","remote_port":"40001","client_ip":"${CLIENT}","proto":"HTTP/1.1","method":"GET","host":"chat.example","uri":"/ws","headers":{"Upgrade":["websocket"]}},"bytes_read":6,"user_id":"","duration":60.012,"size":1290,"status":101,"resp_headers":{}}`,
    says: { format: 'caddy', status: 101, durationMs: 60_012, clientPort: 40_001, upgrade: true },
  },
  {
    name: 'Caddy on a console',
    line: `2026/11/20 09:01:00.123\t\u001b[31mERROR\u001b[0m\thttp.log.error\tdial tcp 10.0.0.4:80: connect: connection refused\t{"request": {"remote_ip": "${CLIENT}", "remote_port": "40001", "proto": "HTTP/1.1", "method": "GET", "host": "chat.example", "uri": "/ws", "headers": {"Upgrade": ["websocket"]}}, "duration": 0.000611, "status": 502, "err_id": "k2"}`,
    says: { format: 'caddy', status: 502, upgrade: true, clientPort: 40_001, atMs: at('09:01:00.123') },
  },
  {
    name: 'Traefik JSON',
    line: `{"ClientHost":"${CLIENT}","ClientPort":"40001","DownstreamStatus":101,"DownstreamContentSize":1290,"Duration":60012000000,"OriginStatus":101,"RequestMethod":"GET","RequestPath":"/ws","ServiceAddr":"10.0.0.4:80","StartUTC":"2026-11-20T09:00:00.12Z","level":"info","msg":"","time":"2026-11-20T09:01:00Z"}`,
    says: { format: 'traefik', durationMs: 60_012, startedMs: at('09:00:00.120'), upstreamStatus: 101 },
  },
  {
    name: 'Traefik common',
    line: `${CLIENT} - - [20/Nov/2026:09:00:00 +0000] "GET /ws HTTP/1.1" 101 1290 "-" "-" 171 "chat@docker" "http://10.0.0.4:80" 60012ms`,
    says: { format: 'traefik', durationMs: 60_012, startedMs: at('09:00:00') },
  },
  {
    name: 'Envoy',
    line: `[2026-11-20T09:00:00.120Z] "GET /ws HTTP/1.1" 101 SI 20 1290 300010 - "${CLIENT}" "Mozilla/5.0" "b1a2" "chat.example" "10.0.0.4:80"`,
    says: { format: 'envoy', status: 101, responseFlags: 'SI', cut: 'SI', durationMs: 300_010 },
  },
  {
    name: 'Istio',
    line: `[2026-11-20T09:00:00.120Z] "GET /ws HTTP/1.1" 503 UF upstream_reset_before_response_started{connection_failure} - "delayed_connect_error:_111" 0 91 12 - "${CLIENT}" "Mozilla/5.0" "b1a2" "chat.example" "10.0.0.4:80" outbound|80||chat.default.svc.cluster.local - 10.0.0.9:80 ${CLIENT}:0 - default`,
    says: { format: 'envoy', status: 503, responseFlags: 'UF', upstreamConnectMs: null },
  },
  {
    name: 'Istio JSON',
    line: json({
      start_time: '2026-11-20T09:00:00.120Z',
      method: 'GET',
      path: '/ws',
      protocol: 'HTTP/1.1',
      response_code: 101,
      response_flags: 'DC',
      bytes_sent: 1290,
      duration: 60_012,
      downstream_remote_address: `${CLIENT}:40001`,
    }),
    says: { format: 'envoy', status: 101, responseFlags: 'DC', durationMs: 60_012, client: CLIENT },
  },
  {
    name: 'AWS ALB',
    line: `wss 2026-11-20T09:01:00.123Z app/chat/50dc6c495c0c9188 ${CLIENT}:40001 10.0.1.4:80 0.001 0.003 0.000 101 101 218 1290 "GET https://chat.example:443/ws HTTP/1.1" "Mozilla/5.0" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/t/73e2 "Root=1-5833" "chat.example" "-" 1 2026-11-20T09:00:00.111Z "forward" "-" "-" "10.0.1.4:80" "101" "-" "-"`,
    says: { format: 'aws-alb', status: 101, durationMs: 60_012, upgrade: true, upstreamStatus: 101 },
  },
  {
    name: 'AWS NLB',
    line: `tls 2.0 2026-11-20T09:05:50 net/chat/c6e77e28c25b2234 g3d4b5e8bb8464cd ${CLIENT}:40001 10.0.1.4:80 350012 2 98 1290 - arn:aws:acm:us-east-2:123456789012:certificate/2a10 - ECDHE-RSA-AES128-SHA tlsv12 - chat.example - - - 2026-11-20T09:00:00`,
    says: { format: 'aws-nlb', durationMs: 350_012, clientPort: 40_001, bytes: 1290 },
  },
  {
    name: 'AWS API Gateway',
    line: `{"requestId":"AbC=","ip":"${CLIENT}","requestTime":"20/Nov/2026:09:00:00 +0000","eventType":"CONNECT","routeKey":"$connect","status":"403","connectionId":"L0SM9cOFvHcCIhw="}`,
    says: { format: 'aws-api-gateway', event: 'rejected', status: 403, clientId: 'L0SM9cOFvHcCIhw=' },
  },
  {
    name: 'IIS',
    line: `2026-11-20 09:01:00 10.0.0.4 GET /ws id=1 443 - ${CLIENT} Mozilla/5.0 - 101 0 64 60012`,
    says: { format: 'iis', status: 101, path: '/ws?id=1', durationMs: 60_012 },
  },
  {
    name: 'Cloudflare Logpush',
    line: `{"ClientIP":"${CLIENT}","ClientRequestHost":"chat.example","ClientRequestMethod":"GET","ClientRequestURI":"/ws","EdgeEndTimestamp":1795165260132000000,"EdgeResponseBytes":1290,"EdgeResponseStatus":101,"EdgeStartTimestamp":1795165200120000000,"OriginResponseStatus":101,"RayID":"8f1c"}`,
    says: { format: 'cloudflare', status: 101, durationMs: 60_012, upstreamStatus: 101 },
  },
  {
    name: 'Google Cloud load balancer',
    line: json({
      insertId: '1a',
      jsonPayload: { statusDetails: 'backend_timeout' },
      httpRequest: {
        requestMethod: 'GET',
        requestUrl: 'https://chat.example/ws',
        status: 101,
        remoteIp: CLIENT,
        latency: '30.001s',
      },
      resource: { type: 'http_load_balancer' },
      timestamp: '2026-11-20T09:00:00.12Z',
    }),
    says: { format: 'google-cloud', status: 101, durationMs: 30_001, cut: 'backend_timeout' },
  },
  {
    name: 'Azure Application Gateway',
    line: json({
      timeStamp: '2026-11-20T09:01:00+00:00',
      category: 'ApplicationGatewayAccessLog',
      properties: {
        instanceId: 'appgw_1',
        clientIP: CLIENT,
        clientPort: 40_001,
        httpMethod: 'GET',
        requestUri: '/ws',
        httpStatus: 502,
        timeTaken: 20.003,
        serverStatus: '-',
        error_info: 'ERRORINFO_UPSTREAM_TIMED_OUT',
      },
    }),
    says: { format: 'azure', status: 502, durationMs: 20_003, upstreamStatus: null },
  },
  {
    name: 'varnishncsa',
    line: `${CLIENT} - - [20/Nov/2026:09:01:00 +0000] "GET http://chat.example/ws HTTP/1.1" 503 282 ${BROWSER}`,
    says: { status: 503, path: '/ws' },
  },
  {
    name: 'varnishncsa of a piped WebSocket',
    line: `${CLIENT} - - [20/Nov/2026:09:00:00 +0000] "GET http://chat.example/ws HTTP/1.1" - - ${BROWSER}`,
    says: { format: 'combined', path: '/ws', startedMs: at('09:00:00') },
  },
  {
    name: 'Squid',
    line: `1795165260.123  60012 ${CLIENT} TCP_MISS/101 1290 GET http://chat.example/ws - HIER_DIRECT/198.51.100.4 -`,
    says: { format: 'squid', status: 101, durationMs: 60_012, path: '/ws' },
  },
  {
    name: 'Heroku router',
    line: `at=error code=H15 desc="Idle connection" method=GET path="/ws" host=chat.example request_id=8601 fwd="${CLIENT}" dyno=web.1 connect=1ms service=55449ms status=503 bytes=18 protocol=https`,
    says: { format: 'heroku', status: 101, cut: 'H15', durationMs: 55_449 },
  },
  {
    name: 'Fly.io proxy',
    line: 'proxy[148ed193b95e89] fra [error] [PC01] instance refused connection. is your app listening on 0.0.0.0:8080?',
    says: { format: 'fly', sign: 'connect-refused' },
  },
  {
    name: 'Vercel log drain',
    line: `{"id":"1","message":"","timestamp":1795165200120,"source":"lambda","proxy":{"timestamp":1795165200120,"method":"GET","scheme":"https","host":"chat.example","path":"/api/ws","userAgent":["Mozilla/5.0"],"clientIp":"${CLIENT}","statusCode":426}}`,
    says: { format: 'vercel', status: 426, path: '/api/ws' },
  },
  {
    name: 'Railway',
    line: `{"requestId":"x","timestamp":"2026-11-20T09:00:00.123Z","method":"GET","path":"/ws","host":"chat.example","httpStatus":101,"totalDuration":60012,"srcIp":"${CLIENT}","clientUa":"Mozilla/5.0","txBytes":1290}`,
    says: { format: 'framework', status: 101, durationMs: 60_012, client: CLIENT },
  },
  {
    name: 'Render',
    line: `[GET]101 chat.example/ws clientIP="${CLIENT}, 10.0.0.1" requestID="x" responseTimeMS=60012 responseBytes=1290 userAgent="Mozilla/5.0"`,
    says: { format: 'framework', status: 101, durationMs: 60_012, client: CLIENT },
  },
  {
    name: 'uvicorn',
    line: `INFO:     ${CLIENT}:40001 - "WebSocket /ws" [accepted]`,
    says: { format: 'asgi', event: 'accepted', clientId: `${CLIENT}:40001`, path: '/ws' },
  },
  {
    name: 'uvicorn in gunicorn',
    line: `[2026-11-20 09:00:00 +0000] [812] [INFO] ('${CLIENT}', 40001) - "WebSocket /ws" 403`,
    says: { format: 'asgi', event: 'rejected', status: 403, atMs: at('09:00:00') },
  },
  {
    name: 'hypercorn',
    line: `[2026-11-20 09:00:00 +0000] [812] [INFO] ${CLIENT}:40001 - - [20/Nov/2026:09:00:00 +0000] "GET /ws 1.1" 403 - ${BROWSER}`,
    says: { status: 403, path: '/ws', client: CLIENT },
  },
  {
    name: 'daphne',
    line: `${CLIENT}:40001 - - [20/Nov/2026:09:00:00] "WSREJECT /ws" - -`,
    says: { format: 'django', event: 'rejected', status: 403, clientId: `${CLIENT}:40001` },
  },
  {
    name: 'Action Cable',
    line: `I, [2026-11-20T09:00:00.123456 #812]  INFO -- : [4f7c] Started GET "/cable" [WebSocket] for ${CLIENT} at 2026-11-20 09:00:00 +0000`,
    says: { format: 'rails', event: 'accepted', path: '/cable', client: CLIENT, atMs: at('09:00:00') },
  },
  {
    name: 'lograge',
    line: 'method=GET path=/cable format=html controller=ApplicationController action=index status=404 duration=5.21 view=0.00 db=0.00',
    says: { format: 'framework', status: 404, durationMs: 5.21 },
  },
  {
    name: 'Puma',
    line: `${CLIENT} - - [20/Nov/2026:09:00:00 +0000] "GET /cable HTTP/1.1" 404 - 0.0052`,
    says: { status: 404, path: '/cable' },
  },
  {
    name: 'Phoenix',
    line: '09:00:00.123 [info] REFUSED CONNECTION TO ChatWeb.UserSocket in 45µs',
    says: { format: 'phoenix', event: 'rejected', status: 403 },
  },
  {
    name: 'Kestrel',
    line: '      Request finished HTTP/1.1 GET http://localhost:5000/ws?id=1 - 101 - - 60012.5ms',
    says: { format: 'framework', status: 101, path: '/ws?id=1', durationMs: 60_012.5 },
  },
  {
    name: 'Kestrel JSON',
    line: '{"Timestamp":"2026-11-20T09:01:00Z","EventId":2,"LogLevel":"Information","Category":"Microsoft.AspNetCore.Hosting.Diagnostics","Message":"Request finished HTTP/1.1 GET http://localhost:5000/ws - 101 - - 60012.5ms","State":{"ElapsedMilliseconds":60012.5,"StatusCode":101,"Protocol":"HTTP/1.1","Method":"GET","Path":"/ws"}}',
    says: { format: 'framework', status: 101, durationMs: 60_012.5, atMs: at('09:01:00') },
  },
  {
    name: 'Serilog',
    line: '[09:00:00 INF] HTTP GET /ws responded 101 in 60012.5432 ms',
    says: { format: 'framework', status: 101, durationMs: 60_012.5432 },
  },
  {
    name: 'morgan short',
    line: '::1 - GET /ws HTTP/1.1 404 164 - 3.127 ms',
    says: { format: 'framework', status: 404, client: '::1' },
  },
  {
    name: 'bunyan',
    line: `{"name":"app","hostname":"h","pid":1,"level":30,"ip":"${CLIENT}","method":"GET","url":"/ws","status-code":404,"response-time":3,"msg":"x","time":"2026-11-20T09:00:00.123Z","v":0}`,
    says: { format: 'framework', status: 404, durationMs: 3, client: CLIENT },
  },
  {
    name: 'winston',
    line: '{"level":"info","message":"HTTP GET /ws","meta":{"req":{"url":"/ws","headers":{"upgrade":"websocket"},"method":"GET"},"res":{"statusCode":404},"responseTime":3},"timestamp":"2026-11-20T09:00:00.123Z"}',
    says: { format: 'framework', status: 404, upgrade: true, durationMs: 3 },
  },
  {
    name: 'Gin',
    line: `[GIN] 2026/11/20 - 09:01:00 | 101 |         1m0.012s |   ${CLIENT} | GET      "/ws"`,
    says: { format: 'framework', status: 101, durationMs: 60_012 },
  },
  {
    name: 'echo',
    line: `{"time":"2026-11-20T09:01:00.12Z","id":"","remote_ip":"${CLIENT}","host":"chat.example","method":"GET","uri":"/ws","user_agent":"Mozilla/5.0","status":101,"error":"","latency":60012345678,"latency_human":"1m0.012345678s","bytes_in":0,"bytes_out":0}`,
    says: { format: 'framework', status: 101, durationMs: 60_012.345678, client: CLIENT },
  },
  {
    name: 'zap',
    line: `{"level":"info","ts":1795165260.12,"caller":"web/log.go:31","msg":"request","method":"GET","path":"/ws","status":101,"duration":60.012,"ip":"${CLIENT}"}`,
    says: { format: 'framework', status: 101, durationMs: 60_012 },
  },
  {
    name: 'slog',
    line: '{"time":"2026-11-20T09:01:00.12Z","level":"INFO","msg":"request","method":"GET","path":"/ws","status":101,"duration":60012000000}',
    says: { format: 'framework', status: 101, durationMs: 60_012 },
  },
  {
    name: 'zerolog',
    line: `{"level":"info","method":"GET","url":"/ws","ip":"${CLIENT}","status":101,"size":0,"duration":60012.5,"time":"2026-11-20T09:01:00Z","message":"request"}`,
    says: { format: 'framework', status: 101, durationMs: 60_012.5 },
  },
  {
    name: 'gevent',
    line: `${CLIENT} - - [2026-11-20 09:01:00] "GET /ws HTTP/1.1" 101 123 60.012345`,
    says: { status: 101, durationMs: 60_012.345, atMs: at('09:01:00') },
  },
  {
    name: 'eventlet',
    line: `${CLIENT},10.0.0.1 - - [20/Nov/2026 09:01:00] "GET /ws HTTP/1.1" 400 123 0.001234`,
    says: { status: 400, client: CLIENT, atMs: at('09:01:00') },
  },
  {
    name: 'actix',
    line: `[2026-11-20T09:01:00Z INFO  actix_web::middleware::logger] ${CLIENT} "GET /ws HTTP/1.1" 101 0 "-" "Mozilla/5.0" 60.012345`,
    says: { status: 101, durationMs: 60_012.345, atMs: at('09:01:00') },
  },
  {
    name: 'tower-http JSON',
    line: '{"timestamp":"2026-11-20T09:01:00.12Z","level":"INFO","fields":{"message":"finished processing request","latency":"60012 ms","status":101},"target":"tower_http::trace::on_response","span":{"method":"GET","uri":"/ws","version":"HTTP/1.1","name":"request"}}',
    says: { format: 'framework', status: 101, durationMs: 60_012, path: '/ws' },
  },
  {
    name: 'Tomcat',
    line: `${CLIENT} - - [20/Nov/2026:09:01:00 +0000] "GET /ws HTTP/1.1" 403 -`,
    says: { format: 'combined', status: 403, path: '/ws' },
  },
  {
    name: 'why1006',
    line: '[WS_DIAGNOSTICS] 403 FORBIDDEN: Origin not allowed: https://evil.example, allowed: https://chat.example, client_id=c1, at=2026-11-20T09:00:00.120Z',
    says: { event: 'rejected', clientId: 'c1', atMs: at('09:00:00.120') },
  },
]
