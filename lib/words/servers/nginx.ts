import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const pages = 'https://github.com/nginx/nginx/blob/master/src/http/ngx_http_special_response.c'
const upstream = 'https://github.com/nginx/nginx/blob/master/src/http/ngx_http_upstream.c'
const start = 'https://github.com/nginx/nginx/blob/master/src/core/nginx.c'
const ingress = 'https://kubernetes.github.io/ingress-nginx/user-guide/default-backend/'

export default defineProgram({
  id: 'nginx',
  name: 'nginx',
  side: 'proxy',
  phrases: [
    ...phrasesOf(pages, [
      {
        id: 'plain-on-tls',
        needle: 'plain HTTP request was sent to HTTPS port',
        pattern: /\bThe plain HTTP request was sent to HTTPS port\b/,
        said: { means: 'plain-on-tls', status: 400 },
        example: '<center>The plain HTTP request was sent to HTTPS port</center>',
        explains:
          'nginx’s 400: this port speaks TLS. The URL, or the proxy before nginx, uses ws:// or http://.',
      },
      {
        id: 'client-certificate',
        needle: 'SSL certificate',
        pattern: /\b(?:No required SSL certificate was sent|The SSL certificate error)\b/,
        said: { means: 'tls-client-certificate', status: 400 },
        example: '<center>No required SSL certificate was sent</center>',
        explains:
          'nginx’s 400: ssl_verify_client asks for a client certificate, and none came or it was refused.',
      },
      {
        id: 'client-certificate-logged',
        needle: ['client sent no required SSL certificate', 'client SSL certificate verify error'],
        pattern: /\bclient (?:sent no required SSL certificate|SSL certificate verify error)\b/,
        said: { means: 'tls-client-certificate', status: 400 },
        example: 'client sent no required SSL certificate while reading client request headers',
        explains:
          'ssl_verify_client asks for a client certificate. None came, or it was refused, and nginx answered 400.',
      },
      {
        id: 'auth-request',
        needle: 'auth request unexpected status',
        pattern: /\bauth request unexpected status: \d{3}\b/,
        said: { means: 'upgrade-not-allowed', status: 500 },
        example: 'auth request unexpected status: 404 while sending to client',
        explains:
          'auth_request asked its own address, and the answer was none of 2xx, 401 and 403. nginx answers the handshake with 500.',
      },
      {
        id: 'header-too-large',
        needle: 'Request Header Or Cookie Too Large',
        pattern: /\bRequest Header Or Cookie Too Large\b/,
        said: { means: 'request-too-large', status: 400 },
        example: '<center>Request Header Or Cookie Too Large</center>',
        explains: 'nginx’s 400: the headers, mostly cookies, are larger than large_client_header_buffers.',
      },
    ]),
    ...phrasesOf(upstream, [
      {
        id: 'tunnel-timed-out',
        needle: 'while proxying upgraded connection',
        pattern: /\bupstream timed out \(\d{1,5}: [^)\n]{1,100}\) while proxying upgraded connection\b/,
        said: { means: 'idle-timeout' },
        example: 'upstream timed out (110: Connection timed out) while proxying upgraded connection',
        explains:
          'The connection was open, and nothing came from the backend for proxy_read_timeout (60 s by default). nginx closed it.',
      },
      {
        id: 'tunnel-lost',
        needle: 'while proxying upgraded connection',
        pattern:
          /\b(?:recv|send|writev|SSL_read)\(\) failed \((?:1[01]\d|60): (?!Connection re)[^)\n]{1,100}\) while proxying upgraded connection\b/,
        said: { means: 'dropped' },
        example: 'recv() failed (110: Connection timed out) while proxying upgraded connection',
        explains:
          'The connection was open, and one end of it no longer answered TCP, or could not be reached. At level error it was the backend, at level info the client.',
      },
      {
        id: 'answer-timed-out',
        needle: 'upstream timed out (',
        pattern:
          /\bupstream timed out \(\d{1,5}: [^)\n]{1,100}\) while (?:reading response header|sending request)\b/,
        said: { means: 'backend-timeout', status: 504 },
        example: 'upstream timed out (110: Connection timed out) while reading response header from upstream',
        explains: 'The backend accepted the connection and did not answer within proxy_read_timeout: 504.',
      },
      {
        id: 'closed-early',
        needle: 'upstream prematurely closed connection',
        pattern: /\bupstream prematurely closed connection\b(?! while reading upstream\b)/,
        said: { means: 'backend-closed', status: 502 },
        example: 'upstream prematurely closed connection while reading response header from upstream',
        explains: 'The backend closed TCP before its answer was complete: 502. It may have crashed.',
      },
      {
        id: 'header-too-big',
        needle: 'upstream sent too big header',
        pattern: /\bupstream sent too big header\b/,
        said: { means: 'backend-bad-answer', status: 502 },
        example: 'upstream sent too big header while reading response header from upstream',
        explains: 'The headers of the backend’s answer are larger than proxy_buffer_size: 502.',
      },
    ]),
    ...phrasesOf('https://github.com/nginx/nginx/blob/master/src/core/ngx_connection.c', [
      {
        id: 'worker-connections',
        needle: 'worker_connections are not enough',
        // With “reusing connections” it closes idle ones of HTTP, and goes on.
        pattern: /\b\d{1,9} worker_connections are not enough\b(?!, reusing)/,
        said: { means: 'too-many-connections', status: 500 },
        example: '1024 worker_connections are not enough while connecting to upstream',
        explains:
          'The nginx worker has as many connections as it may. A WebSocket that it proxies takes two, for as long as it is open.',
        fix: 'Raise worker_connections in events {} of nginx, and worker_rlimit_nofile above it. Each WebSocket that nginx proxies takes two connections and two file descriptors.',
      },
      {
        id: 'open-files',
        needle: '(24: ',
        pattern:
          /\b(?:accept4?|socket|open|epoll_create|eventfd)\(\) [^\n]{0,200}?failed \(24: (?:Too many open files|No file descriptors available)\)/,
        said: { means: 'too-many-connections', status: 500 },
        example: 'socket() failed (24: Too many open files) while connecting to upstream',
        explains:
          'The nginx worker has as many files and connections open as it may. A WebSocket that it proxies takes two.',
        fix: 'Raise worker_rlimit_nofile of nginx to at least twice worker_connections, and LimitNOFILE of its service where systemd starts it.',
      },
    ]),
    ...phrasesOf(start, [
      {
        id: 'config-refused',
        needle: 'nginx: ',
        pattern: /\bnginx: (?:\[emerg\] [^\n]{1,300}|configuration file \S{1,300} test failed\b)/,
        said: { means: 'config-refused' },
        example: 'nginx: [emerg] unknown "connection_upgrade" variable',
        explains:
          'nginx refuses its configuration. It does not start, or goes on with the one before. The line names the reason.',
      },
    ]),
    ...phrasesOf(ingress, [
      {
        id: 'default-backend',
        needle: 'default backend - 404',
        pattern: /\bdefault backend - 404\b/,
        said: { means: 'no-route', status: 404 },
        example: 'default backend - 404',
        explains: 'The Ingress controller’s 404: no rule of any Ingress has this host and path.',
      },
    ]),
  ],
})
