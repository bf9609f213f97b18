/** IIS with URL Rewrite and Application Request Routing (ARR), and IIS as a server of its own: web.config. */
import { LONGEST_LINE, linesWith, type OtherCheck, type OtherFinding } from '#lib/configs/others/finding.ts'
import { setting } from '#lib/text/configurations.ts'
import { sentence } from '#lib/text/foreign.ts'

const REWRITES = /<action\b[^>]{0,300}\btype="Rewrite"[^>]{0,300}\burl="(?:https?|wss?):\/\//i
const EXTENSIONS = /\bHTTP_SEC_WEBSOCKET_EXTENSIONS\b/i
/** What IIS hands WebSockets on to by its own module, which has to be on. */
const NEEDS_MODULE = /\b(?:AspNetCoreModule(?:V2)?|httpPlatformHandler)\b|<aspNetCore\b/i
const NEEDS_IT_OFF = /\biisnode\b/i
const WEBSOCKET_OFF = /<webSocket\b[^>]{0,200}\benabled="false"/i

function severityOfOff(lines: readonly string[]): OtherFinding['severity'] {
  const has = (pattern: RegExp) => lines.some((text) => text.length <= LONGEST_LINE && pattern.test(text))
  if (has(REWRITES)) return 'error'
  return has(NEEDS_MODULE) && !has(NEEDS_IT_OFF) ? 'error' : 'info'
}

export const iis: OtherCheck = (lines) => [
  ...linesWith(lines, WEBSOCKET_OFF).map(
    ({ line }): OtherFinding =>
      // A server behind the module does without IIS’s own WebSocket module, and a reverse proxy does not.
      ({
        rule: 'websocket-disabled',
        severity: severityOfOff(lines),
        line,
        cause: 'server-without-websocket',
        says: sentence`WebSocket is switched off for this site. Node servers behind iisnode need that, everything else needs it on.`,
        change: {
          program: 'application',
          of: 'iis',
          where: sentence`web.config, system.webServer, with the Windows feature WebSocket Protocol installed`,
          text: setting`<webSocket enabled="true" />`,
        },
      }),
  ),
  ...(lines.some((text) => EXTENSIONS.test(text))
    ? []
    : linesWith(lines, REWRITES)
        .slice(0, 1)
        .map(
          ({ line }): OtherFinding => ({
            rule: 'extensions-passed-on',
            severity: 'info',
            line,
            cause: 'compression-error',
            says: sentence`ARR passes Sec-WebSocket-Extensions on and cannot relay compressed frames: where client and backend agree on permessage-deflate, the first message ends the connection.`,
            change: {
              program: 'application',
              of: 'iis',
              where: sentence`web.config, the rule of the WebSocket, with HTTP_SEC_WEBSOCKET_EXTENSIONS among the allowed server variables`,
              text: setting`<serverVariables><set name="HTTP_SEC_WEBSOCKET_EXTENSIONS" value="" /></serverVariables>`,
            },
          }),
        )),
]
