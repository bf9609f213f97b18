/** Timers of proxies that people run themselves, and of the network below them. */
import { type Timer, timer } from '#lib/playbook/intermediaries/timer.ts'

const idle = timer('idle')
const handshake = timer('handshake')
const reload = timer('reload')

const SILENT_FIN = 'TCP FIN to both sides, no Close frame: 1006'
const SILENT_DROP = 'nothing at all; the next packet is lost or answered with RST'

const ingressNginx = {
  label: 'ingress-nginx, ConfigMap options',
  url: 'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/',
}
const envoyTimeouts = {
  label: 'Envoy FAQ, timeouts',
  url: 'https://www.envoyproxy.io/docs/envoy/latest/faq/configuration/timeouts',
}

export const proxyTimers: readonly Timer[] = [
  idle(
    'nginx',
    60,
    `${SILENT_FIN}; access log 101 with $request_time at the limit, error log only at level info`,
    {
      label: 'nginx.org, proxy_read_timeout; measured on nginx 1.22.1',
      url: 'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_read_timeout',
    },
    { hop: 'nginx', setting: 'proxy_read_timeout' },
  ),
  idle('ingress-nginx', 60, SILENT_FIN, ingressNginx, {
    hop: 'nginx',
    setting: 'proxy-read-timeout and proxy-send-timeout',
  }),
  idle(
    'Apache httpd',
    60,
    `${SILENT_FIN}; access log 101 with %D at the limit, error log empty`,
    {
      label: 'Apache core, Timeout; measured on 2.4.71: the larger of Timeout and ProxyTimeout holds',
      url: 'https://httpd.apache.org/docs/2.4/mod/core.html#timeout',
    },
    { hop: 'apache', setting: 'Timeout, ProxyTimeout' },
  ),
  idle(
    'Apache httpd with Debian’s configuration',
    300,
    `${SILENT_FIN}; access log 101 with %D at the limit, error log empty`,
    { label: 'apache2.conf of Debian’s package (Timeout 300)' },
    { hop: 'apache', setting: 'Timeout, ProxyTimeout' },
  ),
  idle(
    'HAProxy with Debian’s configuration',
    50,
    'TCP FIN to the client, RST to the backend: 1006; log flags cD or sD',
    {
      label: 'haproxy.cfg of Debian’s package (timeout client and server 50000)',
      url: 'https://docs.haproxy.org/2.6/configuration.html#timeout%20tunnel',
    },
    { setting: 'timeout tunnel, else timeout client and timeout server' },
  ),
  idle(
    'Kong',
    60,
    SILENT_FIN,
    { label: 'Kong service read_timeout (common knowledge)' },
    {
      hop: 'kong',
      setting: 'read_timeout',
      certain: false,
    },
  ),
  idle('Envoy', 300, 'stream reset: 1006', envoyTimeouts, { hop: 'envoy', setting: 'stream_idle_timeout' }),
  idle('Istio gateway or sidecar', 300, 'stream reset: 1006', envoyTimeouts, {
    hop: 'envoy',
    setting: 'stream_idle_timeout',
  }),
  idle('Envoy TCP proxy', 3600, SILENT_FIN, envoyTimeouts, { hop: 'envoy', setting: 'idle_timeout' }),
  handshake('Envoy route', 15, 'HTTP 504 if it strikes before the upgrade', envoyTimeouts, {
    hop: 'envoy',
    setting: 'route timeout (0 disables it)',
    certain: false,
  }),
  reload(
    'ingress-nginx after a configuration change',
    240,
    `all old connections at once: ${SILENT_FIN}`,
    ingressNginx,
    { hop: 'nginx', setting: 'worker-shutdown-timeout' },
  ),
  idle('IPVS (kube-proxy)', 900, SILENT_DROP, {
    label: 'kubeasz issue 688',
    url: 'https://github.com/easzlab/kubeasz/issues/688',
  }),
  idle('Cisco ASA or FTD firewall', 3600, SILENT_DROP, { label: 'Cisco documentation, timeout conn' }),
  idle('FortiGate firewall', 3600, SILENT_DROP, { label: 'Fortinet documentation, session-ttl' }),
  idle('Palo Alto firewall', 3600, SILENT_DROP, { label: 'common knowledge' }, { certain: false }),
  idle('VMware NSX edge', 7200, SILENT_DROP, { label: 'VMware documentation, established timeout' }),
  idle(
    'kube-proxy conntrack',
    86_400,
    SILENT_DROP,
    { label: 'common knowledge' },
    { certain: false, setting: 'conntrack tcp-timeout-established' },
  ),
  idle(
    'Linux connection tracking',
    432_000,
    SILENT_DROP,
    { label: 'common knowledge' },
    { certain: false, setting: 'nf_conntrack_tcp_timeout_established' },
  ),
]
