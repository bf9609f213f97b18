/** What ends an open connection, and what is before a server says of it. */
import { type FailureRule, PEER, SETTING } from '#lib/words/failure-rule.ts'

const UNANSWERED =
  /\btime[ds]?[ -]?outs?\b|\bmiss(?:ed|ing)\b|\blate\b|\bexpired\b|\bexceeded\b|\bunanswered\b|\bno (?:response|reply|answer|pong|heart-?beat)s?\b|\bnot (?:received|answered|acknowledged|acked|respond\w{0,3}|arrive)\b|n['’]t (?:receive|answer|respond|get|see|arrive)|\bwithout (?:a |an )?(?:response|reply|answer|pong)|\bdid not (?:receive|answer|respond|get|see|arrive|reply)|\bfail(?:ed|ure)? to (?:receive|answer|respond|get)|\bstopped responding\b|\bdead\b/i

/** In order: the first that fits a line gives its meaning. */
export const endingRules: readonly FailureRule[] = [
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
      /\breached\b|\bexceeded\b|\bexpired\b|\bhits?\b|\bclos\w{1,3}\b|\bdisconnect\w{0,3}\b|\bterminat\w{2,3}\b/i,
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
    not: /\bdebugger\b|\bshut ?down[-_ ](?:timeout|delay|grace\w{0,8}|period)\b/i,
    means: 'shutting-down',
    side: 'server',
  },
  {
    all: [
      /\bSIG(?:TERM|INT|QUIT|HUP)\b|\bsignal:? (?:15|2|terminated|interrupt|term|int)\b|\b(?:shutdown|termination|stop) signal\b/i,
      /\breceiv\w{1,4}\b|\bgot\b|\bcaught\b|\bhandling\b|\bsent\b|\bshut\w{0,8}\b|\bexit\w{0,3}\b|\bstopp\w{2,3}\b|\bterminat\w{2,3}\b|\bdrain\w{0,3}\b|\bclosing\b|\bquit\w{0,4}\b/i,
    ],
    not: /\bignor\w{2,3}\b|\bsend(?:ing)? SIG|\bpress\b|\bctrl|\bhandler (?:registered|installed)\b/i,
    means: 'shutting-down',
    side: 'server',
  },
  {
    all: [
      /^(?:.{0,120}[\]:|>"] ?"?)?(?:(?:server|app(?:lication)?|service|process|worker|node|instance|http server) (?:is )?(?:now )?(?:shutting down|stopping|terminating)|(?:starting |beginning |commencing |initiating |performing )?(?:graceful|clean) (?:shut ?down|stop|exit)\b|gracefully (?:shutting down|stopping|stopped)|shutting down (?:gracefully|the server|server|http server|app\w{0,9}|now)|stopping (?:the )?(?:http |web-?socket |ws )?server)\b/i,
    ],
    not: /\bfail\w{0,4}\b|\berror\b|\btimeout["']?\s?[=:]\s?\d|\bconfig|\bset to\b|\benabled\b|\bdatabase\b/i,
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
    // Whoever speaks of the settings themselves says of no connection that it took too long.
    not: /\bcors\b|\b(?:connect|send|read)[ _-]?timeout\b.{0,40}\b(?:connect|send|read)[ _-]?timeout\b|\bdefaults?\b|\bparameters?\b|\bsettings?\b|参数|配置|默认|設定|デフォルト/i,
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
]
