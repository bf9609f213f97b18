import { defineApplication } from '#lib/applications/application.ts'
import { privateCodes } from '#lib/applications/private-codes.ts'

export default defineApplication({
  id: 'twitch',
  name: 'Twitch EventSub',
  marks: { message: /^\{"metadata":\{"message_id":"[^"\n]{1,80}","message_type":"session_/ },
  words: [],
  closes: privateCodes.twitch.codes,
  source: 'https://dev.twitch.tv/docs/eventsub/handling-websocket-events/',
})
