import { sentHeader } from '#lib/configs/nginx/effective.ts'
import { defineRule } from '#lib/configs/nginx/rule.ts'

/** An origin that no server of the configuration has by chance. */
const FOREIGN = 'https://page.invalid'

export default defineRule({
  id: 'origin-changed',
  cause: 'origin-rewritten',
  site: ({ scope, handshake }) => {
    const foreign = { ...handshake, headers: { ...handshake.headers, origin: FOREIGN } }
    const header = sentHeader(scope, 'origin', foreign)
    if (!header || header.value === FOREIGN) return undefined
    const says =
      header.value === ''
        ? 'The Origin header is removed: the backend can no longer tell which page opened the WebSocket, and either refuses all of them or none.'
        : `Origin is replaced by ${header.text}: to the backend every page, a hostile one too, looks like that one.`
    return {
      severity: 'warning',
      at: header.by,
      says,
      fix: `# remove this line:\n# proxy_set_header Origin ${JSON.stringify(header.text)};`,
    }
  },
})
