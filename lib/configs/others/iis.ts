/** IIS with URL Rewrite and Application Request Routing (ARR), and IIS as a server of its own: web.config. */
import { linesWith, type OtherCheck, type OtherFinding } from '#lib/configs/others/finding.ts'
import { setting } from '#lib/text/configurations.ts'
import { sentence } from '#lib/text/foreign.ts'

const REWRITES = /<action\b[^>]{0,300}\btype="Rewrite"[^>]{0,300}\burl="(?:https?|wss?):\/\//i
const EXTENSIONS = /\bHTTP_SEC_WEBSOCKET_EXTENSIONS\b/i
const WEBSOCKET_OFF = /<webSocket\b[^>]{0,200}\benabled="false"/i

export const iis: OtherCheck = (lines) => [
  ...linesWith(lines, WEBSOCKET_OFF).map(
    ({ line }): OtherFinding =>
      // A server behind the module does without IIS’s own WebSocket module, and a reverse proxy does not.
      ({
        rule: 'websocket-disabled',
        severity: lines.some((text) => REWRITES.test(text)) ? 'error' : 'info',
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
