/** The same checks, where a line names its subject by these words alone, or is known to be about a handshake. */
import { type FailureRule, OTHER_ORIGINS, SETTING } from '#lib/words/failure-rule.ts'

/** In order: the first that fits a line gives its meaning. */
export const aloneRules: readonly FailureRule[] = [
  {
    all: [
      /\b(?:missing|no|without|empty|absent|lacks?) (?:an? |the |valid )?["'`]?origin\b(?! (?:server|check))|\borigin["'`]? (?:header )?(?:is |was )?(?:missing|absent|required|not (?:set|sent|present|specified|provided|given)|empty)\b/i,
    ],
    not: OTHER_ORIGINS,
    means: 'origin-missing',
    side: 'server',
  },
  {
    all: [
      /\b(?:bad|invalid|unknown|wrong|disallowed|un-?authori[sz]ed|forbidden|mismatched|untrusted|unexpected|illegal|cross) ["'`]?origin\b(?! server)|\borigin\b.{0,100}\b(?:not (?:allowed|permitted|authori[sz]ed|accepted|trusted|whitelisted|in|on|valid|match\w{0,3})|(?:is |was )?(?:refused|rejected|denied|invalid|disallowed|forbidden|blocked|mismatch|does ?n[o'’]t match|untrusted))|\b(?:reject|refus|block|den|disallow)\w{0,4} .{0,60}\borigin\b|\borigin (?:check|validation|verification) fail/i,
    ],
    not: OTHER_ORIGINS,
    means: 'origin-refused',
    side: 'server',
  },
  {
    all: [
      /\b(?:sub-?protocol|sec-websocket-protocol)\b.{0,80}\b(?:not|no|un\w{3,12}|mismatch|invalid|missing|reject\w{0,3}|refus\w{0,3}|required|none)\b|\b(?:no|unsupported|unknown|invalid|unexpected|unacceptable|missing) (?:websocket |acceptable |matching |common |valid |requested )?sub-?protocols?\b|\b(?:cannot|could not|couldn't|unable to|failed to) (?:match|negotiate|agree on|select|find) (?:(?:an?|the|any|common|matching|websocket) ){0,3}(?:sub-?)?protocols?\b|(?:\b(?:not|never|without)|n['’]t) (?:\w{1,12} ){0,2}(?:request|offer|ask|send|sent|specif|provid|announc|propos|support)\w{0,6}(?: for)? (?:\w{1,12} ){0,2}sub-?protocols?\b|\bprotocols? mis-?match\w{0,2}\b.{0,20}\bexpected sub-?protocols?\b/i,
    ],
    means: 'subprotocol',
  },
  {
    all: [
      /\b(?:message|frame|payload|packet|data|body)\b.{0,60}(?:\btoo (?:big|large|long)\b|\bexceed\w{0,3}\b|\blarger than\b|\bover the (?:limit|max)|\breached (?:the |its )?(?:size )?(?:limit|max))|\b(?:exceed\w{0,3}|larger than|over|above|reached|beyond)\b.{0,40}\bmax\w{0,5} (?:message|frame|payload|packet|size|length)|\bmax\w{0,5} (?:message|frame|payload|packet) (?:size|length)\b.{0,40}\b(?:exceed|reached|was)/i,
    ],
    not: /\btime\b|\brate\b|\bper (?:second|minute)\b|\b(?:GET|POST|PUT|PATCH|DELETE)\b/i,
    means: 'too-big',
  },
  {
    all: [
      /\b(?:permessage-?deflate|permessage_deflate|(?:de|in)flat(?:e|ing|ion)|(?:de)?compress\w{0,5})\b.{0,80}\b(?:fail\w{0,4}|error|invalid|unexpected|not|without (?:any )?(?:agreement|negotiation)|corrupt\w{0,2}|bad|unsupported|mismatch)\b|\b(?:fail\w{0,4}|error|invalid|unexpected|cannot|unable|corrupt\w{0,2}|bad)\b.{0,60}\b(?:permessage-?deflate|(?:de|in)flat(?:e|ing|ion)|(?:de)?compress\w{0,5}) ?(?:frame|message|data|payload|extension)?\b/i,
    ],
    means: 'compression',
  },
  {
    all: [/\binvalid utf-?8\b|\butf-?8\b.{0,40}\b(?:invalid|error|malformed|not valid|fail\w{0,3})/i],
    means: 'invalid-utf8',
  },
  {
    all: [
      /\b(?:invalid|illegal|malformed|unexpected|unknown|reserved|bad|unsupported|corrupt\w{0,2}|un-?masked|fragmented)\b.{0,40}\b(?:frame|op-?code|rsv ?[123]?|mask(?:ing)?(?: bit| key)?|fin bit|control frame|continuation)\b|\b(?:frame|op-?code|rsv ?[123]?|mask bit)s?\b.{0,60}\b(?:invalid|illegal|malformed|reserved|not (?:be )?(?:masked|set|allowed|permitted)|must (?:not )?be|unmasked|incomplete)\b/i,
    ],
    means: 'frame',
  },
  {
    all: [
      /\b(?:no|missed|late|un-?answered) (?:pongs?|heart-?beats?)\b|\b(?:ping|pong|heart-?beat|keep-?alive)s?\b.{0,60}\b(?:time-?out|timed out|missed|not (?:been )?(?:received|answered|returned)|no (?:response|reply|answer)|un-?answered|expired|fail\w{0,3})\b/i,
    ],
    not: SETTING,
    means: 'ping-timeout',
  },
  {
    all: [
      /\bidle (?:time-?out|connection|for too long|too long|limit)\b|\b(?:due to|because of|for|after|by) (?:\w{1,12} ){0,3}inactivity\b|\binactivity (?:time-?out|limit)/i,
    ],
    means: 'idle-timeout',
  },
  {
    all: [
      /\b(?:auth\w{0,16}|login|identify|init\w{0,16}|hello|connect|first|initial)\b (?:message|packet|frame|payload)\b.{0,40}\b(?:time-?out|timed out|not (?:received|sent)|missing|expected|required)\b|\b(?:timed out|time-?out) (?:while )?waiting for (?:an? |the )?(?:auth\w{0,16}|login|identify|init\w{0,16}|hello|connect|first|initial)\b/i,
    ],
    means: 'first-message-missing',
    side: 'server',
  },
  {
    all: [
      /\btoo many (?:open |concurrent |active |simultaneous )?(?:connections|clients|sockets|sessions)\b|\b(?:connection|client|session)s? (?:limit|quota)\b.{0,40}\b(?:reached|exceeded|hit)|\bmax\w{0,5} (?:number of )?(?:connections|clients|sessions)\b.{0,40}\b(?:reached|exceeded)|\b(?:server|room|lobby) (?:is )?full\b|\bserver (?:is )?(?:at|over) (?:full )?capacity\b/i,
    ],
    means: 'too-many-connections',
  },
  {
    all: [
      /\brate[ -]?limit\w{0,3}\b|\btoo many (?:requests|messages|attempts|handshakes)\b|\bthrottl(?:ed|ing)\b/i,
    ],
    means: 'rate-limited',
    side: 'server',
  },
  {
    all: [
      /\b(?:unknown|invalid|expired|no such|stale) (?:session ?id|sid|connection ?id)\b|\b(?:session ?id|sid|connection ?id)\b.{0,60}\b(?:unknown|not found|does not exist|expired|not (?:valid|known|recognized))\b|\bno (?:session|connection) with (?:that|this) (?:id|sid)/i,
    ],
    means: 'session-unknown',
    side: 'server',
  },
  {
    all: [
      /\b(?:upgrade|connection)["'`]? header\b.{0,40}\b(?:missing|absent|not|invalid|required|incorrect|wrong|empty)\b|\b(?:missing|no|without|invalid|absent|incorrect|wrong|lacks?|expected)\b.{0,40}["'`]?\b(?:upgrade|connection)["'`]? header\b|\bnot (?:an? )?(?:valid )?web ?socket (?:upgrade )?(?:request|handshake|connection)\b(?! (?:response|reply|answer))|\bupgrade (?:is )?required\b|\bmust (?:be|use) (?:an? )?web ?socket\b|\bcan ["'`]?upgrade["'`]? only to/i,
    ],
    means: 'upgrade-missing',
    side: 'server',
  },
  {
    all: [
      /\bsec-websocket-(?:key|version)\b.{0,60}\b(?:missing|absent|not|invalid|required|unsupported|wrong|bad)\b|\b(?:missing|no|invalid|bad|wrong|unsupported)\b.{0,40}\bsec-websocket-(?:key|version)\b|\bunsupported web ?socket version\b/i,
    ],
    means: 'handshake-header',
    side: 'server',
  },
  // These are about a handshake only where the line is.
  {
    all: [
      /\bun-?authori[sz]ed\b|\bnot authori[sz]ed\b|\bunauthenticated\b|\bnot (?:logged in|authenticated|signed in)\b|\bauth\w{0,16} (?:is )?(?:failed|failure|required|error|rejected)\b|\b(?:invalid|missing|bad|expired|wrong|no|malformed) (?:or (?:missing|expired|invalid) )?(?:auth\w{0,16} |access |jwt |bearer |csrf |api )?(?:token|credentials?|jwt|api ?key|ticket|cookie|password)\b|\b(?:token|credentials?|jwt|api ?key|ticket)\b.{0,30}\b(?:expired|invalid|missing|rejected|not valid|revoked|malformed)\b|\blogin required\b/i,
    ],
    ofHandshake: true,
    means: 'unauthorized',
    side: 'server',
  },
  {
    all: [
      /\bforbidden\b|\baccess (?:is |was )?denied\b|\bnot (?:permitted|allowed)\b|\bpermission denied\b/i,
    ],
    ofHandshake: true,
    means: 'forbidden',
    side: 'server',
  },
  {
    all: [
      /\bno (?:such )?(?:route|handler|endpoint|path|namespace|channel|hub)\b|\b(?:route|handler|endpoint|path|namespace|url|uri)\b.{0,40}\b(?:not found|unknown|does not exist|not registered|not matched)\b/i,
    ],
    ofHandshake: true,
    means: 'no-route',
    side: 'server',
  },
  {
    all: [
      /\b(?:hand-?shake|upgrade|opening)\b.{0,40}\b(?:time-?out|timed out)\b|\b(?:time-?out|timed out)\b.{0,40}\b(?:hand-?shake|upgrade|opening)\b/i,
    ],
    ofHandshake: true,
    means: 'handshake-timeout',
  },
  {
    all: [
      /\b(?:hand-?shake|upgrad(?:e|ing)|switching protocols|web ?socket (?:response|reply|answer))\b.{0,60}\b(?:fail\w{0,4}|error|reject\w{0,3}|refus\w{0,3}|denied|declined|unsuccessful|unexpected|invalid|malformed|not|aborted)\b|\b(?:fail\w{0,4}|error|reject\w{0,3}|refus\w{0,3}|could not|couldn't|unable to|cannot|unexpected|invalid|bad|malformed|not an?)\b.{0,60}\b(?:hand-?shak\w{1,4}|upgrad(?:e|ing)|web ?socket (?:response|reply|answer))\b|\bexpected 101\b|Web ?Socket\w{0,10}(?:Upgrade|Handshake)\w{0,12}(?:Error|Exception)\b/i,
    ],
    ofHandshake: true,
    not: /\b(?:tls|ssl)\b/i,
    means: 'bad-answer',
    side: 'client',
  },
]
