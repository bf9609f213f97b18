/** What is wrong with a request or an answer of a handshake (RFC 6455 §4). */
import { type FailureRule, MISSING, OTHER_ORIGINS, PEER } from '#lib/words/failure-rule.ts'

const REFUSED =
  /\b(?:not|no|un(?:allowed|authorized|authorised|accepted|trusted|expected|known)|forbidden|forbids?|disallow(?:ed|s)|reject(?:ed|ing|s)|refus(?:ed|ing|es)|den(?:ied|ies|ying)|block(?:ed|ing|s)|bad|invalid|illegal|mismatch(?:ed)?|fail(?:ed|s|ure)?|cross|violat\w{1,6})\b|n['’]t\b/i
/** That a line is about a WebSocket, or a connection that lasts. */
const SOCKET = /\bweb-?\s?sockets?\b|\bwss?\b|\bsocket\b|\bsockjs\b|\bwebtransport\b|\bsignalr\b|\bhijack/i
const TIMED_OUT =
  /\btime[ds]?[ -]?outs?\b|\bdeadline\b|\bexpired\b|\bexceeded\b|\belapsed\b|\btook too long\b|\btoo (?:late|slow)\b/i

/** In order: the first that fits a line gives its meaning. */
export const handshakeRules: readonly FailureRule[] = [
  {
    all: [
      /\bsec-?websocket-?accept\b/i,
      /\bmismatch\w{0,2}\b|\bincorrect\b|\binvalid\b|\bwrong\b|\bbad\b|\bdoes(?:n['’]t| not) match\b|\bnot (?:match|correct|valid)\b|\bunexpected\b/i,
    ],
    means: 'bad-101',
    side: 'client',
  },
  {
    all: [/\bsec-?websocket-?accept\b/i, MISSING],
    not: /\b(?:tls|ssl)\b/i,
    means: 'bad-answer',
    side: 'client',
  },
  {
    all: [
      /\bsec-?websocket-?protocol\b|\bsub-?protocols?\b/i,
      /\bmismatch\w{0,2}\b|\bunsupported\b|\bunexpected\b|\binvalid\b|\bunknown\b|\bno (?:matching|common|supported|acceptable|shared|overlapping|suitable)\b|\bnot (?:supported|accept\w{0,4}|allowed|match\w{0,3}|offered|requested|found|agreed|recogni[sz]ed|available)\b|\bcan(?:not|['’]t) (?:match|agree|negotiate)\b|\bfail\w{0,4}\b|\breject\w{0,3}\b|\brefus\w{0,3}\b|n['’]t (?:match|support|select|agree|accept)\b|\bnone of\b|\bdid not (?:select|choose|agree)\b/i,
    ],
    means: 'subprotocol',
  },
  {
    all: [
      /\bsec-?websocket-?extensions\b|\bextension\b/i,
      /\bweb-?\s?socket|\bhand-?shake\b|\bpermessage/i,
      /\bmismatch\b|\bunsupported\b|\bunexpected\b|\binvalid\b|\bunknown\b|\bnot (?:supported|accept\w{0,4}|requested|offered|negotiated)\b|\bfail\w{0,4}\b|\breject\w{0,3}\b/i,
    ],
    not: /\b(?:chrome|browser|firefox|file) extension\b/i,
    means: 'extension',
  },
  {
    all: [/\bsec-?websocket-?(?:key|version)\b|\bweb-?\s?socket (?:protocol )?(?:key|version)\b/i, MISSING],
    means: 'handshake-header',
    side: 'server',
  },
  {
    all: [
      /\b(?:missing|without|no|empty|absent|lacks?)\b.{0,12}\borigin\b|\borigin\b(?: header)?.{0,8}\b(?:missing|absent|empty|required|not (?:present|set|provided|sent|found))\b/i,
    ],
    not: OTHER_ORIGINS,
    means: 'origin-missing',
    side: 'server',
  },
  {
    all: [
      /\borigins?\b/i,
      REFUSED,
      /\borigins?\b.{0,80}\b(?:not|allow\w{0,3}|permit\w{0,3}|forbidden|reject\w{0,3}|refus\w{0,3}|den(?:ied|y)|block\w{0,3}|invalid|mismatch|untrusted|match\w{0,3}|check|verif\w{1,7}|valid\w{0,6}|trusted|accept\w{0,3}|authori[sz]ed)\b|\b(?:bad|invalid|forbidden|disallowed|unauthori[sz]ed|unknown|untrusted|unexpected|illegal|blocked|rejected|rejecting|refus\w{1,3}|den(?:ied|ying)|unaccepted|cross)\b.{0,40}\borigins?\b/i,
    ],
    not: OTHER_ORIGINS,
    means: 'origin-refused',
    side: 'server',
  },
  { all: [/\bhost header\b|\bhttp_host\b/i, REFUSED], means: 'host-refused', side: 'server' },
  {
    all: [
      /["'`]?\b(?:upgrade|connection)\b["'`]?:? (?:websocket |upgrade )?["'`]?(?:request )?header|\bheaders? ["'`]?(?:upgrade|connection)\b|["'`](?:upgrade|connection)["'`] (?:token|header)/i,
      MISSING,
    ],
    not: /\bresponse\b|\banswer\b|\bserver(?:['’]s)?\b|\breply\b/i,
    means: 'upgrade-missing',
    side: 'server',
  },
  {
    all: [
      /["'`]?\b(?:upgrade|connection)\b["'`]?:? (?:websocket |upgrade )?(?:response )?header|\bheaders? ["'`]?(?:upgrade|connection)\b/i,
      MISSING,
      /\bresponse\b|\banswer\b|\bserver(?:['’]s)?\b|\breply\b/i,
    ],
    not: /\b(?:tls|ssl)\b/i,
    means: 'bad-answer',
    side: 'client',
  },
  {
    all: [
      /\bnot (?:a |an )?(?:valid )?web-?\s?socket (?:upgrade |handshake )?(?:request|upgrade|handshake)\b(?! response)|\bexpect(?:ed|s|ing)\b.{0,12}\bweb-?\s?socket (?:upgrade|request|handshake|connection)\b|\bweb-?\s?socket (?:upgrade|connection|request) (?:is )?(?:required|expected|only)\b|\bupgrade (?:to web-?\s?sockets? |request )?(?:is )?(?:required|expected)\b|\bwithout upgrade\b|\bno upgrade header\b|\bmissing upgrade\b|\b(?:only|must) (?:accepts?|supports?|handles?|be|use) (?:a )?web-?\s?sockets?\b|\bnot (?:a |an )?upgrade request\b|\bupgrade["'`]? only to\b|\bnon-web-?\s?socket request\b/i,
    ],
    means: 'upgrade-missing',
    side: 'server',
  },
  {
    all: [
      /\bhttp\/?1\.0\b/i,
      /\bhand-?shak\w{1,5}\b|\bupgrad\w{1,5}\b|\bweb-?\s?socket|\bsupport\w{0,3}\b/i,
      MISSING,
    ],
    means: 'http-version',
    side: 'server',
  },
  {
    all: [
      /\b(?:request )?(?:headers?(?: fields?)?|head|cookies?|ur[il]|request line)\b.{0,30}\b(?:too (?:large|long|big)|exceed(?:s|ed)?|larger than)\b|\btoo many headers\b/i,
    ],
    not: /\bresponse\b|\bhttp\/?2\b/i,
    means: 'request-too-large',
    side: 'server',
  },
  {
    all: [
      /\bweb-?\s?sockets?\b.{0,40}\b(?:(?:is|are|was) )?(?:not (?:supported|enabled|available|implemented|installed)|disabled|unsupported|unavailable)\b|\bno web-?\s?socket (?:library|support|implementation|module)\b|\b(?:not|n['’]t) support\w{0,3} (?:http |protocol )?upgrades?\b|\b(?:can(?:not|['’]t)|could not|unable to|failed to)\b.{0,20}\bhijack|\b(?:not|n['’]t|without) support(?:ing)?\b.{0,20}\bweb-?\s?sockets?\b/i,
    ],
    not: /\bsub-?protocol|\bversion\b|\bextension\b|\bbrowser\b/i,
    means: 'no-websocket-support',
    side: 'server',
  },
  {
    all: [
      SOCKET,
      /\bun-?authori[sz]ed\b|\bunauthenticated\b|\bnot (?:authori[sz]ed|authenticated|logged in)\b|\bauth(?:entication|ori[sz]ation)? (?:failed|failure|error|required|denied|rejected|timeout)\b|\b(?:invalid|expired|missing|bad|no|wrong)\b.{0,12}\b(?:tokens?|credentials?|api[ -]?key|jwt|session|cookie|ticket)\b|\b(?:token|jwt|ticket|session|cookie)\b.{0,20}\b(?:invalid|expired|missing|malformed|rejected|not (?:valid|provided|found))\b/i,
    ],
    not: /\bclose[ds]?\b.{0,30}\bcode\b/i,
    means: 'unauthorized',
    side: 'server',
  },
  {
    all: [
      /\btoo many\b.{0,30}\b(?:web-?\s?sockets?|connections?|clients?|sockets)\b|\b(?:max(?:imum)?|limit)\b.{0,30}\b(?:web-?\s?sockets?|connections?|clients?|sockets)\b.{0,20}\b(?:reached|exceeded|limit)\b|\b(?:web-?\s?socket|connections?|clients?) (?:count )?limit\b.{0,20}\b(?:reached|exceeded|hit)\b/i,
      PEER,
    ],
    not: /\bpool\b|\bredirect/i,
    means: 'too-many-connections',
  },
  {
    all: [
      /\brate[ -]?limit\w{0,3}\b|\bthrottl\w{2,3}\b|\btoo many (?:requests|messages|attempts)\b/i,
      SOCKET,
    ],
    means: 'rate-limited',
    side: 'server',
  },
  {
    all: [
      /\bhand-?shake\b|\b(?:open|upgrade|connect(?:ion)?)\b/i,
      SOCKET,
      TIMED_OUT,
      /\bhand-?shake\b.{0,40}\btime|\btime[ds]?[ -]?out\b.{0,60}\b(?:hand-?shake|upgrade|opening|to open|connecting)\b|\b(?:opening|upgrade|connecting)\b.{0,30}\btime[ds]?[ -]?out/i,
    ],
    not: /\b(?:tls|ssl)\b|\bping|\bpong|\bheart-?beat/i,
    means: 'handshake-timeout',
  },
]
