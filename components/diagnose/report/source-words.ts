/** Where in the evidence an observation stands, as a person would say who made it. */

const observers: Readonly<Record<string, string>> = {
  browser: 'seen by the browser',
  client: 'from the client',
  probe: 'seen by the probe',
  retries: 'probe, one setting changed',
  proxy: 'from the proxy',
  server: 'from the server',
  peers: 'from other connections to the same server',
  target: 'from your input',
}

const parts: Readonly<Record<string, string>> = {
  'browser.console': 'in the browser console',
  'client.lines': 'in the client’s log',
  'proxy.access_log': 'in the proxy’s access log',
  'proxy.error_log': 'in the proxy’s error log',
  'proxy.config': 'in the proxy’s configuration',
  'probe.dns': 'seen by the probe, in DNS',
  'probe.tcp': 'seen by the probe, at TCP',
  'probe.tls': 'seen by the probe, in TLS',
  'probe.http': 'probe, handshake response',
  'probe.checks': 'probe, handshake response',
  'probe.frames': 'seen by the probe, in the frames',
  'probe.end': 'probe, connection end',
}

/** @param from a place in the evidence: `server[0].headers`, `probe.http.status`, `proxy.config:12` */
export function sourceWords(from: string): string {
  const inConfig = /^proxy\.config:(?:(.+):)?(\d+)$/.exec(from)
  if (inConfig) {
    const [, file, line] = inConfig
    return `in the proxy’s configuration, ${file === undefined ? '' : `${file} `}line ${line}`
  }
  const [observer = '', part = ''] = from.replace(/\[\d+\]/g, '').split('.')
  return parts[`${observer}.${part}`] ?? observers[observer] ?? from
}
