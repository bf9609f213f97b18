/**
 * Lines that are known and say nothing about a connection: frames of stack traces, the tail of a DevTools message,
 * what a program prints when it starts. They are pieces of their own, so that nobody takes them for unread.
 */

const FRAMES: readonly RegExp[] = [
  // JavaScript, Java, .NET, Kotlin, Dart: "at f (file:1:2)", "at a.b.C.f(C.java:1)", "... 12 more"
  /^\s{0,20}at [\w$.<>[\]#`@/ \\,:()+*=&|?~-]{1,400}$/,
  /^\s{1,20}\.\.\. \d{1,4} (?:more|common frames omitted|filtered)/,
  /^#\d{1,4}\s{1,8}\S.{0,300}$/,
  // Python
  /^\s{0,20}Traceback \(most recent call last\):$/,
  /^\s{0,20}File "[^"]{1,400}", line \d{1,7}(?:, in .{1,200})?$/,
  /^(?:During handling of the above exception, another exception occurred:|The above exception was the direct cause of the following exception:)$/,
  /^\s{2,}[~^]{1,200}$/,
  /^\s{0,8}\+ Exception Group Traceback/,
  // .NET, Node
  /^\s{0,12}--- End of (?:inner exception )?stack trace/,
  /^(?:Node\.js v\d|Emitted 'error' event on |Thrown at:$)/,
  /^\s{2,12}(?:errno|code|syscall|address|port|hostname|library|reason|function|info): [^\n]{1,200},?$/,
  /^\s{0,12}[\]})]{1,3}[,;]?$/,
  /^Exception in thread "/,
  // Go
  /^(?:main\.\S{1,80}\(.{0,80}\)|exit status \d{1,3})$/,
  /^goroutine \d{1,10} \[[^\]]{1,100}\]:$/,
  /^\s{0,8}\S{1,300}\.go:\d{1,7}(?: \+0x[0-9a-f]{1,16})?$/,
  /^created by \S{1,300}/,
  // Ruby, PHP, Elixir, Rust
  /^\s{1,20}(?:from )?\S{1,300}:\d{1,7}:in [`'].{1,200}$/,
  /^#\d{1,4} \S{1,300}\(\d{1,7}\): .{1,300}$/,
  /^\s{1,20}\(\S{1,80} \d[\w.-]{0,20}\) \S{1,300}:\d{1,7}: .{1,200}$/,
  /^\s{1,20}(?:\d{1,4}: 0x[0-9a-f]{1,16} - |at \/rustc\/)/,
  // supervisord, stern
  /DEBG '[^']{1,80}' (?:stdout|stderr) output:$/,
  /^[+-] \S{1,200} › \S{1,200}$/,
  // DevTools
  /^(?:\(anonymous\)|[\w$.<>]{1,80}) @ \S{1,300}:\d{1,7}(?::\d{1,7})?$/,
  /^(?:Promise\.then|await in |setTimeout|setInterval|requestAnimationFrame|Understand this error|Show \d+ more frames)/,
]

/** A program starts, says where it listens, or closes in order: the beginning of most logs. */
const STARTING =
  /\b(?:listening|running|started|starting|serving|ready|available|booted|bound)\b.{0,60}\b(?:on|at|in|for|from)\b.{0,120}$|^(?:>|\$|#|%) \S|^(?:INFO: {1,5})?(?:Waiting for application|Application startup|Started (?:server|reloader) process|Will watch for changes|Watching for file changes|Performing system checks|System check identified|Quit the server with|Django version|Use Ctrl|Press CTRL\+C to quit|Debugger (?:is active|PIN)|\s{0,4}\* (?:Serving|Running|Environment|Debug mode|Restarting))/i

/** Where a trace quotes the program’s own source: on the next line. */
const QUOTES_SOURCE =
  /^\s{0,20}File "[^"]{1,400}", line \d{1,7}|^(?:node:[\w/]{1,80}|\/\S{1,300}\.[cm]?[jt]sx?):\d{1,7}$/

export type Noise = {
  says: string
  /** Whatever the words, it is no sentence of a program: a line of source code. */
  isSource: boolean
}

/** Reads the lines of one source in their order; undefined for a line that may carry something. */
export function createNoise(): (line: string) => Noise | undefined {
  let isSource = false
  return (line) => {
    const quoted = isSource && /^\s{2,}\S/.test(line)
    isSource = QUOTES_SOURCE.test(line)
    if (quoted && !isSource) return { says: A_TRACE, isSource: true }
    const says = noiseOf(line)
    return says === undefined ? undefined : { says, isSource: false }
  }
}

const A_TRACE = 'a stack trace'

/** What is said of a line that carries nothing; undefined where it may. */
function noiseOf(text: string): string | undefined {
  if (text.length > 2000) return undefined
  if (FRAMES.some((pattern) => pattern.test(text))) return A_TRACE
  return STARTING.test(text) ? 'a program that starts' : undefined
}
