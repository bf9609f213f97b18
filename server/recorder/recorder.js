// The Why1006 recorder. It notes when each WebSocket of this page opened, failed and closed, and when messages went and how
// large they were. It keeps no message, cuts secrets out of addresses, and leaves WebSocket as it was.
// why1006() lists what it saw, with a link to each verdict, and copies the evidence.
// @ts-check
;((/** @type {string} */ home) => {
  /** @type {any} */
  const page = globalThis
  const mark = Symbol.for('why1006')
  // Pasted again: hand over.
  if (page[mark]) return page[mark]()
  const { WebSocket: Native, document, performance, navigator, location, setTimeout, fetch } = page
  const MOST_SOCKETS = 20
  const MOST_MESSAGES = 40
  const MASK = '***'
  const SECRET = /tok|sec|pas|pwd|key|auth|sig|ses|sid|cred|jwt|code|tick|mac|pin|user|mail/i
  const say = (/** @type {string} */ text) => page.console.info(`[Why1006] ${text}`)

  /** @typedef {{ ms: number, type: string, [more: string]: unknown }} Noted */
  /**
   * @typedef {object} Recorded
   * @property {string} id
   * @property {number} at epoch ms of `new WebSocket`
   * @property {number} since the same on the page's clock
   * @property {string} url
   * @property {string[]} subprotocols
   * @property {{ [type: string]: Noted }} notes what happened to the socket
   * @property {Noted[]} messages the last ones, a ring
   * @property {{ [type: string]: number }} lost how many the ring has lost, and when the last of them went
   * @property {number} received ms of the last message that was received
   * @property {number} last ms of the last message in either direction
   * @property {number} gap the longest time between two that were received
   * @property {number} quiet the longest time between any two
   * @property {any} socket while it lives
   */
  /** @type {Recorded[]} */
  const all = []
  /** @type {WeakMap<object, Recorded>} */
  const recordOf = new WeakMap()
  const encoder = new TextEncoder()

  /** The page must not notice a fault of ours. @param {() => void} act */
  const quietly = (act) => {
    try {
      act()
    } catch {}
  }

  // A value of a query stays where it is short and plain and its name promises no secret. A long word may be a token.
  const cut = (/** @type {unknown} */ text) =>
    String(text)
      .slice(0, 2000)
      .replace(/(\/\/)[^/?#\s'"]{1,500}@/g, `$1${MASK}@`)
      .replace(/([?&]([^=&\s'"]{0,99})=)([^&#\s'"]*)/g, (whole, start, name, value) =>
        /^([a-z]{1,12}|[\d.]{1,6})?$/i.test(value) && !SECRET.test(name) ? whole : start + MASK,
      )
      .replace(/(\/\/[^/?#\s'"]*)|[\w~%+-]{24,}/g, (word, host) => (host || !/\d/.test(word) ? word : MASK))

  const round = (/** @type {number} */ ms) => Math.round(ms * 10) / 10
  const timeIn = (/** @type {Recorded} */ record) => round(performance.now() - record.since)

  /** @param {Recorded} record @param {string} type @param {object} [more] */
  const note = (record, type, more) => {
    record.notes[type] ??= { ms: timeIn(record), type, ...more }
    changed(record, 100)
  }

  /** @param {Recorded} record @param {string} type @param {any} data */
  const message = (record, type, data) => {
    const ms = timeIn(record)
    const length = typeof data !== 'string' ? (data.byteLength ?? data.size) : encoder.encode(data).length
    record.quiet = Math.max(record.quiet, ms - record.last)
    record.last = ms
    if (type === 'message') {
      record.gap = Math.max(record.gap, ms - record.received)
      record.received = ms
    }
    if (record.messages.push({ ms, type, length }) > MOST_MESSAGES) {
      const lost = /** @type {Noted} */ (record.messages.shift())
      record.lost.ms = lost.ms
      record.lost[lost.type] = (record.lost[lost.type] ?? 0) + 1
    }
    changed(record, 5000)
  }

  /** @param {unknown} url @param {unknown} protocols */
  const begin = (url, protocols) => {
    /** @type {Recorded} */
    const record = {
      id: Math.random().toString(36).slice(2) + Math.random().toString(36).slice(2),
      at: Date.now(),
      since: performance.now(),
      url: cut(url),
      // What is neither a text nor an array of them would be read twice, and its maker may notice.
      subprotocols: [protocols].flat().flatMap((name) => (typeof name === 'string' ? cut(name) : [])),
      notes: {},
      messages: [],
      lost: {},
      received: 0,
      last: 0,
      gap: 0,
      quiet: 0,
      socket: undefined,
    }
    if (all.push(record) > MOST_SOCKETS) all.shift()
    return record
  }

  const listen = page.EventTarget.prototype.addEventListener

  /** @param {any} socket @param {Recorded} record */
  const watch = (socket, record) => {
    record.socket = socket
    recordOf.set(socket, record)
    /** @type {(type: string, take: (event: any) => void) => void} */
    const on = (type, take) =>
      // What the page dispatches itself is no event of the network.
      listen.call(socket, type, (/** @type {any} */ event) => event.isTrusted && quietly(() => take(event)))
    on('open', () => {
      note(record, 'open', { protocol: cut(socket.protocol), extensions: socket.extensions })
      record.last = record.received = timeIn(record)
    })
    on('message', ({ data }) => message(record, 'message', data))
    on('error', () => {
      note(record, 'error')
      // A policy that blocks a socket leaves it without a close event.
      setTimeout(() => record.socket && ended(record), 1000)
    })
    on('close', ({ code, reason, wasClean }) => {
      note(record, 'close', { code, reason: cut(reason), was_clean: wasClean })
      record.socket = undefined
      ended(record)
    })
  }

  /** @param {object} owner @param {string} name @param {any} value */
  const put = (owner, name, value) => {
    const enumerable = Object.getOwnPropertyDescriptor(owner, name)?.enumerable
    Object.defineProperty(owner, name, { configurable: true, writable: true, enumerable, value })
  }

  /** @param {string} name @param {(record: Recorded, args: any[], state: number) => void} take */
  const follow = (name, take) =>
    put(
      Native.prototype,
      name,
      new Proxy(Native.prototype[name], {
        apply(target, socket, args) {
          const record = recordOf.get(socket)
          const state = record && socket.readyState
          const result = Reflect.apply(target, socket, args)
          if (record) quietly(() => take(record, args, state))
          return result
        },
      }),
    )

  /** An evidence document. @param {Recorded} record */
  const evidenceOf = (record) => {
    const { url, subprotocols, notes, messages, lost, socket } = record
    const leftOut = {
      ms: lost.ms ?? 0,
      type: 'left_out',
      messages: lost.message ?? 0,
      sent: lost.sent ?? 0,
      longest_gap_ms: round(record.gap),
      longest_silence_ms: round(record.quiet),
    }
    const now = { ms: timeIn(record), type: 'still_open', ready_state: socket?.readyState }
    const events = [...Object.values(notes), ...(lost.ms ? [leftOut] : []), ...messages]
    // A crowd is counted whole.
    const peers = all.filter((each) => each.url === url).flatMap(peerOf)
    return {
      target: { url, subprotocols, page_origin: location.origin },
      browser: {
        events: [...events.sort((a, b) => a.ms - b.ms), ...(socket && !notes.page_left ? [now] : [])],
        online: navigator.onLine,
        user_agent: navigator.userAgent,
      },
      peers: peers[1] && peers,
    }
  }

  const peerOf = (/** @type {Recorded} */ { at, last, notes: { open, close } }) =>
    open && close
      ? [{ opened_ms: at + open.ms, last_byte_ms: at + last, closed_ms: at + close.ms, code: close.code }]
      : []

  /** What became of it, in a few words, and a link to the verdict, which carries the evidence. @param {Recorded} record */
  const tell = (record) => {
    const { open, close, exception, error } = record.notes
    const seconds = `${(((close?.ms ?? timeIn(record)) - (open?.ms ?? 0)) / 1000).toFixed(1)} s`
    const how = close?.code === 1006 ? 'dropped (1006)' : `closed with ${close?.code}`
    const words = open
      ? close
        ? `${how} after ${seconds}`
        : `open for ${seconds}`
      : exception
        ? `refused by the browser (${exception.name})`
        : close || error
          ? 'failed to connect'
          : 'connecting'
    const bytes = encoder.encode(JSON.stringify(evidenceOf(record)))
    const text = btoa(String.fromCharCode(...bytes))
      .replace(/\+/g, '-')
      .replace(/\//g, '_')
    say(`${record.url} ${words}. Why? ${home}/diagnose#evidence=${text.replace(/={1,2}$/, '')}`)
  }

  const isFailure = (/** @type {Recorded} */ { notes: { open, close, close_called, exception, error } }) =>
    open
      ? close && !(close.was_clean && (close_called || [1000, 1001, 1005].includes(Number(close.code))))
      : exception || ((close || error) && !close_called)

  /** @param {Recorded} record */
  const ended = (record) => {
    changed(record, 100)
    if (!isFailure(record)) return
    const count = all.filter((other) => other.url === record.url && isFailure(other)).length
    // The first, the second, the fourth, the eighth: who reconnects for ever does not fill the console.
    if ((count & (count - 1)) === 0) tell(record)
  }

  // Only what a page loads from a server of its own accord reports to that server.
  const { src } = document?.currentScript ?? {}
  if (src) home = new URL(src).origin
  let patience = src ? 3 : 0
  /** @type {Set<Recorded>} */
  const unsent = new Set()
  let due = Number.POSITIVE_INFINITY
  let timer = 0

  /** @param {Recorded} record @param {number} withinMs */
  const changed = (record, withinMs) => {
    unsent.add(record)
    const at = performance.now() + withinMs
    if (at >= due || !patience) return
    due = at
    clearTimeout(timer)
    timer = setTimeout(send, withinMs)
  }

  const send = (keepalive = false) => {
    due = Number.POSITIVE_INFINITY
    const recordings = [...unsent]
      .slice(-10)
      .map((record) => ({ id: record.id, started: record.at / 1000, evidence: evidenceOf(record) }))
    unsent.clear()
    if (!patience || !recordings[0]) return
    fetch(`${home}/api/recordings`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      credentials: 'omit',
      keepalive,
      body: JSON.stringify({ recordings }),
    }).then(
      () => {
        patience = 3
        // Who watches sees that the page is still there.
        for (const record of all) if (record.socket) changed(record, 30000)
      },
      () => {
        if (--patience === 0)
          say(`${home} does not take recordings: add ${location.origin} to its ALLOWED_ORIGINS.`)
      },
    )
  }

  page.addEventListener('pagehide', () => {
    for (const record of all) if (record.socket) note(record, 'page_left')
    send(true)
  })
  follow('send', (record, [data], state) => state === 1 && message(record, 'sent', data))
  follow('close', (record, [code = 1005, reason = ''], state) => {
    if (state < 2) note(record, 'close_called', { code: Number(code), reason: cut(reason) })
  })
  const Recording = new Proxy(Native, {
    construct(target, args, newTarget) {
      const [url, protocols] = args
      try {
        const socket = Reflect.construct(target, args, newTarget)
        quietly(() => watch(socket, begin(socket.url, protocols)))
        return socket
      } catch (/** @type {any} */ error) {
        quietly(() => {
          const record = begin(typeof url === 'string' || url instanceof URL ? url : '', protocols)
          note(record, 'exception', { name: error.name, message: cut(error.message) })
          ended(record)
        })
        throw error
      }
    },
  })
  put(Native.prototype, 'constructor', Recording)
  put(page, 'WebSocket', Recording)

  page[mark] = page.why1006 = () => {
    for (const record of all) tell(record)
    const record = all.findLast(isFailure) ?? all.at(-1)
    if (!record) return say('No WebSocket was opened since the recorder started.')
    const evidence = evidenceOf(record)
    const text = JSON.stringify(evidence)
    // Chrome's console lends its own to what it runs; elsewhere a page may only copy on a click.
    const copy = /native code|Command Line API/.test(page.copy)
      ? page.copy
      : (/** @type {string} */ all) => navigator.clipboard.writeText(all)
    new Promise((done) => done(copy(text))).then(
      () => say(`Copied the evidence of ${record.url}.`),
      () => say('To copy the evidence: copy(why1006())'),
    )
    return evidence
  }
  say('Recording. Each failed WebSocket is reported here. why1006() lists all of them.')
})('http://localhost:9000')
