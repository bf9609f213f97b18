import { defineRule } from '#lib/configs/nginx/rule.ts'

export default defineRule({
  id: 'origin-changed',
  cause: 'origin-rewritten',
  site: ({ effective: { origin: header } }) => {
    if (!header) return undefined
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
