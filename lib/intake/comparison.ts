/**
 * A person's own comparison in a line of prose: “works on my phone”, “same error in Firefox”, “only happens at the
 * office”. What differs there is this client: a browser, a machine, a network, or what runs beside them. That it works
 * without a proxy or on localhost compares servers, and is none.
 */

export type Comparison = { readonly what: string; readonly outcome: 'opens' | 'same' }

const LONGEST = 300

const BROWSER =
  '(?:google )?chrom(?:e|ium)|firefox|safari|(?:ms |microsoft )?edge|opera|brave|vivaldi|(?:other|another|different|all|every|any) browsers?|incognito|private (?:window|mode|browsing|tab)|inprivate'
const MACHINE =
  '(?:i|android |smart|mobile )?phones?|mobile|ipad|android|ios|tablet|laptops?|pcs?|computers?|desktop|mac(?:book|os)?|(?:windows|linux|ubuntu)(?: \\d\\d)?|devices?|machines?|colleagues?|coworkers?|friends?'
const NETWORK =
  'mobile data|cellular|hotspot|tether\\w*|lte|[345]g|wi-?fi|(?:at|from|my) home|office|(?:at|from) work|(?:another|other|different|own|any) networks?|vpn|ethernet|another (?:internet )?connection'
const GUARD =
  'anti-?virus|vpn|(?:icloud )?private relay|extensions?|add-?ons?|ad-?block\\w*|ublock\\w*|firewall|web (?:filter|shield)|eset|nod32|kaspersky|avast|avg|norton|mcafee|bitdefender|sophos|zscaler|netskope|defender|corporate proxy|company proxy'

const OBJECT = new RegExp(`\\b(?:(${GUARD})|(${BROWSER})|(${NETWORK})|(${MACHINE}))\\b`, 'i')

/** What compares something else than this client. */
const NO_CLIENT =
  /\b(?:localhost|locally|local(?: (?:machine|server|dev\w*|env\w*|network))?|127\.0\.0\.1|my (?:own )?machine|dev(?:elopment)?|staging|production|prod|direct(?:ly)?|bypass\w*|nginx|haproxy|apache|caddy|traefik|envoy|cloudflare|load balancer|reverse proxy|ingress|curl|wscat|websocat|postman|insomnia|http|https|polling|port|server)\b/i

const WORKS =
  /\b(?:works|(?:it|they|all|both|does|do|will|would|to) work|work(?=[.,;]|$)|is working|worked|working (?:fine|well|ok(?:ay)?|properly|correctly)|opens|connects|connected|(?:is|are|was|all) (?:fine|ok(?:ay)?|good)|no (?:such )?(?:errors?|problems?|issues?)|(?:does|do|did)(?:n[’']t| not) (?:happen|occur|fail|appear|show|reproduce)|can(?:[’']t|not) reproduce|goes away|disappears?|fixed (?:it|by)|solved (?:it|by))\b/i
const FAILS =
  /\b(?:same|identical)\b.{0,30}\b(?:errors?|problems?|issues?|things?|behaviou?r|results?|happens?|fails?|on|in|with)\b|\b(?:also|too|as well|both|all|every|any)\b.{0,40}\b(?:fails?|happens?|broken|drops?|closes?|disconnects?)\b|\b(?:fails?|happens?|broken|drops?|closes?|disconnects?|occurs?)\b.{0,60}\b(?:too|as well|also|both|all|every)\b/i
const ONLY =
  /\bonly (?:happens?|fails?|occurs?|breaks?|drops?|affects?|seen|an issue|a problem|broken|in|on|with|at|from)\b|\b(?:happens?|fails?|occurs?|breaks?|drops?|disconnects?) only\b/i
const NEGATED =
  /\b(?:not|never|n[’']t|no longer|nowhere|neither|stops?|stopped) (?:work\w*|connect\w*|open\w*)|\bdoes(?:n[’']t| not) work\b/i
/** Where one thing works and another does not, the part that works is looked at. */
const BUT =
  /,? (?:but|while|whereas|though|although|however)\b|[;.] |, (?=(?:at|on|in|from|with|over|via|without|everywhere|elsewhere)\b)/i

/** A person writes words; programs write addresses, values and errors. */
const NOT_PROSE =
  /:\/\/|[={}<>|\\]|\w: \w[\w ]{0,30}: |\d:\d\d|\b(?:error|exception|refused|panic|debug|info|warn):|^\S{1,40}\.\w{1,5}:\d/i

/** What both ends may leave out, and what it is called where it was. */
export const COMPRESSION_OFF = 'compression switched off'

export const HTTP2_OFF = 'HTTP/2 switched off'

