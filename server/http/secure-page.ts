/** `POST /api/secure-page`: this server's pages over https too, on a second port of this machine. */
import { Hono } from 'hono'
import type { Problem } from '#lib/api/problem.ts'
import type { SecurePage as Answer } from '#lib/api/secure-page.ts'
import type { Access } from '#server/access/access.ts'
import type { ApiRoutes } from '#server/http/api.ts'
import { reply } from '#server/http/reply.ts'
import type { SecurePage } from '#server/http/secure-listener.ts'
import { ListenError } from '#server/wire/listen.ts'

export function createSecurePageRoutes(
  securePage: Pick<SecurePage, 'open'>,
  access: Pick<Access, 'callerOf'>,
): ApiRoutes {
  const routes: ApiRoutes = new Hono()
  routes.post('/api/secure-page', async (context) => {
    // Through a proxy the second port could not be reached anyway.
    if (access.callerOf(context.env.incoming) === 'remote') {
      return reply(context, elsewhere, 403)
    }
    try {
      const { origin, certificate, idleSeconds } = await securePage.open()
      const answer: Answer = { origin, certificate, idle_seconds: idleSeconds }
      return reply(context, answer, 201)
    } catch (error) {
      if (!(error instanceof ListenError)) throw error
      const problem: Problem = { error: 'no_port', message: error.message, remedy: 'Try again.' }
      return reply(context, problem, 503)
    }
  })
  return routes
}

const elsewhere: Problem = {
  error: 'not_local',
  message: 'The https page is for browsers on the machine of the server: its port listens on loopback alone.',
  remedy: 'Open this page at http://localhost on that machine, or look at the recording.',
}
