/**
 * How a proxy is told to pass an upgrade on. Upgrade and Connection are for the next hop alone (RFC 9110 §7.6.1), so
 * each proxy has its own switch, or none.
 */
import { apache, caddy, lighttpd, nginx, squid, vcl, yaml } from '#lib/text/configurations.ts'
import type { Change } from '#lib/text/fix.ts'
import { type Sentence, sentence } from '#lib/text/foreign.ts'

/** What to write, for those that people run themselves. @param path of the WebSocket, as the client asks for it */
export const passingChanges = (path: string): Change[] => [
  {
    program: 'nginx',
    context: 'location',
    where: sentence`nginx, location ${path}`,
    text: nginx`proxy_http_version 1.1;\nproxy_set_header Upgrade $http_upgrade;\nproxy_set_header Connection "upgrade";`,
  },
  {
    program: 'apache',
    where: sentence`Apache httpd 2.4.47 or later`,
    text: apache`ProxyPass ${apache.word(path)} ${apache.word(`http://YOUR_BACKEND${path}`)} upgrade=websocket`,
  },
  {
    program: 'envoy',
    where: sentence`Envoy, http_connection_manager`,
    text: yaml`upgrade_configs:\n  - upgrade_type: websocket`,
  },
  {
    program: 'varnish',
    shownOnly: true,
    where: sentence`Varnish, VCL: an upgrade is piped, with both headers`,
    text: vcl`sub vcl_recv {\n    if (req.http.Upgrade ~ "(?i)websocket") {\n        return (pipe);\n    }\n}\nsub vcl_pipe {\n    if (req.http.Upgrade) {\n        set bereq.http.Upgrade = req.http.Upgrade;\n        set bereq.http.Connection = req.http.Connection;\n    }\n}`,
  },
  {
    program: 'squid',
    shownOnly: true,
    where: sentence`Squid 5 or later, squid.conf`,
    text: squid`http_upgrade_request_protocols websocket allow all`,
  },
  {
    program: 'lighttpd',
    shownOnly: true,
    where: sentence`lighttpd 1.4.46 or later, beside proxy.server`,
    text: lighttpd`proxy.header = ( "upgrade" => "enable" )`,
  },
  {
    program: 'h2o',
    shownOnly: true,
    where: sentence`H2O 2.2, beside proxy.reverse.url`,
    text: yaml`proxy.websocket: ON`,
  },
  {
    program: 'caddy',
    shownOnly: true,
    where: sentence`Caddy: reverse_proxy passes upgrades on, without a header_up that removes them`,
    text: caddy`handle ${caddy.word(path)} {\n    reverse_proxy YOUR_BACKEND\n}`,
  },
  {
    program: 'traefik',
    shownOnly: true,
    where: sentence`Traefik: a router without the middleware that changes Connection or Upgrade`,
    text: yaml`http:\n  routers:\n    websocket:\n      rule: ${yaml.string(`PathPrefix(\`${path.replaceAll('`', '')}\`)`)}\n      service: YOUR_SERVICE`,
  },
]

/** What there is to know of a hop: that it passes upgrades by itself, has a switch elsewhere, or cannot. */
const NEWS: Readonly<Record<string, Sentence>> = {
  caddy: sentence`Caddy passes upgrades on by itself, unless a header_up removes them or versions is h2c.`,
  haproxy: sentence`HAProxy passes upgrades on by itself, unless http-request del-header removes them or the server line has proto h2.`,
  traefik: sentence`Traefik passes upgrades on by itself, unless a middleware changes the headers.`,
  nghttpx: sentence`nghttpx passes upgrades on by itself; look at what is behind it.`,
  tinyproxy: sentence`tinyproxy carries no WebSocket in its reverse proxy: put nginx, HAProxy or Caddy in its place.`,
  trafficserver: sentence`Traffic Server needs a remap rule of its own: map ws://YOUR_HOST/ ws://YOUR_BACKEND/.`,
  litespeed: sentence`LiteSpeed needs a WebSocket proxy for the path in the virtual host’s settings.`,
  'iis-arr': sentence`IIS needs its feature WebSocket Protocol installed.`,
  cloudflare: sentence`Cloudflare passes WebSockets on where they are switched on under Network.`,
  cloudfront: sentence`CloudFront needs an origin request policy that forwards the Sec-WebSocket headers, such as AllViewer.`,
  fastly: sentence`Fastly passes WebSockets on only where the product is enabled and VCL returns upgrade.`,
  akamai: sentence`Akamai needs the WebSockets behavior in the property.`,
  'aws-api-gateway': sentence`REST and HTTP APIs of API Gateway carry no WebSocket; only a WebSocket API does.`,
  'azure-app-service': sentence`Azure App Service passes WebSockets on where Web sockets is On under Configuration, General settings: az webapp config set --web-sockets-enabled true.`,
  netlify: sentence`Netlify carries no WebSocket: connect to the server’s own address.`,
  vercel: sentence`Vercel’s functions hold no WebSocket: connect to a server elsewhere.`,
}

export const newsOf = (hopId: string): Sentence | undefined => NEWS[hopId]

/** Platforms whose programs cannot hold a WebSocket, whatever is written for them. */
const WITHOUT: ReadonlySet<string> = new Set(['netlify', 'vercel'])

/** Why nothing under this host can open a WebSocket. */
export const withoutWebSocket = (hopId: string): Sentence | undefined =>
  WITHOUT.has(hopId) ? NEWS[hopId] : undefined
