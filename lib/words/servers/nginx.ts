import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const pages = 'https://github.com/nginx/nginx/blob/master/src/http/ngx_http_special_response.c'
const start = 'https://github.com/nginx/nginx/blob/master/src/core/nginx.c'
const ingress = 'https://kubernetes.github.io/ingress-nginx/user-guide/default-backend/'

export default defineProgram({
  id: 'nginx',
  name: 'nginx (its own answers)',
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
        id: 'header-too-large',
        needle: 'Request Header Or Cookie Too Large',
        pattern: /\bRequest Header Or Cookie Too Large\b/,
        said: { means: 'request-too-large', status: 400 },
        example: '<center>Request Header Or Cookie Too Large</center>',
        explains: 'nginx’s 400: the headers, mostly cookies, are larger than large_client_header_buffers.',
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
