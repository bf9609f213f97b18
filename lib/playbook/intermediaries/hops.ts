/**
 * Response headers that give an intermediary away. A header proves that the hop was passed, not that it is the
 * one whose timer struck; several hops may show at once.
 */

export type Hop = {
  id: string
  who: string
  /** Header name in lower case, with a pattern for its value where the name alone says nothing. */
  headers: readonly { name: string; value?: RegExp }[]
  /** The domain under which it gives names to what it hosts. */
  domain?: RegExp
  /** Documented by the vendor or measured; otherwise common knowledge. */
  certain: boolean
}

export const hops: readonly Hop[] = [
  // These two write no header of their own; their pages and logs name them.
  { id: 'haproxy', who: 'HAProxy', headers: [], certain: true },
  { id: 'traefik', who: 'Traefik', headers: [], certain: true },
  { id: 'nginx', who: 'nginx', headers: [{ name: 'server', value: /^(nginx|openresty)\b/i }], certain: true },
  { id: 'apache', who: 'Apache httpd', headers: [{ name: 'server', value: /^apache\b/i }], certain: true },
  { id: 'caddy', who: 'Caddy', headers: [{ name: 'server', value: /^caddy\b/i }], certain: true },
  { id: 'lighttpd', who: 'lighttpd', headers: [{ name: 'server', value: /^lighttpd\b/i }], certain: true },
  { id: 'h2o', who: 'H2O', headers: [{ name: 'server', value: /^h2o\b/i }], certain: true },
  {
    id: 'squid',
    who: 'Squid',
    headers: [
      { name: 'via', value: /\bsquid\b/i },
      { name: 'server', value: /^squid\b/i },
      { name: 'x-squid-error' },
    ],
    certain: true,
  },
  {
    id: 'trafficserver',
    who: 'Apache Traffic Server',
    headers: [
      { name: 'server', value: /^ATS\b/ },
      { name: 'via', value: /\bApacheTrafficServer\b/i },
    ],
    certain: false,
  },
  {
    id: 'nghttpx',
    who: 'nghttpx',
    headers: [
      { name: 'server', value: /^nghttpx\b/i },
      { name: 'via', value: /\bnghttpx\b/i },
    ],
    certain: true,
  },
  { id: 'tinyproxy', who: 'tinyproxy', headers: [{ name: 'via', value: /\btinyproxy\b/i }], certain: true },
  {
    id: 'litespeed',
    who: 'LiteSpeed',
    headers: [{ name: 'server', value: /^litespeed\b/i }],
    certain: false,
  },
  {
    id: 'iis-arr',
    who: 'IIS with Application Request Routing',
    headers: [{ name: 'x-powered-by', value: /\bARR\b/ }],
    certain: false,
  },
  { id: 'fastly', who: 'Fastly', headers: [{ name: 'x-served-by', value: /^cache-/i }], certain: false },
  {
    id: 'akamai',
    who: 'Akamai',
    headers: [{ name: 'server', value: /^AkamaiGHost\b/i }, { name: 'x-akamai-transformed' }],
    certain: false,
  },
  {
    id: 'netlify',
    who: 'Netlify',
    headers: [{ name: 'server', value: /^netlify\b/i }, { name: 'x-nf-request-id' }],
    domain: /\.netlify\.app$/i,
    certain: false,
  },
  {
    id: 'envoy',
    who: 'Envoy or Istio',
    headers: [
      { name: 'server', value: /^(envoy|istio-envoy)\b/i },
      { name: 'x-envoy-upstream-service-time' },
    ],
    certain: false,
  },
  {
    id: 'kong',
    who: 'Kong',
    headers: [{ name: 'via', value: /\bkong\b/i }, { name: 'x-kong-proxy-latency' }],
    certain: false,
  },
  {
    id: 'cloudflare',
    who: 'Cloudflare',
    headers: [{ name: 'cf-ray' }, { name: 'server', value: /^cloudflare\b/i }],
    domain: /\.(?:workers\.dev|pages\.dev|trycloudflare\.com)$/i,
    certain: false,
  },
  {
    id: 'cloudfront',
    who: 'Amazon CloudFront',
    headers: [{ name: 'x-amz-cf-id' }, { name: 'x-amz-cf-pop' }],
    domain: /\.cloudfront\.net$/i,
    certain: false,
  },
  {
    id: 'aws-alb',
    who: 'AWS Application Load Balancer',
    headers: [{ name: 'server', value: /^awselb\b/i }, { name: 'x-amzn-trace-id' }],
    domain: /\.elb\.(?:[\w-]+\.)?amazonaws\.com$/i,
    certain: false,
  },
  {
    id: 'aws-api-gateway',
    who: 'AWS API Gateway',
    headers: [{ name: 'x-amzn-requestid' }, { name: 'x-amz-apigw-id' }, { name: 'apigw-requestid' }],
    domain: /\.execute-api\.[\w-]+\.amazonaws\.com(?:\.cn)?$/i,
    certain: false,
  },
  {
    id: 'azure-app-service',
    who: 'Azure App Service',
    headers: [],
    domain: /\.azurewebsites\.net$/i,
    certain: true,
  },
  {
    id: 'azure-front-door',
    who: 'Azure Front Door',
    headers: [{ name: 'x-azure-ref' }],
    domain: /\.(?:azurefd\.net|azureedge\.net)$/i,
    certain: false,
  },
  {
    id: 'google',
    who: 'Google Cloud',
    headers: [{ name: 'via', value: /\bgoogle\b/i }, { name: 'x-cloud-trace-context' }],
    domain: /\.(?:run\.app|appspot\.com)$/i,
    certain: false,
  },
  {
    id: 'heroku',
    who: 'Heroku',
    headers: [{ name: 'via', value: /\b(vegur|heroku-router)\b/i }],
    domain: /\.herokuapp\.com$/i,
    certain: false,
  },
  { id: 'fly', who: 'Fly.io', headers: [{ name: 'fly-request-id' }], domain: /\.fly\.dev$/i, certain: true },
  {
    id: 'railway',
    who: 'Railway',
    headers: [{ name: 'x-railway-request-id' }],
    domain: /\.up\.railway\.app$/i,
    certain: true,
  },
  {
    id: 'render',
    who: 'Render',
    headers: [{ name: 'x-render-origin-server' }],
    domain: /\.onrender\.com$/i,
    certain: false,
  },
  {
    id: 'vercel',
    who: 'Vercel',
    headers: [{ name: 'x-vercel-id' }],
    domain: /\.vercel\.app$/i,
    certain: false,
  },
  {
    id: 'varnish',
    who: 'Varnish',
    headers: [{ name: 'via', value: /\bvarnish\b/i }, { name: 'x-varnish' }],
    certain: false,
  },
]

/** A proxy's name as its owner writes it; undefined for a program that is not in the list. */
export const nameOfHop = (id: string): string | undefined => hops.find((hop) => hop.id === id)?.who

/** The hops that the headers show, in the order of the list; names in any case. */
export function hopsOf(headers: readonly (readonly [string, string])[]): Hop[] {
  const sent = headers.map(([name, value]) => [name.toLowerCase(), value] as const)
  return hops.filter((hop) =>
    hop.headers.some(({ name, value }) =>
      sent.some(
        ([sentName, sentValue]) => sentName === name && (value === undefined || value.test(sentValue)),
      ),
    ),
  )
}

/** The platform under whose own domain a host is: whatever it hosts, its edge takes the connection, with its own certificate. */
export const hopOfHost = (host: string): Hop | undefined => hops.find(({ domain }) => domain?.test(host))
