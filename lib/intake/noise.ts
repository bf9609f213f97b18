/**
 * Lines that are known and say nothing about a connection: frames of stack traces, the tail of a DevTools message,
 * what a program prints when it starts. They are pieces of their own, so that nobody takes them for unread.
 */

const FRAMES: readonly RegExp[] = [
  // JavaScript, Java, .NET, Kotlin, Dart: "at f (file:1:2)", "at a.b.C.f(C.java:1)", "... 12 more"
  /^\s{0,20}at [\w$.<>[\]#`@/ \\,:()+*=&|?~-]{1,400}(?: \{)?$/,
  /^\s{1,20}\.\.\. \d{1,4} (?:more|common frames omitted|filtered)/,
  // The same behind whatever a logger puts before each line: “W/System.err:     at a.b.C.f(C.java:1)”
  /\sat [\w$.<>/-]{3,300}\((?:[\w$]{1,120}\.(?:java|kt|scala|groovy|clj):\d{1,7}|Native Method|Unknown Source)\)\s{0,4}$/,
  // What stands above and in the table of docker ps
  /^CONTAINER ID\s{1,20}IMAGE\s/,
  /^[0-9a-f]{12}\s{2,20}\S{1,300}\s{2,40}".{1,200}"\s{2,20}\S/,
  /^(?:[VDIWEF]\/\S{1,60}\s{0,4}\(\s{0,5}\d{1,6}\): )?(?:#\d{1,4}\s{1,8}\S.{0,300}|<asynchronous suspension>)$/,
  // Python
  /^\s{0,20}(?:[A-Z][\w ]{0,60} )?[Tt]raceback \(most recent call last\):$/,
  /^\s{0,20}File "[^"]{1,400}", line \d{1,7}(?:, in .{1,200})?$/,
  /^(?:During handling of the above exception, another exception occurred:|The above exception was the direct cause of the following exception:)$/,
  /^\s{2,}[~^]{1,200}$/,
  /^\s{0,8}\+ Exception Group Traceback/,
  // .NET, Node; frames of which only the method was copied
  /^\s{0,20}[A-Z][\w`]{1,80}(?:\.[\w`<>]{1,80}){1,8}\((?:[A-Z][\w.<>[\]?`]{0,80} \w{1,60}(?:, )?){0,10}\)$/,
  /^\s{0,12}--- End of (?:inner exception )?stack trace/,
  /^(?:Node\.js v\d|Emitted 'error' event on |Thrown at:$)/,
  /^\s{2,12}(?:errno|code|syscall|address|port|hostname|library|reason|function|info): [^\n]{1,200},?$/,
  /^\s{0,12}[\]})]{1,3}[,;]?$/,
  /^Exception in thread "/,
  // java.util.logging has the time, class and method on a line of their own.
  /^[A-Z][a-z]{2} \d{1,2}, \d{4},? \d{1,2}:\d\d:\d\d [AP]M \S{1,200} \S{1,120}$/,
  /^(?:trce|dbug|info|warn|fail|crit): [\w.`+]{1,200}(?:\[\d{1,6}\])?$/,
  /^websocat: error running$/,
  // Unity: what stands below a message in its log, and the methods of its frames without arguments
  /^\s{0,20}(?:UnityEngine\.(?:Debug|Logger|DebugLogHandler|StackTraceUtility):\w{1,40} ?\([\w,. ]{0,100}\)|\w{1,80}(?:\.\w{1,80}){1,6}:[\w<>`.]{1,100}(?: ?\([\w,. ]{0,200}\))?)$/,
  // Go
  /^(?:main\.\S{1,80}\(.{0,80}\)|exit status \d{1,3})$/,
  /^goroutine \d{1,10} \[[^\]]{1,100}\]:$/,
  /^\s{0,8}\S{1,300}\.go:\d{1,7}(?: \+0x[0-9a-f]{1,16})?$/,
  /^created by \S{1,300}/,
  /^(?:[\w.~-]{1,80}\/){0,8}[\w.~-]{1,80}\.(?:\(\*?[\w[\].·]{1,80}\)\.)?[\w.·[\]-]{1,120}\((?:\.\.\.|[\w{}?, .]{0,400})\)$/,
  /^\[signal SIG[A-Z]{2,6}: [^\]]{1,160}\]$/,
  // Ruby, PHP, Elixir, Rust
  /^\s{1,20}(?:from )?\S{1,300}:\d{1,7}:in [`'].{1,200}$/,
  /^#\d{1,4} \S{1,300}\(\d{1,7}\): .{1,300}$/,
  /^\s{1,20}\(\S{1,80} \d[\w.-]{0,20}\) \S{1,300}:\d{1,7}: .{1,200}$/,
  /^\s{1,20}(?:\d{1,4}: 0x[0-9a-f]{1,16} - |at \/rustc\/)/,
  // Home Assistant’s page of one entry of its log
  /^(?:Logger|Source|Integration|First occurred|Last logged): \S.{0,300}$/,
  // Details below a line of Phoenix or of ASP.NET Core
  /^\s{1,8}(?:Transport|Serializer|Parameters|Connect Info|Processing with|Pipelines): \S.{0,1000}$/,
  // Reactor, and what Rust prints around a panic
  /^\s{0,12}(?:Suppressed: \S{1,200}OnAssemblyException: ?|Error has been observed at the following site\(s\):|(?:\*|\|_)\s{0,4}_{0,2}checkpoint\b.{0,300}|Original Stack Trace:)$/,
  /^(?:thread '[^']{1,80}' (?:\(\d{1,9}\) )?panicked at \S{1,300}:\d{1,7}:\d{1,7}:|note: (?:run with|Some details are omitted).{0,200}|stack backtrace:)$/,
  // The file that Node quotes, and what starts it again
  /^(?:node:[\w/]{1,80}|(?:[A-Z]:\\|\/|file:\/\/)\S{1,300}\.[cm]?[jt]sx?):\d{1,7}$/,
  /^\[nodemon\] (?:starting|restarting|watching|to restart|clean exit|app crashed|\d)/,
  // Godot
  /^\s{0,8}[Aa]t: (?:\S{1,80} \()?\S{1,200}\.(?:cpp|h|gd|cs|mm?):\d{1,7}\)?[.)]?(?:\s{0,4}@ .{1,120})?$/,
  // x11vnc and its library
  /^\d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d {1,4}(?:other clients:|Got (?:connection|protocol)|- |client_count|Statistics|TOTALS|incr accepted_client|created |Disabled |to force |Restored |Using |Pixel format|Enabling )/,
  // Puma, when it has stopped
  /^- Goodbye!$/,
  // What the shells of Erlang and Elixir answer: a process, a stream, the protocol that was agreed on
  /^(?::?ok|\{:?ok, ?(?:(?:#PID)?<[\d.]{1,40}>|:?(?:http2?|ws|raw))\}|#(?:PID|Ref|Reference|Port)<[\d.]{1,60}>)$/,
  // supervisord, stern
  /DEBG '[^']{1,80}' (?:stdout|stderr) output:$/,
  /^[+-] \S{1,200} › \S{1,200}$/,
  // Safari and Firefox: "name (app.js:1:52)", "name@https://a.example/app.js:1:52", "onerror https://…:12"
  /^\s{0,8}(?:\(anonymous function\)|[\w$.<>/]{1,80})(?: \([^()\s]{1,300}:\d{1,7}(?::\d{1,7})?\)|@\S{1,300}:\d{1,7}:\d{1,7})$/,
  /^\s{1,8}(?:onerror|onclose|onopen|onmessage|emit\w{0,20}|on[A-Z]\w{0,30}|promiseReactionJob|dispatchEvent|global code|eval code|asyncFunctionResume)$/,
  /^\s{0,8}(?:\(anonymous\)|<anonymous>|[\w$.<>/]{1,80}) https?:\/\/\S{1,300}(?::\d{1,7}){1,2}$/,
  // DevTools
  /^\s{0,8}(?:\(anonymous\)|[\w$.<>[\]-]{1,120}(?: [\w$.<>[\]-]{1,60}){0,3}) @ \S{1,300}:\d{1,7}(?::\d{1,7})?\s{0,4}$/,
  /^(?:Promise\.then|await in |setTimeout|setInterval|requestAnimationFrame|Understand this error|Show \d+ more frames)/,
]

/** `openssl s_client`, beside the chain and its verification. */
const OPENSSL =
  /^(?:CONNECTED\([0-9A-F]{8}\)|SSL handshake has read \d{1,9} bytes and written \d{1,9} bytes|No client certificate CA names sent|Peer signing digest: \S{1,40}|Peer signature type: \S{1,40}|(?:Server Temp Key|Peer Temp Key|Negotiated TLS1\.3 group): .{1,80}|Verification: OK|Early data was not sent|This TLS version forbids renegotiation\.|Server public key is \d{1,6} bit)$/

/** What was canceled, and by whom, stands above it, if anywhere. */
const CANCELED =
  /^\s{0,20}(?:---> |\(Inner Exception #\d\) )?(?:System\.(?:Threading\.Tasks\.Task|Operation)CanceledException: (?:The operation was canceled\.|A task was canceled\.)|(?:asyncio\.exceptions|concurrent\.futures\._base)\.CancelledError|java\.util\.concurrent\.CancellationException)(?:<---)?$/
/** A call of OCPP or its result, in JSON: what stations and central systems tell one another. */
const OCPP_MESSAGE = /^[^[\n]{0,120}\[[23],\s?"[^"\n]{1,80}",\s?(?:"[A-Z]\w{3,40}",\s?)?\{.{0,1500}\}\]$/

/** Requests of the page that are no part of a handshake, as Chrome’s console has them. */
const REQUESTS =
  /^(?:\S{1,400}?:\d{1,7}(?::\d{1,7})? {1,12})?(?:(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) https?:\/\/\S{1,2000} (?:\d{3}(?: \(|\s{0,4}$)|net::ERR_)|Failed to load resource: )/

/** What DevTools and extensions say of their own files and ports. */
const OF_EXTENSIONS =
  /^(?:\S{1,400}?:\d{1,7}(?::\d{1,7})? {1,12})?(?:DevTools failed to load |Unchecked runtime\.lastError\b|Error (?:in event handler|handling response): |.{0,200}\b(?:chrome|moz|safari-web)-extension:\/\/)/

/** Traefik 1 counts no status of a WebSocket that it took over. */
const WITHOUT_STATUS = /\] "[A-Z]{3,10} \S{1,2000} HTTP\/[\d.]{1,3}" 0 \d{1,12} .{0,1000} \d{1,12}(?:ms|s)$/

/** A request in a line that was cut out of an access log. */
const CUT_REQUEST =
  /^\W{0,3}(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) \/\S{0,2000} HTTP\/[\d.]{1,3}["']? [1-5]\d\d\b.{0,300}$/
/** Development clients of webpack, Vite and Next, when nothing is wrong. */
const DEVELOPMENT =
  /^(?:\S{1,80}:\d{1,6}(?::\d{1,6})? )?\[(?:HMR|WDS|webpack-dev-server|vite|Fast Refresh)\] (?:Waiting|connecting|Live Reloading|Hot Module|Server started|App (?:updated|hot)|Checking|rebuilding|done)/i

/** What somebody typed, with the prompt or without it. */
const TYPED =
  /^\s{0,4}\^[CDZ]\s{0,4}$|^(?:iex\(\d{1,5}\)>|>>>|In \[\d{1,5}\]:|irb\([\w:]{1,40}\):\d{1,6}(?::\d{1,4})?[>*]|scala>|jshell>|ghci>|mysql>|sqlite>|PS [A-Z]:\\[^>\n]{0,200}>|[A-Z]:\\[^>\n]{0,200}>|\[?[a-z_][\w.-]{0,40}@[\w.-]{1,80}[: ][^\n$#]{0,120}[$#]) ?(?=\S|$)|^\d{1,3}> [^\n]{1,400}\.$|^\$ \S|^(?:[$#%>] )?(?:wscat|websocat|kubectl|docker(?:-compose)?|systemctl|journalctl|npm|npx|yarn|pnpm|tail|cat|sudo|ssh|adb|openssl|flask|uvicorn|gunicorn|daphne|rails|python3?|node|deno|bun|go|cargo|dotnet|java|php|mix|nginx -[tTsV]) [\w./@:=, '"{}|*&?%$~+-]{1,400}$/

/** OpenSSH, and the shells of databases, about their own connections. */
const OTHER_PROGRAM =
  /^(?:(?:ssh|scp|sftp|sshd(?:\[\d{1,9}\])?|kex_exchange_identification|ssh_exchange_identification|ssh_dispatch_run_fatal|client_loop|psql|redis-cli|rsync|git): \S|\S{1,200}: Permission denied \(publickey)/

/** Statements of SQL, and PostgreSQL's own log: what they hold is data. */
const DATABASE =
  /^(?:INSERT INTO|UPDATE|DELETE FROM|SELECT) [^\n]{1,400}?(?:\bVALUES\b|\bSET\b|\bFROM\b|\bWHERE\b)|^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} [A-Z]{2,5} \[\d{1,9}\] (?:\S{1,100} ){0,2}(?:LOG|STATEMENT|DETAIL|HINT|CONTEXT|ERROR|FATAL): /

/** node-fetch names what it asked for; sessions of Socket.IO, SockJS and SignalR begin with such requests, too. */
const FETCH =
  /^(?:Uncaught |Error: )?FetchError: (?:request to|invalid json response body at) https?:\/\/(\S{1,2000})/
const OPENS_SESSION =
  /\/(?:socket\.io|engine\.io|sockjs|negotiate|signalr|ws|websocket)\b|[?&]transport=|\/info\b/i

/** A mistake in a script, the page’s or a server’s, which no connection has. */
const SCRIPT_ERROR =
  /\b(?:TypeError|ReferenceError|RangeError): .{0,200}(?:\bis not (?:defined|a function|an object|iterable|a constructor)\b|Cannot (?:read|set) propert(?:y|ies)\b|\bevaluating '|\bis (?:null|undefined)$|\bbefore initialization\b)/

/** What a logger calls information, or less: without a word of failure it is routine. */
const ROUTINE =
  /^(?:\S{1,80} {1,4}){0,8}?[[(|<"]{0,2}(?:INFO|DEBUG|TRACE|NOTICE|INF|DBG|TRC|info|debug|trace|notice|Info|Debug|Information)\b[\])|>":]{0,2}|\b(?:level|lvl|severity)["']?[=:] ?["']?(?:info|debug|trace|notice)\b|^\[[IDT] [\d-]{6,10}|^[IDV] ?\/[\w$. -]{1,60}(?:\(\s{0,5}\d{1,6}\))?: |^I\d{4} \d\d:/i
const FAILURE =
  /\b(?:err(?:or)?s?|fail\w{0,4}|fatal|exception|refus\w{2,3}|reject\w{2,3}|den(?:ied|y)|time[ds]?[ -]?out|unable|cannot|could ?n[o']t|closed?|closing|disconnect\w{0,4}|lost|drop\w{0,4}|reset|abort\w{0,3}|invalid|unauthori[sz]ed|forbidden|not (?:found|allowed|authori[sz]ed|connected)|missing|kill\w{0,3}|restart\w{0,3}|shut\w{0,8}|panic|crit(?:ical)?|severe|traceback)\b|(?<!\d[.,:])\b(?!(?<=:)443\b)[45]\d\d\b(?!\.\d| ?(?:ms|bytes|[kKM]i?B)\b)/i

/** Output of DEBUG=…: the module’s name before it, the time since its last line behind it. */
const DEBUGGING = /^\s{0,4}(?:[\w.:T+-]{10,40} )?[a-z][\w.:-]{1,60} .{0,1500}(?: \+\d{1,6}(?:ms|s|m|h))$/
/** MQTT.js and Engine.IO, whose lines have no such end where no terminal prints them. */
const DEBUGGING_OF_KNOWN =
  /^\s{0,4}(?:[\w.:T+-]{10,40} )?(?:mqttjs|mqtt-packet|engine\.io(?:-client|-parser)?|socket\.io(?:-client|-parser)?)(?::[\w.:-]{1,60})? \S.{0,1500}$/

/** Traces of websocket-client, each frame as bytes and as it was read, and of clients of STOMP. */
const FRAMES_OF_TRACE =
  /^(?:>>>|<<<) [A-Z]{3,12}$|^(?:accept-version|heart-beat):[\d.,]{1,40}$|^(?:.{0,80}?[ :])?\+\+(?:Sent|Rcv) (?:raw|decoded): |^-{3} (?:request|response) header -{3}$/

/** What they count or quote is about other connections, or none. */
const STATISTICS = /\bWebSocketMessageBrokerStats\b|\bWebSocketSession\[\d{1,7} current WS\(/

/** Code that reads frames: whoever fails in it had an open connection. */
const READS_FRAMES =
  /\bokhttp3\.internal\.ws\.(?:WebSocketReader|RealWebSocket\.loopReader)|\borg\.apache\.tomcat\.websocket\.(?:WsFrame|server\.WsFrameServer|WsFrameClient)|\bManagedWebSocket\.(?:Receive|EnsureBuffer|ThrowIfEOF)|\bWebSocketCoreSession\b|\borg\.java_websocket\.\w{1,40}\.(?:decode|eot)|\bwebsocket\.\(\*Conn\)\.(?:ReadMessage|NextReader|advanceFrame|readLoop)|\bwebsockets[\\/](?:asyncio|legacy|sync)?[\\/]?(?:connection|protocol)\.py", line \d{1,6}, in (?:recv|ensure_open|transfer_data|read_message)|\bWebSocket\.receiverOn(?:Error|Conclude|Message)|\btungstenite::protocol::/

/** A page that came in place of an answer, tag by tag: what it says stands in its title. */
const PAGE =
  /^\s{0,40}<(?:!doctype|\/?(?:html|head|body|title|center|hr|h[1-6]|p|div|meta|pre|address|style|link|ul|li|br|span|section|main)\b)[^\n]{0,1000}>\s{0,8}$/i

/** The head of a table of kubectl, of docker, of journalctl, and a row of events that are in order. */
const TABLE =
  /^(?:LAST SEEN|NAMESPACE|NAME|CONTAINER ID|REASON|TYPE|COUNT|FIRST SEEN) {2}[A-Z /()-]{4,400}$|^\s{0,8}(?:\S{1,80}\s{1,20})?(?:\d{1,4}[smhd]){1,3}(?: \(x\d{1,6} over \S{1,12}\))?\s{1,20}Normal\s{1,20}(?:Pull(?:ed|ing)|Started|Created|Scheduled|SuccessfulCreate|LeaderElection|Sync|Issuing|AddedInterface|NodeReady|SuccessfulAttachVolume)\s|^-- (?:Logs begin|Journal begins|Boot|No entries)\b/

/** What Playwright and Puppeteer list below an error. */
const CALL_LOG =
  /^(?:Call log:|={3,40} logs ={3,40}|={20,80})$|^\s{0,8}(?:-\s{1,4}){1,3}<ws (?:preparing|connecting|connected)> /

/** An attempt begins; the lines after it tell what came of it. */
const CONNECTING = /(?<![\w/])(?:re)?connect(?:ing\b[^\n]{0,120}|(?: to)?:? ?['"]?)\bwss?:\/\//i

/** A program starts, says where it listens, or closes in order: the beginning of most logs. */
const STARTING =
  /\b(?:listening|running|started|starting|serving|ready|available|booted|bound)\b.{0,60}\b(?:on|at|in|for|from)\b.{0,120}$|\b(?:listening|running|started|ready)(?: port)?:? {0,2}:?\d{2,5}[.!]{0,3}$|^(?:>|\$|#|%) \S|^(?:INFO: {1,5})?(?:Waiting for application|Application startup|Started (?:server|reloader) process|Will watch for changes|Watching for file changes|Performing system checks|System check identified|Quit the server with|Django version|Use Ctrl|Press CTRL\+C to quit|Opening (?:ipv4|ipv6|websockets) listen socket|Debugger (?:is active|PIN)|\s{0,4}\* (?:Serving|Running|Environment|Debug mode|Restarting))/i

/** What systemd says of a service beside how it ended. */
const SERVICE =
  /\.service: (?:Deactivated successfully|Succeeded|Consumed [\w. ]{1,40} CPU time|Changed |Unit process \d|Killing process \d|Found left-over process \d)|\bsystemd\[\d{1,9}\]: (?:Start(?:ing|ed)|Reload(?:ing|ed)|Reached target|Listening on) /

/** Where a trace quotes the program’s own source: on the next line. */
const QUOTES_SOURCE =
  /^\s{0,20}File "[^"]{1,400}", line \d{1,7}|^(?:node:[\w/]{1,80}|\/\S{1,300}\.[cm]?[jt]sx?):\d{1,7}$/

export type Noise = {
  says: string
  /** Whatever the words, it is no sentence about a connection: a line of source code, a count. */
  isSure: boolean
  /** The frame of a trace shows that the connection had opened. */
  wasOpen: boolean
  /** What somebody typed to start a program. */
  isCommand?: true
}

/** Reads the lines of one source in their order; undefined for a line that may carry something. */
export function createNoise(): (line: string) => Noise | undefined {
  let isSource = false
  let isObject = false
  return (line) => {
    const quoted = isSource && /^\s{2,}\S/.test(line)
    isSource = QUOTES_SOURCE.test(line)
    if (quoted && !isSource) return { says: A_TRACE, isSure: true, wasOpen: false }
    isObject = OPENS_OBJECT.test(line) || (isObject && IN_OBJECT.test(line))
    return noiseOf(line) ?? (isObject && isPlainMember(line) ? MEMBER : undefined)
  }
}

/** An object that was printed over several lines, as util.inspect and consoles do: `WebSocket {`, `CloseEvent {…}`. */
const OPENS_OBJECT =
  /(?<!\w)_?(?:[A-Z]\w{0,60})?(?:Event|Socket|Error|Object|Request|Response|Message|Shim)\w{0,20} (?:\[[^\]]{0,80}\] )?\{[^}]{0,400}$|\b(?:Close|Error|Message|Progress)?Event \{.{0,400}\}\s{0,4}$/
const IN_OBJECT =
  /^\s{0,60}(?:[\w$'"[\]().<>-]{1,80}:(?:\s.{0,1000})?|[\]})]{1,8},?|\[?[\w.]{1,60}(?: \[\w{1,40}\])? ?\{.{0,300}|(?:at|\.\.\.) .{1,400})$/
/** Whoever tells of a failure in it is not passed over. */
const TELLS = /(?<![a-z])[a-z]{3,40} [a-z]{2}|\bE[A-Z]{4,20}\b/
function isPlainMember(line: string): boolean {
  const value = line
    .slice(line.indexOf(':') + 1)
    .replace(/\[(?:Object|Function|Array|Circular|Getter|Symbol)[^\]]{0,80}\]/g, '')
  return line.length < 1000 && !TELLS.test(value)
}
const MEMBER: Noise = { says: 'an object that was printed', isSure: false, wasOpen: false }

export const A_TRACE = 'a stack trace'

function noiseOf(text: string): Noise | undefined {
  if (text.length > 2000) return undefined
  if (OCPP_MESSAGE.test(text)) return { says: 'messages of OCPP', isSure: true, wasOpen: false }
  if (STATISTICS.test(text)) return { says: 'statistics', isSure: true, wasOpen: false }
  if (TYPED.test(text)) return { says: 'a command', isSure: false, wasOpen: false, isCommand: true }
  if (FRAMES.some((pattern) => pattern.test(text)))
    return { says: A_TRACE, isSure: false, wasOpen: READS_FRAMES.test(text) }
  if (OPENSSL.test(text)) return { says: 'what openssl printed of a session', isSure: false, wasOpen: false }
  if (CANCELED.test(text))
    return { says: 'a canceled operation, without its reason', isSure: false, wasOpen: false }
  if (REQUESTS.test(text)) return { says: 'another request of the page', isSure: false, wasOpen: false }
  if (OF_EXTENSIONS.test(text) && !/\bWebSocket connection to\b/.test(text))
    return { says: 'the browser’s tools or an extension', isSure: true, wasOpen: false }
  if (CUT_REQUEST.test(text)) return { says: 'another request', isSure: false, wasOpen: false }
  if (DEVELOPMENT.test(text)) return { says: 'a development client', isSure: false, wasOpen: false }
  if (WITHOUT_STATUS.test(text))
    return { says: 'an access line without a status', isSure: true, wasOpen: false }
  if (PAGE.test(text)) return { says: 'a page', isSure: false, wasOpen: false }
  if (FRAMES_OF_TRACE.test(text)) return { says: 'frames of a connection', isSure: false, wasOpen: false }
  if (TABLE.test(text)) return { says: 'a table', isSure: false, wasOpen: false }
  if (CALL_LOG.test(text)) return { says: 'what a program did before', isSure: false, wasOpen: false }
  if (OTHER_PROGRAM.test(text)) return { says: 'another program’s connection', isSure: true, wasOpen: false }
  if (DATABASE.test(text)) return { says: 'a statement of a database', isSure: true, wasOpen: false }
  const fetched = FETCH.exec(text)?.[1]
  if (fetched !== undefined && !OPENS_SESSION.test(fetched))
    return { says: 'another request', isSure: true, wasOpen: false }
  if (SCRIPT_ERROR.test(text)) return { says: 'a script’s own mistake', isSure: false, wasOpen: false }
  if (CONNECTING.test(text)) return { says: 'an attempt that begins', isSure: false, wasOpen: false }
  if (SERVICE.test(text)) return { says: 'a service that starts or ends', isSure: false, wasOpen: false }
  if (STARTING.test(text)) return { says: 'a program that starts', isSure: false, wasOpen: false }
  // The head of a record whose message stands below.
  if (/^[\w.:-]{1,120} \[[A-Z]{4,8}\]:?\s{0,3}$/.test(text))
    return { says: A_TRACE, isSure: false, wasOpen: false }
  if (DEBUGGING_OF_KNOWN.test(text) && !/\b(?:error|fail\w{0,4})\b/i.test(text))
    return { says: 'a line of routine', isSure: false, wasOpen: false }
  const isRoutine = ROUTINE.test(text.slice(0, 300)) || DEBUGGING.test(text)
  return isRoutine && !FAILURE.test(text)
    ? { says: 'a line of routine', isSure: false, wasOpen: false }
    : undefined
}
