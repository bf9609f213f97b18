/** Several files in one text: what `nginx -T` writes, and what people paste one below the other, each with its name. */
import type { ConfigReader } from '#lib/configs/nginx/syntax/tree.ts'

export interface ConfigFiles {
  /** Name of the main file. */
  readonly main: string
  readonly reader: ConfigReader
}

/** Each file by its name, in their order. */
type Files = ReadonlyMap<string, string>

const HEADER = /^# configuration file (.+):\r?$/
/** The prompt of a shell, with a command or without. */
const PROMPT =
  /^\s{0,20}(?:\[?[\w.-]{1,60}@[\w.-]{1,80}[\s:][^\n$#%>]{0,120}[$#%>]|(?:ba|z)?sh-[\d.]{1,10}[$#]|[$#>])(?:\s.{0,400})?$/

/** All files of the output; undefined where the text is none. Names are relative to the folder of the main file. */
export function filesOfDump(text: string): ConfigFiles | undefined {
  const dump = readDump(text)
  return dump && withNames(dump, [...dump.keys()][0] ?? '')
}

function withNames(given: Files, first: string): ConfigFiles {
  const prefix = first.slice(0, first.lastIndexOf('/') + 1)
  const short = (name: string) => (name.startsWith(prefix) ? name.slice(prefix.length) : name)
  const files = new Map([...given].map(([name, content]) => [short(name), content]))
  const list = (folder: string) => {
    const start = folder === '' ? '' : `${folder.replace(/\/$/, '')}/`
    const below = [...files.keys()].filter((name) => name.startsWith(start))
    return [...new Set(below.map((name) => name.slice(start.length).split('/')[0] ?? ''))]
  }
  return { main: short(first), reader: { read: (name) => files.get(short(name)), list } }
}

/** The files by name, the main one first. Before the first stand nginx's own messages, and what somebody typed. */
function readDump(text: string): Files | undefined {
  const lines = text.split('\n')
  const start = lines.findIndex((line) => HEADER.test(line))
  if (start < 0 || lines.slice(0, start).some((line) => /[{;]\s*$/.test(line))) return undefined
  const files = new Map<string, string[]>()
  let current: string[] = []
  for (const line of withoutPrompt(lines.slice(start))) {
    const name = HEADER.exec(line)?.[1]
    if (name === undefined) current.push(line)
    else {
      current = []
      if (!files.has(name)) files.set(name, current)
    }
  }
  // nginx writes a line feed of its own behind each file.
  return new Map([...files].map(([name, content]) => [name, content.join('\n').replace(/\n$/, '')]))
}

/** Lines up to where the shell asks for the next command. */
function withoutPrompt(lines: readonly string[]): readonly string[] {
  let end = lines.length
  while (end > 0 && (lines[end - 1]?.trim() === '' || PROMPT.test(lines[end - 1] ?? ''))) end -= 1
  const hasPrompt = lines.slice(end).some((line) => PROMPT.test(line))
  return hasPrompt ? lines.slice(0, end) : lines
}

/**
 * The name of a file alone on its line: `# /etc/nginx/conf.d/a.conf`, `==> a.conf <==`, `File: a.conf`,
 * `**nginx.conf**`, `sites-enabled/a:`. A path needs a folder of nginx's, or the ending of a configuration.
 */
const HEADING =
  /^\s{0,3}(?:#{1,6}\s{0,4}|\/\/\s{0,4}|={2,3}>\s{0,4}|-{2,5}\s{0,4}|\*{1,2}|`)?(?:(?:file|filename|cat|content of|contents of)\s?:?\s{0,4})?[`*"']{0,3}((?:[\w.@~-]*\/)*(?:(?:sites-(?:enabled|available)|conf\.d|snippets|vhosts\.d)\/[\w.@-]+|[\w.@-]+\.(?:conf|inc|vhost|template|tmpl|tpl|j2|erb)|(?<=\/)(?:default|proxy_params)))[`*"']{0,3}\s{0,4}(?:<={2,3}|-{2,5}|#{1,6})?:?\s{0,4}$/i

/** The file that a line names, and nothing else. */
export const headingOf = (line: string): string | undefined =>
  line.length <= 300 ? HEADING.exec(line)?.[1] : undefined

export interface PastedFiles {
  readonly names: readonly string[]
  readonly reader: ConfigReader
  /** Names of those that were read since. */
  readonly taken: Set<string>
}

/**
 * Files that somebody pasted one below the other; undefined where fewer than two names are there. A name counts
 * between blocks only. What stands before the first has none, and is called `unnamed`.
 */
export function filesOfPaste(text: string, unnamed: string): PastedFiles | undefined {
  const files = new Map<string, string[]>([[unnamed, []]])
  let current = files.get(unnamed)
  let depth = 0
  for (const line of text.split('\n')) {
    const name = depth === 0 ? headingOf(line) : undefined
    if (name !== undefined) {
      current = files.get(name) ?? []
      files.set(name, current)
      continue
    }
    const [bare = ''] = line.split('#', 1)
    depth = Math.max(0, depth + bare.split('{').length - bare.split('}').length)
    current?.push(line)
  }
  if (!files.get(unnamed)?.some((line) => /[;{]/.test(line))) files.delete(unnamed)
  if (files.size < 2) return undefined
  return readerOfPaste(new Map([...files].map(([name, lines]) => [name, lines.join('\n')])))
}

function readerOfPaste(files: Files): PastedFiles {
  const taken = new Set<string>()
  const names = [...files.keys()]
  const byBase = Map.groupBy(names, baseOf)
  const find = (name: string): string | undefined => {
    const same = names.find((each) => each === name || each.endsWith(`/${name}`) || name.endsWith(`/${each}`))
    const [only, ...others] = byBase.get(baseOf(name)) ?? []
    return same ?? (others.length === 0 ? only : undefined)
  }
  return {
    names,
    taken,
    reader: {
      read: (name) => {
        const found = find(name)
        if (found !== undefined) taken.add(found)
        return found === undefined ? undefined : files.get(found)
      },
      list: (folder) => names.flatMap((name) => (isIn(folder, name) ? baseOf(name) : [])),
      partial: true,
    },
  }
}

const baseOf = (name: string): string => name.slice(name.lastIndexOf('/') + 1)

/** Whether a file lies in a folder, as far as both say where they are. */
function isIn(folder: string, name: string): boolean {
  const own = name.slice(0, Math.max(0, name.lastIndexOf('/')))
  const asked = folder.replace(/\/$/, '')
  return own === asked || own.endsWith(`/${asked}`) || asked.endsWith(`/${own}`)
}
