/**
 * What a VCL does with an upgrade. Varnish leaves Upgrade and Connection out of every request that it sends, so that both
 * have to be copied in `vcl_pipe`, to which `vcl_recv` has to lead ("Websockets", varnish-cache.org/docs).
 */
import { NO_SETTINGS, type ProxySettings } from '#lib/facts/settings.ts'

/** Seconds: the parameter `pipe_timeout` of varnishd, which no VCL has. */
const PIPE_TIMEOUT = 60

const UPGRADE = /\bset\s+bereq\.http\.upgrade\s*=/i
const CONNECTION = /\bset\s+bereq\.http\.connection\s*=\s*(?:req\.http\.|"[^"\n]{0,40}upgrade)/i

export function varnishSettings(config: string): ProxySettings {
  const text = withoutComments(config)
  const pipe = bodyOf(text, 'vcl_pipe')
  const copies = (header: RegExp) => pipe !== undefined && header.test(pipe.body)
  const isPiped = /return\s*\(\s*pipe\s*\)/i.test(text)
  const begin = pipe ?? bodyOf(text, 'vcl_recv')
  if (begin === undefined) return NO_SETTINGS
  const place = `proxy.config:${begin.line}`
  const who = pipe ? 'vcl_pipe' : 'This VCL'
  return {
    ...NO_SETTINGS,
    idle: [{ seconds: PIPE_TIMEOUT, setting: 'pipe_timeout 60', isDefault: true, from: 'proxy.config' }],
    passing: {
      upgrade: isPiped && copies(UPGRADE),
      connection: isPiped && copies(CONNECTION),
      httpVersion: '1.1',
      from: { place, httpVersion: place },
      who,
    },
  }
}

/** Lines stay where they are. A `//` within a text in quotes is none, and what is behind it says nothing of headers. */
function withoutComments(config: string): string {
  let isOpen = false
  return config
    .split('\n')
    .map((line) => {
      if (isOpen) {
        isOpen = !line.includes('*/')
        return ''
      }
      const at = [line.indexOf('#'), line.indexOf('//'), line.indexOf('/*')].filter((each) => each !== -1)
      const begin = Math.min(line.length, ...at)
      isOpen = line.startsWith('/*', begin) && !line.includes('*/', begin)
      return line.slice(0, begin)
    })
    .join('\n')
}

/** A subroutine up to the next; several of one name run one after the other. */
function bodyOf(text: string, name: string): { body: string; line: number } | undefined {
  let body = ''
  let line: number | undefined
  for (const part of text.matchAll(/^[ \t]*sub[ \t]+(\w{1,60})/gm)) {
    if (part[1] !== name) continue
    const next = text.indexOf('\nsub ', part.index + 1)
    body += text.slice(part.index, next === -1 ? undefined : next)
    line ??= text.slice(0, part.index).split('\n').length
  }
  return line === undefined ? undefined : { body, line }
}
