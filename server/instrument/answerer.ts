import path from 'node:path'
import { fileURLToPath } from 'node:url'

const own = path.dirname(fileURLToPath(import.meta.url))

/** The package, else the file, that called us through a socket: the first of the stack that is neither Node's nor ours. */
export function answererOf({ stack = '' }: Error): string | undefined {
  for (const line of stack.split('\n')) {
    const place = placeIn(line)
    if (place === undefined || place.startsWith('node:')) continue
    const file = place.startsWith('file:') ? fileURLToPath(place) : place
    if (path.dirname(file) === own) continue
    const parts = file.split(/[\\/]/)
    const inside = parts.slice(parts.lastIndexOf('node_modules') + 1)
    if (inside.length === parts.length) return parts.at(-1)
    return inside[0]?.startsWith('@') ? inside.slice(0, 2).join('/') : inside[0]
  }
  return undefined
}

/** `    at name (place:12:3)`, or without a name and parentheses. */
function placeIn(line: string): string | undefined {
  const from = line.endsWith(')') ? line.lastIndexOf('(') + 1 : line.lastIndexOf(' ') + 1
  const parts = line.slice(from).split(':')
  return parts.length > 2 ? parts.slice(0, -2).join(':') : undefined
}
