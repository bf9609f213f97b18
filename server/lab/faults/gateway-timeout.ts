/** What each proxy says when its backend took the request and never answered. */
import type { BehaviourOf } from '#server/lab/behaviour.ts'
import { apacheAnswer, haproxyAnswer, nginxAnswer } from '#server/lab/proxy-pages.ts'

export const gatewayTimeout: BehaviourOf<'gateway-timeout'> = (
  _line,
  { after_seconds: afterSeconds, proxy },
) => ({
  reply: () => ({ afterMs: afterSeconds * 1000, bytes: answers[proxy]() }),
})

const answers = {
  nginx: () => nginxAnswer(504),
  haproxy: () => haproxyAnswer(504),
  apache: () => apacheAnswer(502),
}
