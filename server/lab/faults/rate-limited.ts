/** 429 with Retry-After as applications and gateways answer, or nginx's bare 503. */
import type { BehaviourOf } from '#server/lab/behaviour.ts'
import { nginxAnswer, plainAnswer } from '#server/lab/proxy-pages.ts'

export const rateLimited: BehaviourOf<'rate-limited'> = (
  _line,
  { status, retry_after_seconds: retryAfterSeconds },
) => ({
  reply: () => ({
    bytes:
      status === '503'
        ? nginxAnswer(503)
        : plainAnswer(
            429,
            'Too Many Requests',
            retryAfterSeconds > 0 ? [['Retry-After', String(retryAfterSeconds)]] : [],
          ),
  }),
})
