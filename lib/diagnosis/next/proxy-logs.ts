/** Where the programs in front of a server keep what they log, as Debian's packages and systemd set them up. */
import type { Facts } from '#lib/facts/facts.ts'
import type { Code } from '#lib/text/code.ts'
import { shell } from '#lib/text/shell.ts'

const PROXIES: Readonly<Record<string, { name: string; errors?: Code<'shell'> }>> = {
  nginx: { name: 'nginx', errors: shell`tail -n 200 /var/log/nginx/error.log` },
  'ingress-nginx': { name: 'ingress-nginx' },
  apache: { name: 'Apache httpd', errors: shell`tail -n 200 /var/log/apache2/error.log` },
  haproxy: { name: 'HAProxy', errors: shell`journalctl -u haproxy -n 200` },
  caddy: { name: 'Caddy', errors: shell`journalctl -u caddy -n 200` },
  traefik: { name: 'Traefik' },
  envoy: { name: 'Envoy' },
  varnish: { name: 'Varnish' },
  lighttpd: { name: 'lighttpd', errors: shell`tail -n 200 /var/log/lighttpd/error.log` },
  cloudflared: { name: 'cloudflared', errors: shell`journalctl -u cloudflared -n 200` },
  cloudflare: { name: 'Cloudflare' },
}

function known({ proxy, stack }: Facts) {
  return [proxy.kind, ...stack.proxy].flatMap((id) => (id === undefined ? [] : (PROXIES[id] ?? [])))[0]
}

/** The program in front, by its name, where the evidence shows one; else words for whichever it is. */
export const proxyName = (facts: Facts): string => known(facts)?.name ?? 'your proxy or load balancer'

/** Undefined where the program is not known, or has no usual place for its log. */
export const errorLogCommand = (facts: Facts): Code<'shell'> | undefined => known(facts)?.errors
