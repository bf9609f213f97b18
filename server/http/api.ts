/** `/api/*`: the routes of every part, behind the judgement that the request handler has made already. */
import { getRequestListener, type HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { Problem } from '#lib/api/problem.ts'
import { sentence } from '#lib/text/foreign.ts'
import { failedToAnswer, type HandlerOptions } from '#server/http/handler.ts'
import { reply } from '#server/http/reply.ts'

export type ApiRoutes = Hono<{ Bindings: HttpBindings }>

export function createApi(
  routes: readonly ApiRoutes[],
  failed: HandlerOptions['failed'],
): HandlerOptions['api'] {
  const api: ApiRoutes = new Hono()
  api.use('*', async (context, next) => {
    await next()
    // What a stream has sent already cannot be given another header.
    if (!context.env.outgoing.headersSent) context.header('Cache-Control', 'no-store')
  })
  for (const each of routes) api.route('/', each)
  const answered = api.routes.filter(({ path }) => path.startsWith('/api/'))
  api.notFound((context) => {
    const { method, path: asked } = context.req
    const methods = new Set(answered.filter(({ path }) => fits(path, asked)).map((each) => each.method))
    if (methods.size > 0) {
      const allowed = [...methods].join(', ')
      const problem: Problem = {
        error: 'method_not_allowed',
        message: sentence`${asked} answers ${allowed}, not ${method}.`,
        remedy: `Use ${allowed}.`,
      }
      return reply(context, problem, 405, { Allow: allowed })
    }
    const paths = [...new Set(answered.map(({ path }) => path))]
    return reply(context, { ...noSuchApi, paths }, 404)
  })
  // What else a route throws is the server's own fault.
  api.onError((error, context) => {
    if (error instanceof HTTPException) {
      return reply(context, error.status === 413 ? tooLarge : unanswerable, error.status)
    }
    const { incoming, outgoing } = context.env
    // Who left with half a body sent waits for no answer, and nothing of ours has failed.
    if (incoming.destroyed && !incoming.complete) return RESPONSE_ALREADY_SENT
    failed(error)
    if (!outgoing.headersSent) return reply(context, failedToAnswer, 500)
    // A stream that broke off has no end, which its reader sees.
    outgoing.destroy()
    return RESPONSE_ALREADY_SENT
  })
  const answer = getRequestListener(api.fetch, {
    overrideGlobalObjects: false,
    errorHandler: (error) => {
      throw error
    },
  })
  return (request, response) => {
    // The adapter refuses literals that URLs write otherwise, such as [::ffff:127.0.0.1].
    const host = URL.parse(`http://${request.headers.host}`)?.host
    if (host) request.headers.host = host
    return answer(request, response)
  }
}

const noSuchApi: Problem = {
  error: 'not_found',
  message: 'There is no such API.',
  remedy: 'Ask for one of the paths.',
}

const tooLarge: Problem = {
  error: 'bad_request',
  message: 'The body is too large.',
  remedy: 'Send less at once.',
}

const unanswerable: Problem = {
  error: 'bad_request',
  message: 'The request cannot be answered.',
  remedy: 'Check its method, path and body.',
}

/** Whether a path is of this pattern, whose `:name` stands for one segment. */
function fits(pattern: string, path: string): boolean {
  const segments = path.split('/')
  const wanted = pattern.split('/')
  return (
    wanted.length === segments.length &&
    wanted.every((part, index) => part.startsWith(':') || part === segments[index])
  )
}
