/**
 * Source code between other lines: a program that somebody brought beside its log. What it prints where it fails is in
 * its own texts, and says nothing of a connection: a block of it is known as a whole, before its lines are looked at.
 */
import type { Lines } from '#lib/intake/lines.ts'
import { parseLine } from '#lib/logs/line.ts'

const LONGEST_LINE = 1000
const MOST_LINES = 5000
/** Fewer that only code has are chance. */
const FEWEST_SURE = 2
/** Lines in a row that may be code and are not for sure, outside of any bracket. */
const MOST_DOUBTFUL = 2

/** What no log, configuration or sentence begins a line with. */
const SURE: readonly RegExp[] = [
  // JavaScript, TypeScript
  /^\s{0,40}import (?:type )?(?:[\w$*{][\w$*{}, ]{0,300} from )?['"][^'"\n]{1,200}['"];?$/,
  /^\s{0,40}(?:export )?(?:default )?(?:async )?function\*? ?[\w$]{0,80}\([^\n]{0,300}\{?\s{0,4}$/,
  /^\s{0,60}(?:export )?(?:const|let|var) [\w$]{1,80}(?:: ?[\w$<>[\]|. ]{1,80})? ?= ?\S/,
  /^\s{0,60}(?:export )?(?:const|let|var) [{[][\w$:, ]{1,300}[}\]] ?= ?\S/,
  /^\s{0,60}(?:[\w$]{1,60}\.){1,6}(?:on\w{1,40} = |(?:on|once|addEventListener)\(['"`])/,
  // Python, Ruby, Elixir
  /^(?:from [\w.]{1,120} import |import [\w.]{1,120}(?: as \w{1,60}|(?:, [\w.]{1,60}){1,8})$)/,
  /^import (?:asyncio|json|os|sys|ssl|time|logging|socket|threading|websockets?|aiohttp|requests|signal|random)$/,
  /^\s{0,60}(?:async )?def \w{1,80}\([^\n]{0,300}\)(?: ?-> ?[^\n:]{1,80})?:?$/,
  /^\s{0,60}(?:class \w{1,80}(?:\([^)\n]{0,200}\))?:|class [A-Z]\w{0,80} < [\w:]{1,80}|defmodule [\w.]{1,120} do|require ['"][^'"\n]{1,120}['"])$/,
  /^\s{0,60}(?:async )?(?:with|for) [^\n]{1,200} (?:as|in) [^\n]{1,200}:$/,
  // Go, Rust
  /^package \w{1,60}$|^import \($|^import "[^"\n]{1,200}"$/,
  /^\s{0,20}func (?:\([^()\n]{1,100}\) )?\w{0,80}\([^\n]{0,300}\{$/,
  /^\s{0,60}[\w, ]{1,80} := \S/,
  /^\s{0,20}(?:type \w{1,80} (?:struct|interface) \{|(?:var|const) \w{1,80} (?:= |\*?[\w.[\]]{1,80}(?: = .{1,300})?$))/,
  /^\s{0,60}(?:use [\w:]{3,120}(?:::\{[^}\n]{1,200}\})?;|(?:pub )?(?:async )?fn \w{1,80}[(<][^\n]{0,300}|#\[[\w:]{1,60}(?:\(.{0,120}\))?\])$/,
  /^\s{0,60}let (?:mut )?[\w(), ]{1,80}(?:: ?[\w<>:&, ]{1,80})? = [^\n]{1,300};$/,
  // Java, Kotlin, C#, Swift
  /^(?:import|package) (?:static )?[a-z]\w{0,40}(?:\.[\w*]{1,60}){1,10};?$/,
  /^\s{0,40}(?:global )?using (?:static )?[A-Z]\w{0,60}(?:\.\w{1,60}){0,8};$/,
  /^\s{0,40}namespace [A-Z]\w{0,60}(?:\.\w{1,60}){0,8}[;{]?$/,
  /^\s{0,60}(?:(?:public|private|protected|internal|static|final|abstract|sealed|override|async|data|open|suspend) ){1,5}[\w<>[\],.? ]{1,120}(?:\([^\n]{0,300})?\{?;?$/,
  /^\s{0,60}(?:(?:using|await using) )?(?:var|val|final|[A-Z][\w<>[\],.?]{1,80}) \w{1,60} ?= ?(?:await )?(?:new [A-Z]|[A-Z]\w{1,60}\.|\w{1,60}\()[^\n]{0,400}$/,
  // C, C++, PHP
  /^#include [<"][\w./-]{1,120}[>"]$|^<\?php\b/,
  /^(?:void|int|static|bool|char|auto|esp_err_t) \*?\w{1,80}\([^\n]{0,300}\) ?\{?$/,
  /^\s{0,60}\$\w{1,60} ?= ?(?:new |[\w\\]{1,80}\(|['"[])[^\n]{0,400};$/,
]

/** What may be code, beside lines that are. */
const DOUBTFUL: readonly RegExp[] = [
  /^\s{0,80}[[({]{1,4}$/,
  /^\s{0,80}[\])}]{1,8}[;,)]{0,4}(?:\s{0,4}(?:else|catch|finally|while)\b[^\n]{0,300})?$/,
  /^\s{0,80}(?:\/\/|\/\*|\*\/|\*\s|#(?!\d))/,
  /^\s{0,80}@\w{1,60}(?:[.(][^\n]{0,300})?$/,
  /^\s{0,80}(?:await |return |new |yield |defer |go |self\.|this\.|throw |raise )?[\w$.]{1,120}(?:\(|\[|\.|->|::| ?[-+*|&]?= ?)[^\n]{0,900}[;,({[)\]:]$/,
  /^\s{0,80}(?:if|else|elif|for|foreach|while|switch|case|try|catch|except|finally|with|do|loop|match|select|return|break|continue|pass|end|begin|rescue|unless)\b[^\n]{0,300}[{:;)\]}]?$/,
  /^\s{0,80}\.\w{1,80}\([^\n]{0,500}$/,
  /^\s{0,80}(?:const )?[A-Z]\w{1,80}(?:<[\w<>, ]{1,80}>)?[ *&]{1,2}\w{1,80}(?:\([^\n]{0,300}\))?;$/,
  /^\s{1,80}['"]?[\w$-]{1,80}['"]?\s{0,4}[:=] ?[^\n]{0,500}[,;{[(]?$/,
  /^\s{1,80}<\/?[A-Za-z][^\n]{0,300}>?$/,
]

/** What a program or a browser prints, and no program is written with: there the code has ended. */
const PRINTED =
  /^\s{0,8}(?:at \S[^\n]{0,400}:\d{1,7}(?::\d{1,7})?\)?$|File "[^"\n]{1,400}", line \d|Traceback \(most recent|(?:Uncaught |Caused by: )?(?:[\w$]{1,80}\.){0,10}[A-Z]\w{0,80}(?:Error|Exception)(?::| \{|$)|HTTP\/\d|`{3}|WebSocket connection to '|[\w.-]{1,64} {0,20}\| (?=\S)|Firefox can|(?:INFO|ERROR|WARN(?:ING)?|DEBUG|TRACE|FATAL|info|warn|error|debug|fail|crit)\b[\]: ]|[VDIWE] \(\d|[VDIWE]\/\S|\[[^\]\n]{3,60}\] ?\S|\d{4}[-/]\d\d[-/]\d\d|\d\d:\d\d:\d\d|\d{1,3}(?:\.\d{1,3}){3} |[*<>] \S|[$%] \S|panic: |goroutine \d|wscat|websocat|curl\b)/

/** Of a person: words in a row without anything of code. */
const isProse = (text: string): boolean =>
  /^\s{0,8}["“]?[A-Z]/.test(text) && !/[;{}()=<>[\]]/.test(text) && text.trim().split(/\s+/).length > 5

/** What stands behind `//` or `#` of a line of code: there people write what they saw. */
const COMMENT = /(?:^|\s)(?:\/\/|#)(?!!) {0,4}(\S[^\n]{0,300})$/

export const commentIn = (text: string): string | undefined => COMMENT.exec(text)?.[1]

/** The index behind the source code that begins at a line of these; undefined where none does. Asked from the first line to the last. */
export function sourceCodeIn(lines: Lines): (at: number) => number | undefined {
  let searched = 0
  return (at) => {
    if (at < searched || !isSure(lines.at(at))) return undefined
    const { end, sure, last } = blockAt(lines, at)
    if (sure >= FEWEST_SURE) return end
    searched = last
    return undefined
  }
}

/** @returns `end` is behind its last line, `last` behind the last that was looked at */
function blockAt(lines: Lines, at: number): { end: number; sure: number; last: number } {
  let [sure, depth, doubtful, end] = [0, 0, 0, at]
  let index = at
  for (; index < lines.length && index - at < MOST_LINES; index++) {
    const text = lines.at(index)
    if (text.trim() === '') continue
    if (text.length > LONGEST_LINE) break
    const isKnown = isSure(text)
    if (!isKnown && (PRINTED.test(text) || isProse(text) || parseLine(text) !== undefined)) break
    if (isKnown) sure++
    const isWithin = depth > 0 || DOUBTFUL.some((pattern) => pattern.test(text))
    doubtful = isKnown || depth > 0 ? 0 : doubtful + 1
    if (!isKnown && (!isWithin || (doubtful > MOST_DOUBTFUL && !/^\s|^[\])}]/.test(text)))) break
    depth = Math.max(0, depth + bracketsOf(text))
    end = index + 1
  }
  return { end, sure, last: Math.max(end, at + 1) }
}

const isSure = (text: string): boolean =>
  text.length <= LONGEST_LINE && SURE.some((pattern) => pattern.test(text)) && !PRINTED.test(text)

/** How many more are opened than closed, those in texts left out. */
function bracketsOf(text: string): number {
  const bare = text.replace(/"(?:[^"\\\n]|\\.){0,500}"|'(?:[^'\\\n]|\\.){0,500}'|`[^`\n]{0,500}`/g, '')
  return count(bare, /[([{]/g) - count(bare, /[)\]}]/g)
}

const count = (text: string, brackets: RegExp): number => text.match(brackets)?.length ?? 0
