/** 401 as nginx's auth_basic or an API gives it, 407 as a forward proxy does. */
import type { BehaviourOf } from '#server/lab/behaviour.ts'
import { nginxAnswer, plainAnswer } from '#server/lab/proxy-pages.ts'

export const unauthorized: BehaviourOf<'unauthorized'> = (_line, { scheme }) => ({
  reply: () => ({ bytes: answers[scheme]() }),
})

const answers = {
  basic: () => nginxAnswer(401, { headers: [['WWW-Authenticate', 'Basic realm="app"']] }),
  bearer: () => plainAnswer(401, 'Unauthorized', [['WWW-Authenticate', 'Bearer realm="app"']]),
  proxy: () =>
    plainAnswer(407, 'Proxy Authentication Required', [['Proxy-Authenticate', 'Basic realm="proxy"']]),
}
