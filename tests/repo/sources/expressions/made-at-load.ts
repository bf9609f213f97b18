/** Loads modules and prints the expressions that they make meanwhile: `node made-at-load.ts <root> <file> …`. */
import type { Call, Expression } from '#tests/repo/sources/expressions/list.ts'

const [root = '', ...files] = process.argv.slice(2)
const made: (Expression & Call)[] = []

/** The place of ours that called, undefined where a package did. */
function callerIn(stack: string): Call | undefined {
  const caller = stack.split('\n').find((line) => line.includes('file://') && !line.includes('made-at-load'))
  const [, file = '', line] = /file:\/\/([^:]*):(\d+)/.exec(caller ?? '') ?? []
  const isOurs = file.startsWith(root) && !file.includes('node_modules')
  return isOurs ? { file: file.slice(root.length), line: Number(line) } : undefined
}

globalThis.RegExp = new Proxy(RegExp, {
  construct(target, given: [string | RegExp, string?]) {
    const expression = Reflect.construct(target, given) as RegExp
    const call = callerIn(new Error('made here').stack ?? '')
    if (call) made.push({ ...call, source: expression.source, flags: expression.flags })
    return expression
  },
})

for (const file of files) await import(new URL(file, `file://${root}`).href)
process.stdout.write(JSON.stringify(made))
