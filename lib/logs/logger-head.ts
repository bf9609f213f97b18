/**
 * What a logger puts before the message of a line: time, level, process, thread, logger. The message alone is what the
 * program has to say. Formats are the defaults of Spring Boot, Logback, Log4j, java.util.logging, Python’s logging,
 * winston, pino-pretty, logrus, Rust’s tracing and Elixir’s Logger, and of what is configured like them.
 */

export type Headed = {
  message: string
  /** The thread is one of a server’s that takes requests: Tomcat, Jetty, Undertow. */
  isServers: boolean
}

const TIME = String.raw`(?:\[?\d{4}[-/]\d\d[-/]\d\d[ T]\d\d:\d\d:\d\d[.,\d]{0,10}(?:Z| ?[+-]\d\d:?\d\d)?\]?|\[?\d\d:\d\d:\d\d[.,\d]{0,10}\]?)`
const LEVEL = String.raw`\[?(?:TRACE|DEBUG|INFO|NOTICE|WARN(?:ING)?|ERROR|FATAL|CRITICAL|SEVERE|trace|debug|info|notice|warn(?:ing)?|error|fatal|critical)\]?`
const THREAD = String.raw`\[[^\]\n]{1,80}\]`
/** A class, a module, a file with its line. */
const LOGGER = String.raw`[\w$.:/*@#-]{1,160}`

const FORMS: readonly RegExp[] = [
  // Spring Boot: `2024-06-12T08:14:05.112Z  INFO 1 --- [app] [nio-8080-exec-3] c.e.demo.WsHandler : connected`
  `(?:${TIME})?\\s{0,4}${LEVEL} {1,4}\\d{1,10} --- (${THREAD}(?: ${THREAD})?) ${LOGGER}\\s{0,60}: `,
  // Logback and Log4j: `08:14:05.112 [http-nio-8080-exec-3] INFO c.e.WsHandler - connected`
  `(?:${TIME} )?(${THREAD}) {1,4}${LEVEL} {1,4}${LOGGER}(?: {1,4}-|:) `,
  `(?:${TIME} {1,4})?${LEVEL} {1,4}(${THREAD}) {0,4}(?:\\(${LOGGER}\\)|${LOGGER})?(?: {1,4}-|:) `,
  // Python: `2024-06-12 08:14:05,112 - chat - INFO - connected`, `INFO:chat:connected`
  `${TIME} - ${LOGGER} - ${LEVEL} - `,
  `(?:${TIME} )?(?:INFO|DEBUG|WARNING|ERROR|CRITICAL):${LOGGER}:`,
  // pino-pretty: `[08:14:05.112] INFO (812): connected`, winston and Elixir: `2024-… info: connected`, `[info] connected`
  `(?:${TIME} {1,4})?${LEVEL}(?: \\(\\S{1,80}\\))?: {1,6}`,
  `(?:${TIME} {1,4})?\\[(?:info|debug|notice|warn|warning|error)\\] {1,4}`,
  // tracing: `2024-06-12T08:14:05.112Z  INFO chat::ws: connected`
  `${TIME} {1,4}${LEVEL} {1,4}[\\w:]{1,120}: `,
].map((form) => new RegExp(`^${form}(?=\\S)`))

const OF_SERVERS =
  /\b(?:(?:https?-)?(?:jsse-|openssl-|apr-)?(?:nio2?|io|apr)-(?:[\w.-]{1,40}-)?\d{1,5}-exec-\d|qtp\d{3,12}-\d|XNIO-\d{1,3} (?:I\/O|task)-\d|tomcat-handler-\d|jetty-\d|default task-\d)/

/** Undefined where no logger put anything before the message. */
export function headOf(line: string): Headed | undefined {
  for (const form of FORMS) {
    const [head, thread = ''] = form.exec(line) ?? []
    if (head !== undefined) return { message: line.slice(head.length), isServers: OF_SERVERS.test(thread) }
  }
  return undefined
}
