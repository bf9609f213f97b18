/**
 * When it happens, as a person tells it: “only in a background tab”, “when my phone is locked”, “after switching from
 * Wi-Fi to LTE”. Each names what the client’s own side did; people also see what is not there, so it proves nothing.
 */
import type { Meaning, Said } from '#lib/words/meaning.ts'

/** Longer paragraphs tell of more than one thing. */
const LONGEST = 400

const ENDS =
  /\b(?:disconnect\w{0,4}|drop(?:s|ped|ping)?|clos(?:e|es|ed|ing)|los(?:e|es|t|ing)|dies|died|dead|stops?|stopped|happens?|happened|occurs?|fails?|breaks?|errors?|1006|gone|reconnect\w{0,3}|freez\w{1,3}|timed? ?outs?|times out)\b/i
const WHEN = /\b(?:when(?:ever)?|after|if|once|while|as soon as|every time|each time|only|until)\b/i
/** What happens was told before. */
const ONLY = /\bonly (?:when|if|in|after|while|with)\b/i
/** It was tried, and makes no difference. */
const NOT_SO =
  /\b(?:not|n[’']t|never|no matter|regardless|whether|also|even) (?:only |just )?(?:when|if|while|after|in|the|a|happen\w*)\b/i
/** What programs write has values, paths and levels. */
const PROGRAMS = /[={}<>|\\]|:\/\/|\b(?:error|warn|info|debug|exception):|\d:\d\d/i

const APP = /\b(?:apps?|phones?|mobile|ios|android|iphones?|ipads?|devices?)\b/i

/** What keeps a client from reading, as a person tells of it. */
const BUSY =
  /\b(?:block(?:s|ed|ing)?|heavy|cpu[- ]?(?:bound|intensive|heavy)|long[- ]running|synchronous)\b.{0,60}\b(?:event ?loop|main thread|same thread|asyncio|ui thread|loop)\b/i
const DEPLOYED =
  /\b(?:when(?:ever)?|after|every time|each time|on (?:every|each)|during|as soon as)\b.{0,30}\b(?:(?:re)?deploy\w{0,4}|rollouts?|roll out|releas\w{1,3}|restart\w{0,3} (?:the |my |our )?(?:server|service|pod|app|backend))\b/i

/** “All sockets drop whenever we reload caddy”, “every time we run nginx -s reload”. */
const PROXY_RELOADED =
  /\b(?:when(?:ever)?|after|every time|each time|on (?:every|each)|during|as soon as)\b.{0,40}(?:\b(?:re-?load|restart)\w{0,3}\b.{0,20}\b(?:nginx|caddy|haproxy|apache|traefik|envoy)\b|\b(?:nginx|caddy|haproxy|apache|httpd|traefik|envoy)\b.{0,20}\b(?:re-?load|restart)\w{0,3}\b)/i

/** What was deployed is not what holds the connection. */
const OF_ANOTHER =
  /\b(?:different|unrelated|another|other) (?:apps?|services?|deployments?|projects?|teams?|namespaces?)\b|\b(?:not|n[’']t|never) restart|\brestarts:? 0\b/i

const RULES: readonly { readonly words: RegExp; readonly means: Meaning; readonly ofApp?: Meaning }[] = [
  {
    words:
      /\b(?:goes|going|go|falls|went|put|is put|closing|closed|close) (?:in)?to (?:sleep|stand-?by|hibernat\w{2,4})\b|\b(?:sleep(?:s|ing)?|asleep|hibernat\w{1,4}|stand-?by|wak(?:e|es|ing)(?: up)?|woken|resum(?:e|es|ed|ing) from)\b.{0,40}|\b(?:screen|phone|device|computer|laptop|ipad|iphone|mac\w{0,4})\b.{0,20}\b(?:lock(?:s|ed)?|sleeps?|wakes?|turned off|switche[sd] off|off)\b|\b(?:un)?lock(?:s|ed|ing)? (?:the |my |their |a )?(?:screen|phone|device|computer|laptop|ipad|iphone)\b|\blid\b/i,
    means: 'suspended',
  },
  {
    words:
      /\b(?:tabs?|page|window|browser|apps?)\b.{0,40}\b(?:background(?:ed)?|inactive|hidden|minimi[sz]ed|unfocused|not (?:in )?(?:focus|focused|visible|active)|loses focus|out of focus)\b|\b(?:background(?:ed)?|inactive|hidden|minimi[sz]ed|unfocused) (?:tabs?|windows?|apps?|pages?)\b|\bswitch\w{0,3} (?:to another|to a different|between|away from the|the|browser) ?tabs?\b|\bminimi[sz]\w{1,3} (?:the |my )?(?:browser|window|app|tab)\b/i,
    means: 'stalled',
    ofApp: 'suspended',
  },
  {
    words:
      /\b(?:switch|chang|mov|roam|hand|go|connect)\w{0,4}\b.{0,20}\b(?:from|between|to|over|off|the) (?:the |my |another |a different )?(?:wi-?fi|wlan|lte|[345]g|mobile data|cellular|networks?|vpn|ethernet)\b|\bvpn (?:connects|disconnects|reconnects|comes up|goes down)\b|\b(?:network|ip(?: address)?|access point) (?:is |was |gets )?(?:changes|changed|switches|switched)\b/i,
    means: 'network-changed',
  },
]

/** Whether what was said is of the client’s own side. */
export const isOfClientAlone = ({ means }: Said): boolean =>
  means === 'page-left' ||
  means === 'shutting-down' ||
  RULES.some((rule) => rule.means === means || rule.ofApp === means)

/** A page that is loaded again, and no proxy or server that is. */
const RELOADED =
  /\b(?:on|after|at|with|during|when(?:ever)?|if)\b(?: (?:I|you|we|the|a|each|every|any|page|user|users|tab|browser)){0,3} (?:page )?(?:re-?load(?:s|ing|ed)?|refresh(?:es|ing|ed)?|navigat(?:e|es|ing|ion)(?: away)?|leav(?:e|es|ing) the page|clos(?:e|es|ing) the tab)\b(?! (?:of )?(?:the )?(?:nginx|server|proxy|config\w*|service|daemon|apache|haproxy|caddy|token|code))|\bF5\b/i
const OF_PROXY = /\b(?:nginx|haproxy|apache|caddy|traefik|envoy|systemctl|deploy\w*|hot reload)\b/i

/** It is a proxy that ends, and no server behind it. */
export const isOfReload = (line: string): boolean => PROXY_RELOADED.test(line)

/** Undefined where a line tells of no such thing, or a program wrote it. */
export function circumstanceIn(line: string): Said | undefined {
  if (line.length > LONGEST || PROGRAMS.test(line) || NOT_SO.test(line)) return undefined
  if (RELOADED.test(line) && !OF_PROXY.test(line)) return { means: 'page-left', unsure: true }
  if (PROXY_RELOADED.test(line) && ENDS.test(line)) return { means: 'shutting-down', unsure: true }
  if (BUSY.test(line)) return { means: 'stalled', unsure: true }
  if (DEPLOYED.test(line) && ENDS.test(line) && !OF_ANOTHER.test(line))
    return { means: 'shutting-down', unsure: true }
  if (!ONLY.test(line) && !(WHEN.test(line) && ENDS.test(line))) return undefined
  const rule = RULES.find(({ words }) => words.test(line))
  if (rule === undefined) return undefined
  const means = rule.ofApp !== undefined && APP.test(line) ? rule.ofApp : rule.means
  return { means, unsure: true }
}
