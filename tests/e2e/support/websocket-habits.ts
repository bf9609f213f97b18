/**
 * What a page can see of `WebSocket` itself. Runs in a page, whatever browser it is: with a recorder loaded its answer
 * must be what it was without.
 *
 * @param origin of the sockets of `startOwnPage`
 */
export async function websocketHabits(origin: string): Promise<unknown> {
  const seen: [string, unknown][] = []
  const see = (what: string, value: unknown) => seen.push([what, value])
  const flags = (owner: object, name: string) => {
    const { writable, enumerable, configurable } = Object.getOwnPropertyDescriptor(owner, name) ?? {}
    return [writable, enumerable, configurable]
  }
  const thrown = (act: () => unknown) => {
    try {
      act()
      return 'nothing'
    } catch (error) {
      const { name, message, code } = error as DOMException
      return [name, message, code, error instanceof DOMException]
    }
  }
  const once = (socket: WebSocket, type: string) =>
    new Promise<Event>((resolve) => {
      // biome-ignore lint/suspicious/noExplicitAny: one of the four handlers
      ;(socket as any)[`on${type}`] = resolve
    })

  see('itself', [typeof WebSocket, WebSocket.name, WebSocket.length, flags(window, 'WebSocket')])
  see('names', Object.getOwnPropertyNames(WebSocket).sort())
  see('constants', [WebSocket.CONNECTING, WebSocket.OPEN, WebSocket.CLOSING, WebSocket.CLOSED])
  see('frozen constants', flags(WebSocket, 'OPEN'))
  see('prototype', Object.getOwnPropertyNames(WebSocket.prototype).sort())
  see('prototype flags', flags(WebSocket, 'prototype'))
  see('parent', Object.getPrototypeOf(WebSocket) === EventTarget)
  for (const name of ['constructor', 'send', 'close'] as const) {
    const { [name]: method } = WebSocket.prototype
    see(name, [flags(WebSocket.prototype, name), method.name, method.length])
  }
  see('round', WebSocket.prototype.constructor === WebSocket)
  see(
    'native',
    [String(WebSocket), String(WebSocket.prototype.send)].every((text) => /\[native code\]/.test(text)),
  )

  see(
    'no new',
    thrown(() => (WebSocket as unknown as (url: string) => unknown)(origin)),
  )
  see(
    'nothing given',
    thrown(() => Reflect.construct(WebSocket, [])),
  )
  see(
    'bad url',
    thrown(() => new WebSocket('ws://[')),
  )
  see(
    'bad scheme',
    thrown(() => new WebSocket('ftp://example.test/')),
  )
  see(
    'fragment',
    thrown(() => new WebSocket(`${origin}/#part`)),
  )
  see(
    'bad protocol',
    thrown(() => new WebSocket(origin, 'not a token')),
  )
  see(
    'protocol twice',
    thrown(() => new WebSocket(origin, ['a', 'a'])),
  )
  see(
    'not a socket',
    thrown(() => WebSocket.prototype.send.call(window as unknown as WebSocket, 'x')),
  )
  see(
    'getter',
    thrown(() => WebSocket.prototype.readyState),
  )
  const own = new Error('mine')
  const stubborn = {
    toString: () => {
      throw own
    },
  }
  try {
    new WebSocket(stubborn as unknown as string)
  } catch (error) {
    see('what a page throws', error === own)
  }

  let asked = 0
  const counting = {
    toString: () => {
      asked++
      return `${origin}/counted`
    },
  }
  new WebSocket(counting as unknown as string).onopen = ({ target }) => (target as WebSocket).close()
  see('how often the address is read', asked)
  let taken = 0
  function* names() {
    taken++
    yield 'chat'
  }
  const iterated = new WebSocket(origin, names() as unknown as string[])
  see('how often protocols are read', taken)
  await once(iterated, 'open')
  see('protocol', iterated.protocol)
  iterated.close()

  const socket = new WebSocket(`${origin}/path?token=secret`, ['chat', 'other'])
  see('instance', [
    socket instanceof WebSocket,
    socket instanceof EventTarget,
    socket.constructor === WebSocket,
  ])
  see('its own', [Object.keys(socket), Object.prototype.toString.call(socket)])
  see('its prototype', Object.getPrototypeOf(socket) === WebSocket.prototype)
  see('at first', [
    socket.readyState,
    socket.binaryType,
    socket.bufferedAmount,
    socket.protocol,
    socket.extensions,
  ])
  see(
    'sent too early',
    thrown(() => socket.send('x')),
  )
  see(
    'closed wrongly',
    thrown(() => socket.close(999)),
  )
  see(
    'closed too long',
    thrown(() => socket.close(1000, 'x'.repeat(124))),
  )
  const order: string[] = []
  for (const type of ['open', 'message', 'error', 'close']) {
    socket.addEventListener(type, function (this: WebSocket, event) {
      order.push(`${type} ${this === socket} ${event.target === socket} ${event.isTrusted}`)
    })
  }
  await once(socket, 'open')
  see('opened', [socket.readyState, socket.protocol, socket.url.replace(origin, '')])
  socket.send('text')
  see('text', ((await once(socket, 'message')) as MessageEvent).data)
  socket.binaryType = 'arraybuffer'
  socket.send(new Uint8Array([1, 2, 3]))
  see('bytes', [...new Uint8Array(((await once(socket, 'message')) as MessageEvent).data)])
  socket.binaryType = 'blob'
  socket.send(new Blob(['blob']))
  see('blob', await (((await once(socket, 'message')) as MessageEvent).data as Blob).text())
  socket.dispatchEvent(new MessageEvent('message', { data: 'made up' }))
  see('what send returns', socket.send('close'))
  const { code, reason, wasClean } = (await once(socket, 'close')) as CloseEvent
  see('closed', [code, reason, wasClean, socket.readyState])
  see(
    'sent after',
    thrown(() => socket.send('x')),
  )
  see(
    'closed after',
    thrown(() => socket.close()),
  )
  see('order', order)

  class Chat extends WebSocket {
    listeners = 'none'
    says: string[] = []
    constructor(url: string) {
      super(url)
      this.addEventListener('message', (event: unknown) => this.says.push((event as MessageEvent).data))
    }
    override send(data: string) {
      super.send(`chat: ${data}`)
    }
    override addEventListener(...given: unknown[]) {
      this.listeners = `${this.listeners} ${given[0]}`
      super.addEventListener(...(given as Parameters<WebSocket['addEventListener']>))
    }
  }
  const chat = new Chat(origin)
  await once(chat, 'open')
  chat.send('hello')
  await once(chat, 'message')
  see('subclass', [chat instanceof Chat, chat instanceof WebSocket, chat.constructor === Chat, chat.says])
  see('what it listens to', chat.listeners)
  see('its static', Chat.OPEN)
  chat.close(4000, 'done')
  await once(chat, 'close')
  const refused = new WebSocket(`${origin}/refused`)
  const types: string[] = []
  refused.onerror = ({ type }) => types.push(type)
  see('refused', [((await once(refused, 'close')) as CloseEvent).code, types])
  return seen
}
