/**
 * The checks that everybody who writes a WebSocket server, client or proxy makes, and the words for them: those of
 * RFC 6455 (a frame that is not masked, a header that is missing, an Origin that is not allowed) and of those who run it
 * (a backend that refused, a client that did not answer a ping).
 *
 * Most need words of a WebSocket beside those of their mechanism: “message too large” is said of mails as well.
 */
import type { Meaning, Side } from '#lib/words/meaning.ts'

export type FailureRule = {
  /** All of these, anywhere in the line. */
  readonly all: readonly RegExp[]
  readonly not?: RegExp
  /** About a handshake only where the line is. */
  readonly ofHandshake?: true
  readonly means: Meaning
  /** Which end says it, where the check is one end's. */
  readonly side?: Side
}

const MISSING =
  /\b(?:miss(?:ing|es|ed)|absent|no|not|without|lacks?|required?|requires|expect(?:ed|s)|invalid|bad|wrong|incorrect|unexpected|unsupported|unknown|illegal|malformed|mismatch(?:ed)?|must|fail(?:ed|s|ure)?|empty|null|duplicated?)\b|n['’]t\b/i
const REFUSED =
  /\b(?:not|no|un(?:allowed|authorized|authorised|accepted|trusted|expected|known)|forbidden|forbids?|disallow(?:ed|s)|reject(?:ed|ing|s)|refus(?:ed|ing|es)|den(?:ied|ies|ying)|block(?:ed|ing|s)|bad|invalid|illegal|mismatch(?:ed)?|fail(?:ed|s|ure)?|cross|violat\w{1,6})\b|n['’]t\b/i
/** That a line is about a WebSocket, or a connection that lasts. */
const SOCKET = /\bweb-?\s?sockets?\b|\bwss?\b|\bsocket\b|\bsockjs\b|\bwebtransport\b|\bsignalr\b|\bhijack/i
const PEER =
  /\bweb-?\s?sockets?\b|\bwss?\b|\bsockets?\b|\bclients?\b|\bpeers?\b|\bsessions?\b|\bconn(?:ection)?s?\b/i
const TIMED_OUT =
  /\btime[ds]?[ -]?outs?\b|\bdeadline\b|\bexpired\b|\bexceeded\b|\belapsed\b|\btook too long\b|\btoo (?:late|slow)\b/i
const UNANSWERED =
  /\btime[ds]?[ -]?outs?\b|\bmiss(?:ed|ing)\b|\blate\b|\bexpired\b|\bexceeded\b|\bunanswered\b|\bno (?:response|reply|answer|pong|heart-?beat)s?\b|\bnot (?:received|answered|respond\w{0,3}|arrive)\b|n['’]t (?:receive|answer|respond|get|see|arrive)|\bwithout (?:a |an )?(?:response|reply|answer|pong)|\bdid not (?:receive|answer|respond|get|see|arrive|reply)|\bfail(?:ed|ure)? to (?:receive|answer|respond|get)|\bstopped responding\b|\bdead\b/i

/** Origins of git, of caches and of other requests than a handshake. */
const OTHER_ORIGINS =
  /\borigin (?:server|host|service|web server|pull|dns|ca|certificate|response|is (?:un)?reachable)\b|access-control|\bcors policy\b|\bxmlhttprequest\b|\bfetch at\b|\bgit\b/i

/** A heartbeat that is set up, or none of a connection. */
const SETTING =
  /\bicmp\b|\b(?:timeout|interval|time)\b["']? ?(?:is\b|=|:|set\b)|\bping-?timeout["']? ?[:=]|\bstatistics\b|\bpackets\b|\breplica\b|\bleader\b|\bconsumer group\b|\bnode \d/i

/** In order: the first that fits a line gives its meaning. */
export const failureRules: readonly FailureRule[] = [
  // Bytes that break the protocol, as the end that read them says (RFC 6455 §5).
  {
    all: [
      /\b(?:in|de)flat(?:e|ed|ing|ion|or)\b|\b(?:de)?compress\w{1,5}\b|\bzlib\b/i,
      /\bframes?\b|\bmessages?\b|\bpermessage|\bweb-?\s?socket/i,
      /\berrors?\b|\bfail\w{0,4}\b|\binvalid\b|\bunexpected\b|\bcorrupt\w{0,2}\b|\bwithout\b|\bnot (?:negotiated|agreed|allowed|enabled|supported|expected)\b|\bcannot\b|\bunable\b|\bno agreement\b/i,
    ],
    means: 'compression',
  },
  {
    all: [
      /\brsv[123]?\b|\breserved (?:bits?|flags?)\b/i,
      /\bframes?\b|\bset\b|\bbits?\b|\bflags?\b|\bheader\b|\bmust be\b/i,
    ],
    means: 'frame',
  },
  {
    all: [
      /\bop-?codes?\b/i,
      /\binvalid\b|\bunknown\b|\bunsupported\b|\bunexpected\b|\breserved\b|\bbad\b|\billegal\b|\bnot (?:supported|allowed|expected)\b|\bwithin\b|\binside\b|\bwithout\b|\bno previous\b/i,
    ],
    means: 'frame',
  },
  { all: [/\b(?:un)?mask(?:s|ed|ing)?\b/i, /\bframes?\b|\bweb-?\s?socket/i, MISSING], means: 'frame' },
  {
    all: [/\bunmasked\b|\b(?:not|isn['’]t) masked\b/i, /\bframes?\b|\bweb-?\s?socket|\bmessages?\b/i],
    means: 'frame',
  },
  {
    all: [
      /\bcontrol[ -]frames?\b/i,
      /\bfragment\w{0,5}\b|\bunknown\b|\bunsupported\b|\btoo (?:big|large|long)\b|\b125\b|\blength\b|\bsize\b|\binvalid\b|\bpayload\b|\bfin\b/i,
    ],
    means: 'frame',
  },
  {
    all: [
      /\bcontinuation\b|\bfragment(?:s|ed|ation)?\b/i,
      /\bframes?\b|\bmessages?\b|\bweb-?\s?socket/i,
      /\bout of order\b|\boutside\b|\binside\b|\bunexpected\b|\binvalid\b|\bwithout\b|\bnothing\b|\bnot (?:allowed|started|expected|in progress)\b|\bmust\b|\bwrong\b|\bexpect(?:ed|ing)\b|\balready (?:started|in progress)\b|\bbefore\b/i,
    ],
    means: 'frame',
  },
  {
    all: [
      /\b(?:non-?)?utf-?8\b/i,
      /\bframes?\b|\bmessages?\b|\bweb-?\s?socket|\bpayload\b|\bclose reason\b|\btext data\b/i,
      /\binvalid\b|\bnon|\bmust be\b|\bnot (?:valid|well)\b|\bmalformed\b|\billegal\b|\bbad\b|\bfail\w{0,4}\b|\berror\b|\bcan(?:not|['’]t)\b/i,
    ],
    means: 'invalid-utf8',
  },
  {
    all: [
      /\b(?:invalid|bad|malformed|illegal|corrupt(?:ed)?|broken|unexpected|unparseable|incomplete)\b.{0,20}\bframe\b|\bframe\b.{0,20}\b(?:is )?(?:invalid|malformed|corrupt(?:ed)?|illegal)\b/i,
      /\bweb-?\s?socket|\bwss?\b|\bframe (?:header|type|length|payload)\b|\bclose frame\b|\bclient\b|\bpeer\b/i,
    ],
    not: /http\/?2|\bh2\b|\bgrpc\b/i,
    means: 'frame',
  },
  {
    all: [
      /\b(?:invalid|unexpected|bad) close (?:frame|code|payload|status|data)\b|\bclose (?:code|status|frame)\b.{0,30}\b(?:invalid|not valid|illegal|malformed)\b/i,
    ],
    means: 'frame',
  },
  {
    all: [
      /\b(?:frames?|(?:web-?\s?socket|ws|incoming|received|fragmented|max(?:imum)?|inbound) (?:messages?|payload)|messages? (?:of )?(?:size|length)|(?:decompressed|inflated|uncompressed|reassembled) (?:message|payload|data)|too (?:big|large) message|payload (?:size|length)|max_?(?:message|frame|payload)_?(?:size|length))\b|\b(?:message|payload)\b.{0,60}\bweb-?\s?socket|\bweb-?\s?socket\b.{0,60}\b(?:message|payload)\b/i,
      /\btoo (?:big|large|long)\b|\bexceed(?:s|ed|ing)?\b|\babove\b.{0,20}\blimit\b|\boversized?\b|\b(?:larger|bigger|greater|longer) than\b|\bover (?:the )?(?:limit|max\w{0,4})\b|\breached\b.{0,20}\blimit\b/i,
    ],
    not: /\btime\b|\brate\b|\bper (?:second|minute)\b|\bhttp\/?2\b|\bgrpc\b/i,
    means: 'too-big',
  },
  // The handshake (RFC 6455 §4).
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
  // What ends an open one.
  {
    all: [/\bpings?\b|\bpingers?\b|\bpongs?\b|\bheart-?beats?\b|\bkeep-?alive\b/i, UNANSWERED],
    not: SETTING,
    means: 'ping-timeout',
  },
  {
    all: [
      /\bidle\b|\binactiv\w{2,4}\b|\bno activity\b/i,
      PEER,
      /\btime[ds]?[ -]?outs?\b|\bclos(?:ed|ing|e)\b|\bdisconnect\w{0,3}\b|\bterminat\w{2,3}\b|\bkill\w{0,3}\b|\breap\w{0,3}\b|\bdropp\w{2,3}\b|\bevict\w{0,3}\b|\bexpired\b/i,
    ],
    not: /\btransaction\b|\bpool\b|\bworker\b|\btimeout["']?\s?[=:]\s?\d|\bset to\b|\bconfigur/i,
    means: 'idle-timeout',
  },
  {
    all: [
      /\bmax(?:imum)?\b.{0,20}\b(?:age|life ?time|duration|ttl)\b|\b(?:life ?time|duration) (?:limit )?(?:reached|exceeded|expired|limit)\b/i,
      PEER,
      /\breached\b|\bexceeded\b|\bexpired\b|\bclos\w{1,3}\b|\bdisconnect\w{0,3}\b|\bterminat\w{2,3}\b/i,
    ],
    means: 'lifetime',
  },
  {
    all: [
      /\bslow (?:consumer|client|reader|subscriber|connection)\b|\b(?:send|write|out(?:going|bound|put)?) (?:buffer|queue|channel)\b.{0,30}\b(?:full|overflow\w{0,3}|exceed\w{0,3}|limit)\b|\bback-?pressure\b|\bwrite (?:timeout|timed out|deadline exceeded)\b/i,
      PEER,
    ],
    means: 'not-reading',
  },
  {
    all: [
      /\bshutting down\b|\bshut ?down\b|\brestarting\b|\bgraceful\w{0,2} stop\w{0,4}\b|\bdraining\b|\bterminating\b/i,
      /\bweb-?\s?sockets?\b|\bconnections\b|\bsockets\b|\bclients\b/i,
    ],
    not: /\bdebugger\b/i,
    means: 'shutting-down',
    side: 'server',
  },
  // What is before a server says of it.
  {
    all: [
      /\bclient sent an? http request to an? (?:https|tls|ssl)\b|\bplain(?: ?text)? http\b.{0,40}\b(?:https|tls|ssl)\b|\bhttp request\b.{0,40}\b(?:https|tls|ssl) (?:port|server|listener|socket)\b/i,
    ],
    means: 'plain-on-tls',
    side: 'server',
  },
  {
    all: [
      /\b(?:https|tls|ssl)\b.{0,60}\b(?:plain(?: ?text)?|non-?(?:tls|ssl|https)|http(?:-only)?|clear) (?:http )?(?:port|server|listener|channel|socket|endpoint)\b|\bclient ?hello\b.{0,60}\b(?:plain|http)\b/i,
    ],
    means: 'tls-garbled',
    side: 'server',
  },
  {
    all: [
      /\bno (?:healthy|available|live|active|ready|alive|usable)\b.{0,20}\b(?:upstreams?|back-?ends?|servers?|end-?points?|hosts?|targets?|instances?)\b|\b(?:upstreams?|back-?ends?|targets?)\b.{0,20}\b(?:(?:is|are|all) )?(?:unhealthy|down|unavailable)\b/i,
    ],
    not: /\bdatabase\b/i,
    means: 'no-backend',
    side: 'proxy',
  },
  {
    all: [
      /\b(?:upstream|back-?end|target|origin)\b/i,
      /\bproxy\w{0,3}\b|\bproxied\b|\bgateway\b|\btunnel\b|\bupstream\b|\bdial\b|\bconnect\w{0,4}\b|\breach\w{0,3}\b/i,
      /\btime[ds]?[ -]?outs?\b|\bdeadline\b/i,
    ],
    not: /\bcors\b/i,
    means: 'backend-timeout',
    side: 'proxy',
  },
  {
    all: [
      /\b(?:upstream|back-?end|target)\b/i,
      /\bresolv\w{1,4}\b|\bno such host\b|\bname or service not known\b|\bdns\b|\bENOTFOUND\b/i,
    ],
    means: 'backend-unresolved',
    side: 'proxy',
  },
  {
    all: [
      /\b(?:upstream|back-?end|target)\b/i,
      /\bclosed\b|\breset\b|\bEOF\b|\bhung up\b|\bprematurely\b|\bdropped\b/i,
      /\bconnection\b|\bresponse\b|\bsocket\b/i,
    ],
    means: 'backend-closed',
    side: 'proxy',
  },
  {
    all: [
      /\b(?:upstream|back-?end|target|origin(?: server| service)?)\b/i,
      /\brefused\b|\bunreachable\b|\b(?:failed|unable|could not|couldn['’]t|cannot|can['’]t) to? ?(?:be )?(?:connect|reach|dial|establish)\w{0,3}\b|\bconnection (?:failed|failure|error)\b|\bECONNREFUSED\b/i,
    ],
    means: 'backend-refused',
    side: 'proxy',
  },
  // A handshake that was answered, and not with a 101.
  {
    all: [
      /\bweb-?\s?socket\b|\bwss?:/i,
      /\bnot (?:a |an )?(?:valid )?web-?\s?socket (?:handshake )?(?:response|server|endpoint)\b|\b(?:was|were|been|is) not upgraded\b|\bnot switch\w{0,3} protocols?\b|\bn['’]t (?:switch|upgrade)\b|\bexpect(?:ed|ing)\b.{0,20}\b101\b|\b(?:invalid|unexpected|bad|wrong) (?:http )?(?:response|status|answer)\b|\bhand-?shake (?:has )?(?:failed|error|failure|rejected|refused|denied|was rejected)\b|\bfailed (?:the )?(?:web-?\s?socket )?hand-?shake\b|\b(?:upgrade|hand-?shake)\b.{0,20}\b(?:failed|rejected|refused|denied)\b|\bfailed to upgrade\b/i,
    ],
    not: /\b(?:tls|ssl)\b/i,
    means: 'bad-answer',
    side: 'client',
  },
  // The same checks, where a line names its subject by these words alone.
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
      /\b(?:sub-?protocol|sec-websocket-protocol)\b.{0,80}\b(?:not|no|un\w{3,12}|mismatch|invalid|missing|reject\w{0,3}|refus\w{0,3}|required|none)\b|\b(?:no|unsupported|unknown|invalid|unexpected|unacceptable|missing) (?:websocket |acceptable |matching |common |valid |requested )?sub-?protocols?\b|\b(?:cannot|could not|couldn't|unable to|failed to) (?:match|negotiate|agree on|select|find) (?:(?:an?|the|any|common|matching|websocket) ){0,3}(?:sub-?)?protocols?\b/i,
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
