/**
 * Files that Nginx Proxy Manager includes in each host that it writes, for hosts that are brought without them
 * (docker/rootfs/etc/nginx/conf.d/include of its repository): what of them tells how a handshake is answered.
 */

const texts: Readonly<Record<string, string>> = {
  'conf.d/include/proxy.conf': `add_header X-Served-By $host;
proxy_set_header Host $host;
proxy_set_header X-Forwarded-Scheme $scheme;
proxy_set_header X-Forwarded-Proto $scheme;
proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
proxy_set_header X-Real-IP $remote_addr;
proxy_pass $forward_scheme://$server:$port$request_uri;
`,
  // It refuses some queries, none of which a WebSocket has.
  'conf.d/include/block-exploits.conf': '',
  'conf.d/include/letsencrypt-acme-challenge.conf': `location ^~ /.well-known/acme-challenge/ {
    root /data/letsencrypt-acme-challenge;
}
`,
  'conf.d/include/ssl-ciphers.conf': `ssl_protocols TLSv1.2 TLSv1.3;
`,
}

/** What of the http block around each of its hosts tells how a handshake is passed on. */
export const PROXY_MANAGER_HTTP = `proxy_connect_timeout 90s;
proxy_send_timeout 90s;
proxy_read_timeout 90s;
proxy_http_version 1.1;
`

/** What each of its hosts begins with. */
const ITS_HOST = /\bset\s{1,8}\$forward_scheme\s/

export const isOfProxyManager = (text: string): boolean => ITS_HOST.test(text)

/** The text that a missing file has there, where it matters. */
export const proxyManagerText = (name: string): string | undefined => texts[name]
