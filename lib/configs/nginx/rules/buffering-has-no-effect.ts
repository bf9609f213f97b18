import { defineRule, written } from '#lib/configs/nginx/rule.ts'
import { children } from '#lib/configs/nginx/syntax/scope.ts'
import { nginx } from '#lib/text/configurations.ts'
import { sentence } from '#lib/text/foreign.ts'

export default defineRule({
  id: 'buffering-has-no-effect',
  cause: null,
  site: ({ place }) => {
    const [at] = children(place, 'proxy_buffering')
    if (!at) return undefined
    return {
      severity: 'info',
      at,
      says: sentence`proxy_buffering has no effect on WebSockets: nginx leaves its buffers out once the connection is upgraded. It matters only for plain responses of this location, such as server-sent events.`,
      fix: nginx`# may be removed:\n# ${written(at)}`,
      edits: [{ kind: 'replace', directive: at, lines: [] }],
    }
  },
})
