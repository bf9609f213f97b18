/** The address of a `listen` directive. */

export interface Listen {
  /** `0.0.0.0` where every address is meant; `unix:…` for a socket, which has no port. */
  readonly host: string
  readonly port: number
  readonly ssl: boolean
  readonly isDefault: boolean
  readonly options: readonly string[]
  /** The address is not known: a template has yet to fill it in, or nobody pasted it. It may be any. */
  readonly isOpen?: true
}

/** Whether a client of this port may meet it. */
export const hears = (listen: Listen, port: number): boolean => listen.isOpen === true || listen.port === port

/** Undefined where the port is none. */
export function parseListen([address = '', ...options]: readonly string[]): Listen | undefined {
  const flags = {
    ssl: options.includes('ssl') || options.includes('quic'),
    isDefault: options.includes('default_server') || options.includes('default'),
    options,
  }
  if (address.startsWith('unix:')) return { host: address, port: 0, ...flags }
  const match = /^(?:(\[[0-9a-fA-F:.]+\]|\*|[\w.-]+)(?::([^:]*))?)$/.exec(address)
  if (!match) return undefined
  const [, host = '', port] = match
  const onlyPort = port === undefined && /^\d+$/.test(host)
  const number = onlyPort ? Number(host) : port === undefined ? 80 : /^\d+$/.test(port) ? Number(port) : 0
  if (number < 1 || number > 65_535) return undefined
  return { host: onlyPort || host === '*' ? '0.0.0.0' : host, port: number, ...flags }
}
