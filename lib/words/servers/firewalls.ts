/** Web application firewalls in nginx, Caddy and Envoy; ModSecurity’s line is among those of Apache. */
import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const coraza = 'https://github.com/corazawaf/coraza/blob/main/internal/corazarules/rule_match.go'
const naxsi = 'https://github.com/wargio/naxsi/blob/main/docs/runtime.md'
const crowdsec = 'https://github.com/crowdsecurity/cs-openresty-bouncer'

export default defineProgram({
  id: 'firewalls',
  name: 'Coraza, NAXSI and CrowdSec',
  side: 'proxy',
  phrases: [
    ...phrasesOf(coraza, [
      {
        id: 'coraza',
        needle: 'Coraza: Access denied',
        pattern: /\bCoraza: Access denied \(phase \d\)/,
        said: { means: 'forbidden', status: 403 },
        example: 'Coraza: Access denied (phase 2). Inbound Anomaly Score Exceeded [id "949110"] [uri "/ws"]',
        explains: 'A rule of Coraza refused the request. The line has its id.',
        fix: 'Coraza refused it, not your server. Find the rules that matched this request in its audit log, and exclude them for this path alone: ctl:ruleRemoveById in a rule on REQUEST_URI.',
      },
    ]),
    ...phrasesOf(naxsi, [
      {
        id: 'naxsi',
        needle: 'NAXSI_FMT: ',
        // In learning mode it lets pass what it logs.
        pattern: /\bNAXSI_FMT: (?![^\n]{0,400}&(?:learning=1|config=learning))/,
        said: { means: 'forbidden', status: 403 },
        example:
          'NAXSI_FMT: ip=192.0.2.9&server=chat.example&uri=/ws&config=block&rid=1f&cscore0=$SQL&score0=8&zone0=ARGS&id0=1015&var_name0=token',
        explains: 'A rule of NAXSI in nginx refused the request. id0 is the rule, zone0 where it matched.',
        fix: 'NAXSI in nginx refused it, not your server. Write a BasicRule with wl: and the id0 of its line for this path and zone0.',
      },
    ]),
    ...phrasesOf(crowdsec, [
      {
        id: 'crowdsec',
        needle: '[Crowdsec] denied',
        pattern: /\[Crowdsec\] denied '[^'\n]{1,60}' with '(?:ban|captcha)'/i,
        said: { means: 'forbidden', status: 403 },
        example: "[Crowdsec] denied '192.0.2.9' with 'ban' (by bouncer)",
        explains: 'CrowdSec has this client’s address on its list.',
        fix: 'CrowdSec refused this client’s address, not your server. See why with cscli decisions list --ip, and take it off with cscli decisions delete --ip. An allowlist keeps it off.',
      },
    ]),
  ],
})
