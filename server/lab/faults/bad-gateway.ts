/** What each proxy says when nobody listens where its backend should be. */
import type { BehaviourOf } from '#server/lab/behaviour.ts'
import { apacheAnswer, caddyAnswer, haproxyAnswer, nginxAnswer } from '#server/lab/proxy-pages.ts'

export const badGateway: BehaviourOf<'bad-gateway'> = (_line, { proxy }) => ({
  reply: () => ({ bytes: answers[proxy]() }),
})

const answers = {
  nginx: () => nginxAnswer(502),
  haproxy: () => haproxyAnswer(503),
  apache: () => apacheAnswer(503),
  caddy: () => caddyAnswer(502),
}
