import { locationName } from '#lib/configs/nginx/location-name.ts'
import { backendOf } from '#lib/configs/nginx/meant.ts'
import { defineRule, describePlace } from '#lib/configs/nginx/rule.ts'

const settings = (backend: string): string[] => [
  `proxy_pass ${backend};`,
  'proxy_http_version 1.1;',
  'proxy_set_header Upgrade $http_upgrade;',
  'proxy_set_header Connection "upgrade";',
  'proxy_set_header Host $host;',
  'proxy_read_timeout 1h;',
]

export default defineRule({
  id: 'path-not-proxied',
  cause: 'path-not-found',
  route: ({ path, server, answer, written }) => {
    if (answer.kind !== 'other' || written) return undefined
    const uri = path.split('?')[0] ?? path
    const { place } = answer
    const isOwn = place.name === 'location' && locationName(place.args)?.text === uri
    const lines = settings(backendOf(server))
    const fix = isOwn ? lines : [`location ${uri} {`, ...lines.map((line) => `    ${line}`), '}']
    return {
      severity: 'error',
      at: answer.by,
      says: `No proxy_pass takes ${path}: in ${describePlace(place)} the request is ${answer.what}, and no 101 comes back.`,
      fix: fix.join('\n'),
    }
  },
})
