import { backendOf } from '#lib/configs/nginx/meant.ts'
import { defineRule, describePlace, missed } from '#lib/configs/nginx/rule.ts'
import { locationName } from '#lib/configs/nginx/syntax/location-name.ts'
import { type Code, joined } from '#lib/text/code.ts'
import { nginx } from '#lib/text/configurations.ts'
import { sentence } from '#lib/text/foreign.ts'

const settings = (backend: string): Code<'nginx'>[] => [
  nginx`proxy_pass ${nginx.argument(backend)};`,
  nginx`proxy_http_version 1.1;`,
  nginx`proxy_set_header Upgrade $http_upgrade;`,
  nginx`proxy_set_header Connection "upgrade";`,
  nginx`proxy_set_header Host $host;`,
  nginx`proxy_read_timeout 1h;`,
]

export default defineRule({
  id: 'path-not-proxied',
  cause: 'path-not-found',
  route: (route) => {
    const { path, server, answer, written } = route
    if (answer.kind !== 'other' || written) return undefined
    const uri = path.split('?')[0] ?? path
    const { place } = answer
    const isOwn = place.name === 'location' && locationName(place.args)?.text === uri
    const lines = settings(backendOf(server))
    const fix = isOwn
      ? lines
      : [nginx`location ${nginx.word(uri)} {`, ...lines.map((line) => nginx`    ${line}`), nginx`}`]
    return missed(route, {
      severity: 'error',
      at: answer.by,
      says: sentence`No proxy_pass takes ${path}: in ${describePlace(place)} the request is ${answer.what}, and no 101 comes back.`,
      fix: joined(fix, '\n'),
    })
  },
})
