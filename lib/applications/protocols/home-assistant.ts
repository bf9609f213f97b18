import { defineApplication, type Reading } from '#lib/applications/application.ts'
import { objectOf } from '#lib/applications/json.ts'
import type { Fix } from '#lib/text/fix.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

function reads(message: string): Reading | undefined {
  return objectOf(message)?.type === 'auth_invalid'
    ? { means: 'unauthorized', says: sentence`the access token is wrong or was revoked` }
    : undefined
}

export default defineApplication({
  id: 'home-assistant',
  name: 'Home Assistant',
  marks: {
    usual: /\/api\/websocket\/?(?:\?|$)/,
    message: /^\{"type":"auth_(?:required|invalid|ok)"/,
  },
  words: [],
  greets: sentence`auth_required`,
  reads,
  first: {
    name: 'auth',
    patience: [{ seconds: 10, who: 'Home Assistant' }],
    needs: sentence`It holds a long-lived access token of one of your users.`,
  },

  fixes: {
    'authentication-required': () => authentication(),
    'first-message-missing': () => authentication(),
  },

  source: 'https://developers.home-assistant.io/docs/api/websocket/',
})

const authentication = (): Fix => ({
  summary: sentence`Answer auth_required with an auth message that holds a long-lived access token (profile page, Security). Home Assistant waits 10 s for it.`,
  changes: [
    {
      program: 'browser',
      of: 'home-assistant',
      where: sentence`In the page`,
      text: js`socket.send(JSON.stringify({ type: 'auth', access_token: 'YOUR_TOKEN' }))`,
    },
  ],
})
