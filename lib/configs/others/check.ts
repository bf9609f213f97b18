/** What stands against WebSockets in a configuration of HAProxy, Apache httpd, Caddy, Traefik, Envoy, an Ingress, APISIX, Kong, IIS or Squid. */
import { apache } from '#lib/configs/others/apache.ts'
import { caddy } from '#lib/configs/others/caddy.ts'
import { envoy } from '#lib/configs/others/envoy.ts'
import type { OtherCheck, OtherFinding } from '#lib/configs/others/finding.ts'
import { apisix, kong } from '#lib/configs/others/gateways.ts'
import { haproxy } from '#lib/configs/others/haproxy.ts'
import { iis } from '#lib/configs/others/iis.ts'
import { kubernetes } from '#lib/configs/others/kubernetes.ts'
import { squid } from '#lib/configs/others/squid.ts'
import { traefik } from '#lib/configs/others/traefik.ts'

const CHECKS: Readonly<Record<string, OtherCheck>> = {
  haproxy,
  apache,
  httpd: apache,
  apache2: apache,
  caddy,
  traefik,
  envoy,
  kubernetes,
  apisix,
  kong,
  iis,
  squid,
}

/** More of them say no more. */
const MOST_FINDINGS = 100

/** Whether there are rules for the program. */
export const isChecked = (program: string): boolean => Object.hasOwn(CHECKS, program)

/** In the order of the lines. Empty for a program without rules. */
export function checkOther(program: string, config: string): OtherFinding[] {
  const check = isChecked(program) ? CHECKS[program] : undefined
  const found = check?.(config.split(/\r?\n/)) ?? []
  return found.toSorted((a, b) => a.line - b.line).slice(0, MOST_FINDINGS)
}
