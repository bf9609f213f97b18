/** Timers of load balancers, content networks and hosting platforms. */
import { type Timer, timer } from '#lib/playbook/intermediaries/timer.ts'

const idle = timer('idle')
const lifetime = timer('lifetime')
const handshake = timer('handshake')
const reload = timer('reload')

const apiGateway = {
  label: 'AWS, quotas of API Gateway WebSocket APIs',
  url: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html',
}
const frontDoor = {
  label: 'Azure Front Door, WebSocket',
  url: 'https://docs.azure.cn/en-us/frontdoor/standard-premium/websocket',
}
const cloudflareLimits = {
  label: 'Cloudflare, connection limits',
  url: 'https://developers.cloudflare.com/fundamentals/reference/connection-limits/',
}

export const cloudTimers: readonly Timer[] = [
  idle(
    'AWS Application Load Balancer',
    60,
    'FIN or RST without Close frame: 1006; TCP keepalive does not count as traffic',
    {
      label: 'AWS, ALB attributes',
      url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html',
    },
    { hop: 'aws-alb', setting: 'idle_timeout.timeout_seconds (1 to 4000)' },
  ),
  idle(
    'AWS Classic Load Balancer',
    60,
    'FIN or RST without Close frame: 1006; TCP keepalive does not count as traffic',
    {
      label: 'AWS, CLB idle timeout',
      url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/config-idle-timeout.html',
    },
    { setting: 'ConnectionSettings.IdleTimeout' },
  ),
  idle(
    'AWS Network Load Balancer',
    350,
    'the flow is forgotten; the next packet gets RST',
    {
      label: 'AWS, NLB idle timeout',
      url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/update-idle-timeout.html',
    },
    { setting: 'tcp.idle_timeout.seconds (60 to 6000; TLS listeners are fixed at 350)' },
  ),
  idle('AWS NAT gateway', 350, 'the next packet gets RST', { label: 'common knowledge' }, { certain: false }),
  idle(
    'AWS Global Accelerator',
    340,
    'the next packet gets RST',
    { label: 'common knowledge' },
    { certain: false },
  ),
  idle('AWS API Gateway', 600, 'Close frame 1001 or 1006', apiGateway, { hop: 'aws-api-gateway' }),
  lifetime('AWS API Gateway', 7200, 'Close frame 1001 or 1006', apiGateway, { hop: 'aws-api-gateway' }),
  idle(
    'Amazon CloudFront',
    600,
    'FIN: 1006',
    { label: 'AWS re:Post on CloudFront and WebSockets' },
    {
      hop: 'cloudfront',
    },
  ),
  lifetime(
    'Google Cloud external HTTP(S) load balancer',
    30,
    'FIN: 1006, even with traffic (classic and global)',
    {
      label: 'ingress-gce, BackendConfig timeout example',
      url: 'https://github.com/kubernetes/ingress-gce',
    },
    { hop: 'google', setting: 'timeoutSec of the backend service' },
  ),
  idle('Google Compute Engine firewall', 600, 'packets dropped silently', {
    label: 'GitLab charts issue 2519',
    url: 'https://gitlab.com/gitlab-org/charts/gitlab/-/issues/2519',
  }),
  lifetime(
    'Google Cloud Run',
    300,
    'FIN: 1006',
    {
      label: 'Cloud Run, WebSockets',
      url: 'https://cloud.google.com/run/docs/triggering/websockets',
    },
    { hop: 'google', setting: 'request timeout (up to 3600)' },
  ),
  lifetime(
    'Google Cloud Run at its largest setting',
    3600,
    'FIN: 1006',
    {
      label: 'Cloud Run, WebSockets',
      url: 'https://cloud.google.com/run/docs/triggering/websockets',
    },
    { hop: 'google', setting: 'request timeout' },
  ),
  idle('Azure Front Door', 300, 'closed as idle: 1006', frontDoor, { hop: 'azure-front-door' }),
  lifetime('Azure Front Door', 14_400, 'closed: 1006', frontDoor, { hop: 'azure-front-door' }),
  idle(
    'Azure Load Balancer',
    240,
    'packets dropped silently, or RST where TCP reset is on',
    {
      label: 'Azure Load Balancer, TCP idle timeout',
      url: 'https://learn.microsoft.com/en-us/azure/load-balancer/load-balancer-tcp-idle-timeout',
    },
    { setting: 'idle timeout (4 to 100 minutes)' },
  ),
  idle(
    'Azure App Service',
    230,
    'silence or RST',
    { label: 'users’ reports; documented for HTTP only' },
    {
      certain: false,
    },
  ),
  handshake('Cloudflare to the origin', 19, 'HTTP 522', cloudflareLimits, { hop: 'cloudflare' }),
  idle(
    'Cloudflare',
    100,
    '1006, or the reason "CloudFlare WebSocket proxy restarting"',
    {
      label:
        'Cloudflare, connection limits: Proxy Read Timeout 120 s, and 100 s in users’ measurements; WebSockets are not named',
      url: cloudflareLimits.url,
    },
    { hop: 'cloudflare', untilSeconds: 120, certain: false },
  ),
  idle(
    'Cloudflare edge (silent)',
    60,
    'no FIN, no Close frame: the browser still says OPEN',
    {
      label: 'cloudflare/agents issue 2286',
      url: 'https://github.com/cloudflare/agents/issues/2286',
    },
    { hop: 'cloudflare', untilSeconds: 120, certain: false },
  ),
  idle('Cloudflare Gateway (Zero Trust)', 270, 'TCP closed', {
    label: 'cloudflare-docs pull request 3405',
    url: 'https://github.com/cloudflare/cloudflare-docs/pull/3405',
  }),
  idle('Cloudflare proxy to the origin', 900, 'TCP closed', cloudflareLimits, { hop: 'cloudflare' }),
  idle(
    'Heroku router',
    55,
    '1006; H15 or H28 in the router’s log',
    {
      label: 'Heroku Help, request timeout and long-lived connections',
      url: 'https://help.heroku.com/BZGH6WMY',
    },
    { hop: 'heroku' },
  ),
  idle(
    'Fly.io proxy',
    60,
    '1006',
    {
      label: 'users’ reports; setting from Fly’s documentation',
      url: 'https://fly.io/docs/reference/configuration/#http_service-http_options',
    },
    { hop: 'fly', setting: 'http_options.idle_timeout', certain: false },
  ),
  lifetime(
    'Vercel Functions',
    300,
    'closed at the function’s longest duration',
    {
      label: 'Vercel, function duration',
      url: 'https://vercel.com/docs/functions/configuring-functions/duration',
    },
    { hop: 'vercel', setting: 'maxDuration (800 on Pro)' },
  ),
  lifetime(
    'Vercel Functions on Pro',
    800,
    'closed at the function’s longest duration',
    {
      label: 'Vercel, function duration',
      url: 'https://vercel.com/docs/functions/configuring-functions/duration',
    },
    { hop: 'vercel' },
  ),
  lifetime('WSO2 cloud', 900, 'closed', { label: 'WSO2 documentation' }),
  idle('WSO2 cloud', 240, 'closed', { label: 'WSO2 documentation' }),
  reload(
    'Render',
    30,
    'SIGTERM at a deploy, killed after 30 s: all at once',
    { label: 'Render community forum' },
    { hop: 'render' },
  ),
  reload(
    'Heroku dynos',
    86_400,
    'all of one dyno at once, daily',
    { label: 'common knowledge' },
    {
      hop: 'heroku',
      certain: false,
    },
  ),
]
