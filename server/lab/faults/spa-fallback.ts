/** nginx with `try_files $uri /index.html` and no location for the socket's path. */
import type { BehaviourOf } from '#server/lab/behaviour.ts'
import { nginxAnswer } from '#server/lab/proxy-pages.ts'

export const spaFallback: BehaviourOf<'spa-fallback'> = () => ({
  reply: () => ({ bytes: nginxAnswer(200, { body: page }) }),
})

const page = '<!doctype html><html><head><title>app</title></head><body><div id="root"></div></body></html>\n'
