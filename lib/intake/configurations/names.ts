const NAMES: Readonly<Record<string, string>> = {
  apache: 'Apache httpd',
  haproxy: 'HAProxy',
  caddy: 'Caddy',
  traefik: 'Traefik',
  envoy: 'Envoy',
  kubernetes: 'Kubernetes',
  compose: 'Docker Compose',
  varnish: 'Varnish',
  apisix: 'APISIX',
  kong: 'Kong',
  iis: 'IIS',
  squid: 'Squid',
}

/** As its makers write it. */
export const nameOfProgram = (program: string): string => NAMES[program] ?? program
