/** The output of `nginx -T`, which holds every file of a configuration. */

const HEADER = /^# configuration file (.+):\r?$/

/** The files by name, the main one first; undefined where the text is no such output. */
export function readDump(text: string): ReadonlyMap<string, string> | undefined {
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
