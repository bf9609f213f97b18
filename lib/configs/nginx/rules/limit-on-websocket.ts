import { evaluate } from '#lib/configs/nginx/routing/evaluate.ts'
import { defineRule, type Found, type Site } from '#lib/configs/nginx/rule.ts'
import { isOpen } from '#lib/configs/nginx/syntax/placeholders.ts'
import { inherited, inheritedList, type Scope } from '#lib/configs/nginx/syntax/scope.ts'
import type { Directive } from '#lib/configs/nginx/syntax/tree.ts'
import { nginx } from '#lib/text/configurations.ts'
import { sentence } from '#lib/text/foreign.ts'

/** Handshakes at once that tabs behind one address easily make. */
const MANY_HANDSHAKES = 10
/** Sockets at once that the users behind one address easily keep. */
const MANY_SOCKETS = 20
/** A browser gives a handshake up long before it has waited for a minute. */
const LONGEST_DELAY_SECONDS = 10

export default defineRule({
  id: 'limit-on-websocket',
  cause: 'rate-limited',
  site: (site) => connections(site) ?? requests(site),
})

const option = (args: readonly string[], name: string): string | undefined =>
  args.find((arg) => arg.startsWith(`${name}=`))?.slice(name.length + 1)

function zoneOf(scope: Scope, directive: string, name: string | undefined): Directive | undefined {
  let http = scope
  while (http.parent) http = http.parent
  return http.block.block?.find(
    (each) => each.name === directive && option(each.args, 'zone')?.split(':')[0] === name,
  )
}

/** Requests with an empty key are not limited. */
const applies = ({ scope, handshake }: Site, zone: Directive | undefined): boolean =>
  zone === undefined || evaluate(zone.args[0] ?? '', handshake, scope) !== ''

const dryRun = (scope: Scope, name: string): boolean => inherited(scope, name)?.args[0] === 'on'

function connections(site: Site): Found | undefined {
  const { scope } = site
  if (dryRun(scope, 'limit_conn_dry_run')) return undefined
  for (const at of inheritedList(scope, 'limit_conn')) {
    const [name, count = ''] = at.args
    if (isOpen(at) || !applies(site, zoneOf(scope, 'limit_conn_zone', name))) continue
    const most = Number(count)
    return {
      severity: most <= MANY_SOCKETS ? 'warning' : 'info',
      at,
      says: sentence`A WebSocket counts against limit_conn for as long as it is open: number ${most + 1} of one key is refused with 503.`,
      fix: nginx`# as many as one key may keep open:\nlimit_conn ${nginx.argument(name ?? '')} YOUR_CONNECTIONS;`,
    }
  }
  return undefined
}

const perSecond = (rate: string): number => Number.parseInt(rate, 10) / (rate.endsWith('/m') ? 60 : 1)

function requests(site: Site): Found | undefined {
  const { scope } = site
  if (dryRun(scope, 'limit_req_dry_run')) return undefined
  for (const at of inheritedList(scope, 'limit_req')) {
    const name = option(at.args, 'zone')
    const zone = zoneOf(scope, 'limit_req_zone', name)
    if (isOpen(at) || isOpen(zone) || !applies(site, zone)) continue
    // A part of a configuration names zones that another part defines.
    const rate = zone && (option(zone.args, 'rate') ?? '1r/s')
    const burst = Number(option(at.args, 'burst') ?? 0)
    const delays = rate && !at.args.includes('nodelay') && burst / perSecond(rate) > LONGEST_DELAY_SECONDS
    const few = burst + 1 < MANY_HANDSHAKES
    return {
      severity: few || delays ? 'warning' : 'info',
      at,
      says: sentence`Every reconnect is a request against ${rate ?? `the rate of zone ${name}`} with a burst of ${burst}: when a network comes back, handshakes beyond that are ${few ? 'refused with 503' : 'held back or refused with 503'}.`,
      fix: nginx`# as many as come back at once:\nlimit_req ${nginx.argument(`zone=${name}`)} burst=YOUR_BURST nodelay;`,
    }
  }
  return undefined
}
