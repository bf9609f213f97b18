import { headers } from '#lib/configs/nginx/edits/changes.ts'
import { defineRule, written } from '#lib/configs/nginx/rule.ts'
import { nginx } from '#lib/text/configurations.ts'
import { sentence } from '#lib/text/foreign.ts'

export default defineRule({
  id: 'origin-changed',
  cause: 'origin-rewritten',
  site: ({ scope, place, effective: { origin: header } }) => {
    if (!header) return undefined
    const says =
      header.value === ''
        ? sentence`The Origin header is removed: the backend can no longer tell which page opened the WebSocket, and either refuses all of them or none.`
        : sentence`Origin is replaced by ${header.text}: to the backend every page, a hostile one too, looks like that one.`
    return {
      severity: 'warning',
      at: header.by,
      says,
      fix: nginx`# remove this line:\n# ${written(header.by)}`,
      edits: headers(place, scope, [{ name: 'Origin', line: undefined }]),
    }
  },
})
