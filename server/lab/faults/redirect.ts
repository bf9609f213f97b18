/** nginx's redirects: to https, to the path with a slash, to a login page. */
import type { BehaviourOf } from '#server/lab/behaviour.ts'
import { nginxAnswer } from '#server/lab/proxy-pages.ts'
import { headerOf } from '#server/wire/http-head.ts'

export const redirect: BehaviourOf<'redirect'> = (_line, { to }) => ({
  reply: ({ headers, target }) => {
    const host = headerOf(headers, 'host') ?? 'localhost'
    const [path = '/', query] = target.split('?', 2)
    const search = query === undefined ? '' : `?${query}`
    const location = {
      https: `https://${host.replace(/:\d+$/, '')}${target}`,
      slash: `http://${host}${path}/${search}`,
      login: `http://${host}/login`,
    }[to]
    return { bytes: nginxAnswer(to === 'login' ? 302 : 301, { headers: [['Location', location]] }) }
  },
})
