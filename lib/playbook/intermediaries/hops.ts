/**
 * Response headers that give an intermediary away. A header proves that the hop was passed, not that it is the
 * one whose timer struck; several hops may show at once.
 */

export type Hop = {
  id: string
  who: string
  /** Header name in lower case, with a pattern for its value where the name alone says nothing. */
  headers: readonly { name: string; value?: RegExp }[]
  /** Documented by the vendor or measured; otherwise common knowledge. */
  certain: boolean
}

export const hops: readonly Hop[] = [
  { id: 'nginx', who: 'nginx', headers: [{ name: 'server', value: /^(nginx|openresty)\b/i }], certain: true },
  { id: 'apache', who: 'Apache httpd', headers: [{ name: 'server', value: /^apache\b/i }], certain: true },
  { id: 'caddy', who: 'Caddy', headers: [{ name: 'server', value: /^caddy\b/i }], certain: true },
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
    certain: false,
  },
  {
    id: 'cloudfront',
    who: 'Amazon CloudFront',
    headers: [{ name: 'x-amz-cf-id' }, { name: 'x-amz-cf-pop' }],
    certain: false,
  },
  {
    id: 'aws-alb',
    who: 'AWS Application Load Balancer',
    headers: [{ name: 'server', value: /^awselb\b/i }, { name: 'x-amzn-trace-id' }],
    certain: false,
  },
  {
    id: 'aws-api-gateway',
    who: 'AWS API Gateway',
    headers: [{ name: 'x-amzn-requestid' }, { name: 'x-amz-apigw-id' }, { name: 'apigw-requestid' }],
    certain: false,
  },
  { id: 'azure-front-door', who: 'Azure Front Door', headers: [{ name: 'x-azure-ref' }], certain: false },
  {
    id: 'google',
    who: 'Google Cloud',
    headers: [{ name: 'via', value: /\bgoogle\b/i }, { name: 'x-cloud-trace-context' }],
    certain: false,
  },
  {
    id: 'heroku',
    who: 'Heroku',
    headers: [{ name: 'via', value: /\b(vegur|heroku-router)\b/i }],
    certain: false,
  },
  { id: 'fly', who: 'Fly.io', headers: [{ name: 'fly-request-id' }], certain: true },
  { id: 'railway', who: 'Railway', headers: [{ name: 'x-railway-request-id' }], certain: true },
  { id: 'render', who: 'Render', headers: [{ name: 'x-render-origin-server' }], certain: false },
  { id: 'vercel', who: 'Vercel', headers: [{ name: 'x-vercel-id' }], certain: false },
  {
    id: 'varnish',
    who: 'Varnish',
    headers: [{ name: 'via', value: /\bvarnish\b/i }, { name: 'x-varnish' }],
    certain: false,
  },
]

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
