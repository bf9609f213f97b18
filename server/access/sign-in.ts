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
body { margin: 0; min-height: 100vh; display: grid; place-content: center; justify-items: center; gap: 1rem;
  font: .9375rem/1.5rem Geist, system-ui, sans-serif; background: light-dark(#f5f6f8, #0b0e12); color: light-dark(#12171e, #e7ebf1) }
main { box-sizing: border-box; width: min(25rem, 100vw - 1.5rem); padding: 1.5rem; border-radius: 6px;
  border: 1px solid light-dark(#e2e6ec, #222934); background: light-dark(#fff, #11151b) }
.brand { display: flex; align-items: center; gap: .5rem; margin: 0 0 1.25rem; font-weight: 600 }
.brand svg { color: light-dark(#0a766b, #2fd6bd) }
h1 { font-size: 1.25rem; line-height: 1.75rem; font-weight: 600; margin: 0 0 .25rem }
p { margin: 0; color: light-dark(#4d5867, #a4aebd) }
form { display: grid; gap: .5rem; margin: 1.25rem 0 .75rem }
label { font-weight: 500 }
input, button { font: inherit; box-sizing: border-box; height: 2.75rem; padding: 0 .75rem; border-radius: 6px; border: 1px solid light-dark(#c6cdd6, #333d4b) }
input { background: light-dark(#f5f6f8, #0b0e12); color: inherit }
button { cursor: pointer; border-color: transparent; background: light-dark(#12171e, #e7ebf1); color: light-dark(#f5f6f8, #0b0e12); font-weight: 500 }
button:hover { background: light-dark(#4d5867, #a4aebd) }
:focus-visible { outline: 2px solid light-dark(#2457c5, #8ab4ff); outline-offset: 1px }
.note { padding-top: 1rem; border-top: 1px solid light-dark(#e2e6ec, #222934); font-size: .8125rem; line-height: 1.25rem }
code { font: .75rem 'Geist Mono', ui-monospace, monospace; color: light-dark(#12171e, #e7ebf1) }
[role=alert] { min-height: 1.5rem; color: light-dark(#c62f2b, #ff6b66) }
</style>
<main>
<p class="brand"><svg width="22" height="16" viewBox="0 0 22 16" aria-hidden="true"><path d="M0 9h4.5l2-3.5L9 1l4 14 2.5-6H22" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linejoin="round"/></svg> Why1006</p>
<h1>Sign in to Why1006</h1>
<p>This server asks everyone who is not at its machine for the access token.</p>
<form>
<label for="token">Access token</label>
<input id="token" type="password" autocomplete="current-password" required autofocus>
<button>Sign in</button>
<div role="alert"></div>
</form>
<p class="note">The token is <code>ACCESS_TOKEN</code> in the server’s environment. Without that setting the server makes one up at
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
