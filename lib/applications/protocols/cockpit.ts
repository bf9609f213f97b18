import { defineApplication, type Reading } from '#lib/applications/application.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

const PROBLEM = /^\n\{"command":"(?:init|close)"[^}]{0,200}"problem":"([\w-]{1,60})"/

/** https://cockpit-project.org/guide/latest/cockpit-channels.html#cockpit-problem */
function reads(message: string): Reading | undefined {
  const problem = PROBLEM.exec(message)?.[1]
  if (problem === undefined) return undefined
  const says = sentence`Cockpit’s problem ${problem}`
  if (/^(?:no-session|access-denied|authentication-failed|authentication-not-supported)$/.test(problem))
    return { means: 'unauthorized', says }
  if (/^(?:no-host|no-cockpit|unknown-host|terminated|disconnected|timeout)$/.test(problem))
    return { means: 'backend-refused', says }
  return problem === 'not-supported' ? { means: 'application-protocol', says } : { means: 'forbidden', says }
}

export default defineApplication({
  id: 'cockpit',
  name: 'Cockpit',
  marks: {
    subprotocols: ['cockpit1'],
    address: /\/cockpit(?:\+[\w=@.-]{1,100})?\/socket\b/,
    message: /^\n\{"command":"init"/,
  },
  words: [],
  reads,
  closes: [
    {
      from: 1001,
      to: 1001,
      reason: /^no-session$/,
      says: 'no session: this cookie is not signed in',
      means: 'unauthorized',
      source: 'https://cockpit-project.org/guide/latest/cockpit-channels.html#cockpit-problem',
      certain: true,
    },
  ],
  first: {
    name: 'init',
    patience: [],
    needs: sentence`It needs the cookie of a session that was opened at /cockpit/login.`,
  },

  fixes: {
    'authentication-required': () => ({
      summary: sentence`Sign in first. Cockpit sets a cookie at /cockpit/login, and the handshake must carry it. “no-session” does not mean a restart, so reconnecting does not help.`,
      changes: [
        {
          program: 'browser',
          of: 'cockpit',
          where: sentence`In the page, on Cockpit’s own host`,
          text: js`await fetch('/cockpit/login', { headers: { Authorization: 'Basic ' + btoa('YOUR_USER:YOUR_PASSWORD') } })`,
        },
      ],
    }),
    'origin-rejected': ({ origin }) => ({
      summary: sentence`Cockpit takes pages of its own address only. Behind a proxy, name the outer address in cockpit.conf: Origins under [WebService].`,
      changes: [
        {
          program: 'node',
          of: 'cockpit',
          where: sentence`/etc/cockpit/cockpit.conf, [WebService]: Origins is this value`,
          text: js`${js.string(origin)}`,
        },
      ],
    }),
  },

  source: 'https://cockpit-project.org/guide/latest/cockpit.conf.5.html',
})
