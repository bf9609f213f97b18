/** The output of `nginx -T`, which holds every file of a configuration. */
import type { ConfigReader } from '#lib/configs/nginx/syntax/tree.ts'

export interface ConfigFiles {
  /** Name of the main file. */
  readonly main: string
  readonly reader: ConfigReader
}

const HEADER = /^# configuration file (.+):\r?$/

/** All files of the output; undefined where the text is none. Names are relative to the folder of the main file. */
export function filesOfDump(text: string): ConfigFiles | undefined {
  const dump = readDump(text)
  if (!dump) return undefined
  const [first = ''] = dump.keys()
  const prefix = first.slice(0, first.lastIndexOf('/') + 1)
  const short = (name: string) => (name.startsWith(prefix) ? name.slice(prefix.length) : name)
  const files = new Map([...dump].map(([name, content]) => [short(name), content]))
  const list = (folder: string) => {
    const start = folder === '' ? '' : `${folder.replace(/\/$/, '')}/`
    const below = [...files.keys()].filter((name) => name.startsWith(start))
    return [...new Set(below.map((name) => name.slice(start.length).split('/')[0] ?? ''))]
  }
  return { main: short(first), reader: { read: (name) => files.get(short(name)), list } }
}

/** The files by name, the main one first. */
function readDump(text: string): ReadonlyMap<string, string> | undefined {
  const lines = text.split('\n')
  const start = lines.findIndex((line) => HEADER.test(line))
  // Before the first file stand only nginx's own messages.
  if (start < 0 || !lines.slice(0, start).every((line) => line === '' || line.startsWith('nginx:'))) {
    return undefined
  }
  const files = new Map<string, string[]>()
  let current: string[] = []
  for (const line of lines.slice(start)) {
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