/** Longest paragraph whose sentences are looked at. */
const LONGEST_PARAGRAPH = 2000
const WITHOUT_COMPRESSION =
  /\bwithout\b[^.;]{0,40}\b(?:per-?message-?deflate|(?:web-?socket|ws) compression|sec-websocket-extensions)\b|\b(?:disabl\w{1,3}|remov\w{1,3}|turn\w{0,3} off|switch\w{0,3} off|strip\w{0,4}|unset\w{0,4})\b[^.;]{0,60}\b(?:per-?message-?deflate|deflate|(?:web-?socket |ws )?compression|sec-websocket-extensions)\b|(?:per_?-?message_?-?deflate|compression)["'`]{0,2} ?(?:[=:]|to) ?["'`]?(?:false|none|off|0|disabled|null)\b|\bcompression (?:is )?(?:switched |turned )?(?:off|disabled)\b/i
const CURED =
  /\b(?:stays? (?:open|connected|up|alive)|(?:does|do|is|are)(?:n[’']t| not) (?:drop\w*|clos\w*|disconnect\w*|happen\w*)|works?|worked|working|fixe[sd]|solve[sd]|resolve[sd]|goes away|went away|disappear\w*|no more|no longer (?:drops?|closes?|fails?|happens?))\b/i
const NOT_CURED =
  /\b(?:still|did ?n[’']t|does ?n[’']t|did not|does not|no) (?:fail\w*|happen\w*|drop\w*|clos\w*|work\w*|help\w*|fix\w*|solve\w*|change\w*|disconnect\w*|difference|effect|luck)\b|\bbreaks?\b/i

const WITHOUT_HTTP2 =
  /\bwithout\b[^.;]{0,40}\b(?:http\/?2|h2|alpn)\b|\b(?:disabl\w{1,3}|remov\w{1,3}|turn\w{0,3} off|switch\w{0,3} off|dropp?\w{0,3})\b[^.;]{0,40}\b(?:http\/?2|h2)\b|\b(?:http\/?2|h2) (?:is )?(?:switched |turned )?(?:off|disabled)\b|\b(?:over|with|using|forc\w{1,3}|only) http\/?1\.1\b/i

/** What may be switched off at both ends, and the words for it. */
const SWITCHES = [
  { what: COMPRESSION_OFF, about: /deflate|compression|websocket-extensions/i, words: WITHOUT_COMPRESSION },
  { what: HTTP2_OFF, about: /http\/?2|\bh2\b|http\/?1\.1/i, words: WITHOUT_HTTP2 },
]

/** “With permessage-deflate off the socket stays open”: in one of the sentences, whatever else the paragraph tells. */
function switchedOff(line: string): Comparison | undefined {
  if (line.length > LONGEST_PARAGRAPH) return undefined
  const found = SWITCHES.find(
    ({ about, words }) =>
      about.test(line) &&
      line.split(/[.;] /).some((part) => words.test(part) && CURED.test(part) && !NOT_CURED.test(part)),
  )
  return found && { what: found.what, outcome: 'opens' }
}

/** What works beside the WebSocket, of the same page. */
export const PAGE_WORKS = 'other requests of the page'

/** “Everything works, only the console does not”, “the dashboard loads fine but the live view never connects”. */
const REST_WORKS =
  /\b(?:everything(?: else)?|all (?:other|the other) (?:pages?|requests?|features?)|the (?:rest|(?:web ?)?(?:site|page|app|ui|gui|interface|dashboard|login))(?: itself)?(?: of (?:the|my|it)\b(?: \w{1,20})?)?) (?:works?|is working|loads?|opens?|is (?:fine|ok(?:ay)?))\b[^.;:\n]{0,60}?(?:[,;] ?(?:only|just|except|but)|[,.]? (?:but|except|apart from|other than|only))\b/i

/** On it both ends run; a server that is elsewhere is another one. */
const OWN_MACHINE =
  /\b(?:on|from) (?:my|our|the dev\w*) (?:own )?(?:laptop|computer|mac(?:book)?|pc|desktop|box|workstation)\b/i
const DEPLOYED =
  /\b(?:production|prod|deploy\w*|live|staging|hosted|hosting|vps|ec2|droplet|server|cluster|kubernetes|k8s|docker|heroku|aws|azure|gcp)\b/i

/** Undefined where a line compares nothing, or something else than clients and compression. */
export function comparisonIn(line: string): Comparison | undefined {
  const switched = switchedOff(line)
  if (switched) return switched
  if (line.length <= LONGEST_PARAGRAPH && REST_WORKS.test(line)) return { what: PAGE_WORKS, outcome: 'opens' }
  const text = line.trim().replace(/^(?:[-*•]|\d{1,2}[.)])\s+/, '')
  if (text.length > LONGEST || NOT_PROSE.test(text) || !/^[A-Z"'“(]/i.test(text) || !OBJECT.test(text))
    return undefined
  if (OWN_MACHINE.test(text) && DEPLOYED.test(text)) return undefined
  if (ONLY.test(text)) return isOfClient(text) ? { what: otherThan(text), outcome: 'opens' } : undefined
  for (const part of text.split(BUT)) {
    if (!isOfClient(part)) continue
    if (WORKS.test(part) && !NEGATED.test(part)) return { what: namedIn(part), outcome: 'opens' }
    if (FAILS.test(part)) return { what: namedIn(part), outcome: 'same' }
  }
  return undefined
}

const isOfClient = (text: string): boolean => OBJECT.test(text) && !NO_CLIENT.test(text)

/** What was compared with, as a person would call it. */
function namedIn(text: string): string {
  const [, guard, browser, network] = OBJECT.exec(text) ?? []
  if (
    guard !== undefined &&
    /\b(?:without|no|off|disabl\w*|uninstall\w*|removed?|deactivat\w*|turn\w* off|switch\w* off|paus\w*|exclu\w*|whitelist\w*)\b/i.test(
      text,
    )
  )
    return 'the antivirus, VPN or extension switched off'
  if (browser !== undefined) return 'another browser'
  return network !== undefined ? 'another network' : 'another machine'
}

const otherThan = (text: string): string =>
  namedIn(text) === 'the antivirus, VPN or extension switched off' ? 'another machine' : namedIn(text)

export const saysOfComparison = ({ what, outcome }: Comparison): string =>
  outcome === 'opens' ? `with ${what} it works` : `with ${what} it fails in the same way`
