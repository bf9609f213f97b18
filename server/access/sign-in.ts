/** `/sign-in`: the page that asks for the token, and the exchange of the token for a cookie. */
import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Problem } from '#lib/api/problem.ts'
import type { Access } from '#server/access/access.ts'
import { sendAnswer } from '#server/wire/answer.ts'
import { readBody } from '#server/wire/read-body.ts'

export const signInPath = '/sign-in'

const mostBodyBytes = 1024

/**
 * The page needs nothing else of this server. It takes the token from its own fragment, which browsers send to nobody, and
 * a browser that has a session goes on to what it asked for: a link on another site brings no cookie (SameSite=Strict), a
 * step from this page does.
 */
export function sendSignInPage(response: ServerResponse, status: 200 | 401): void {
  const nonce = randomBytes(16).toString('base64')
  response.writeHead(status, {
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'Content-Security-Policy': `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    ...(status === 401 && { 'WWW-Authenticate': 'Bearer realm="Why1006"' }),
  })
  response.end(response.req.method === 'HEAD' ? undefined : pageWith(nonce))
}

/** POST takes `{"token": …}`, DELETE ends the session. */
export async function answerSignIn(
  request: IncomingMessage,
  response: ServerResponse,
  access: Access,
): Promise<void> {
  if (request.method === 'DELETE') return noContent(response, access.signOut(request))
  if (request.method !== 'POST') {
    return sendAnswer(response, { status: 405, body: wrongMethod, headers: { Allow: 'GET, POST, DELETE' } })
  }
  const token = tokenOf(await readBody(request, mostBodyBytes))
  if (token === undefined) return sendAnswer(response, { status: 400, body: noToken })
  const result = access.signIn(request, token)
  if ('cookie' in result) return noContent(response, result.cookie)
  const { status, problem, headers } = result.refusal
  sendAnswer(response, { status, body: problem, headers })
}

function noContent(response: ServerResponse, cookie: string): void {
  response.writeHead(204, { 'Set-Cookie': cookie, 'Cache-Control': 'no-store' }).end()
}

function tokenOf(body: string | undefined): string | undefined {
  try {
    const { token } = JSON.parse(body ?? '')
    return typeof token === 'string' && token !== '' ? token : undefined
  } catch {
    return undefined
  }
}

const wrongMethod: Problem = {
  error: 'method_not_allowed',
  message: '/sign-in answers GET, POST and DELETE.',
  remedy: 'Open it in a browser.',
}

const noToken: Problem = {
  error: 'bad_request',
  message: 'The body has no token.',
  remedy: 'Send {"token": "…"} as JSON.',
}

const pageWith = (nonce: string): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sign in · Why1006</title>
<style nonce="${nonce}">
:root { color-scheme: light dark }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; font: 16px/1.5 system-ui, sans-serif }
main { width: min(26rem, 100vw - 2rem); padding: 1rem 0 }
h1 { font-size: 1.4rem; margin: 0 0 .5rem }
form { display: grid; gap: .75rem; margin: 1.25rem 0 }
label { font-weight: 600 }
input, button { font: inherit; padding: .6rem .75rem; border-radius: .5rem; border: 1px solid #8888 }
button { background: #1f6feb; border-color: #1f6feb; color: #fff; font-weight: 600 }
:focus-visible { outline: 2px solid #1f6feb; outline-offset: 2px }
code { font-size: .9em }
[role=alert] { min-height: 1.5em; color: light-dark(#b42318, #ff9b8f) }
</style>
<main>
<h1>Sign in to Why1006</h1>
<p>This server asks everyone who is not at its machine for the access token.</p>
<form>
<label for="token">Access token</label>
<input id="token" type="password" autocomplete="current-password" required autofocus>
<button>Sign in</button>
<div role="alert"></div>
</form>
<p>The token is <code>ACCESS_TOKEN</code> in the server’s environment. Without that setting the server makes one up at
each start and prints it as a link: look for <code>Sign in at</code> in its output.</p>
<noscript><p>The dashboard needs JavaScript. A program can send the token as <code>Authorization: Bearer …</code>.</p></noscript>
</main>
<script nonce="${nonce}">
const [form, input, alert] = ['form', 'input', '[role=alert]'].map((name) => document.querySelector(name))
const goOn = () => location.replace(location.pathname === '${signInPath}' ? '/' : location.pathname + location.search)
const signIn = async (token) => {
  const response = await fetch('${signInPath}', {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ token })
  }).catch(() => undefined)
  if (response?.ok) return goOn()
  const problem = await response?.json().catch(() => undefined)
  const says = response?.status === 401 ? 'Copy it once more, without anything before or behind it.' : problem?.remedy
  alert.textContent = problem ? problem.message + ' ' + says : 'The server did not answer. Try again.'
}
form.addEventListener('submit', (event) => { event.preventDefault(); signIn(input.value.trim()) })
const brought = location.pathname === '${signInPath}' ? decodeURIComponent(location.hash.slice(1)) : ''
if (brought) {
  history.replaceState(null, '', '${signInPath}')
  signIn(brought)
} else {
  fetch('/api/access').then(({ ok }) => {
    const before = sessionStorage.getItem('went-on')
    sessionStorage.removeItem('went-on')
    if (!ok || before === location.href) return
    sessionStorage.setItem('went-on', location.href)
    goOn()
  }, () => {})
}
</script>
`
