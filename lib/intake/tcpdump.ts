/**
 * Packets as `tcpdump` prints them: when a connection was upgraded, when something was last sent, and how TCP ended
 * (tcpdump(1), "Output format"). Of several connections the first that was upgraded is told.
 */
import type { BrowserEvent, Evidence } from '#lib/evidence/schema.ts'

export type Tcpdump = {
  /** Whether the line is a packet of TCP. */
  read: (line: string) => boolean
  evidence: () => Evidence | undefined
}

/** `00:00:00.011022 IP 198.51.100.2.443 > 10.0.8.14.41022: Flags [P.], seq 1:167, ack 231, win 110, length 166: HTTP/1.1 101 …` */
const PACKET =
  /^\s{0,4}(?:(\d{4}-\d\d-\d\d) )?(?:(\d{1,2}):(\d\d):(\d\d\.\d{1,9})|(\d{9,11}\.\d{1,9})) (?:\S{1,20} {1,2}(?:In|Out|P) {1,2})?IP6? (\S{1,80}) > (\S{1,80}): Flags \[([A-Z.]{1,8}|none)\](?:, [^\n]{0,300}?)?, length (\d{1,9})(?:: ([^\n]{0,300}))?$/
/** What prints the time since the packet before, and since the first one. */
const COMMAND = /\btcpdump\b[^\n]{0,200}? -\w{0,12}?(ttttt|ttt)(?!t)/

const MOST_PACKETS = 20_000
/** A reset that comes so soon answers the packet before it. */
const ANSWER_MS = 2000
/** Shorter pauses are those of any conversation. */
const SILENCE_MS = 10_000
const DAY_MS = 86_400_000

type Packet = { ms: number; from: string; to: string; flags: string; length: number; text: string }

export function createTcpdump(): Tcpdump {
  const packets: Packet[] = []
  /** Undefined until a command or the times tell. */
  let printed: 'since-before' | 'since-first' | undefined
  return {
    read(line) {
      const option = COMMAND.exec(line)?.[1]
      if (option !== undefined) {
        printed = option === 'ttt' ? 'since-before' : 'since-first'
        return true
      }
      const packet = packetIn(line)
      if (packet === undefined) return false
      if (packets.length < MOST_PACKETS) packets.push(packet)
      return true
    },
    evidence() {
      const timed = withTimes(packets, printed)
      const opening = timed.find(({ text }) => /^(?:HTTP: )?HTTP\/1\.1 101\b/.test(text))
      if (opening === undefined) return undefined
      const { from: server, to: client } = opening
      const own = timed.filter(
        ({ ms, from, to }) =>
          ms >= opening.ms && ((from === server && to === client) || (from === client && to === server)),
      )
      return { client: { events: eventsOf(own, opening.ms) } }
    },
  }
}

function packetIn(line: string): Packet | undefined {
  if (!line.includes(': Flags [')) return undefined
  const match = PACKET.exec(line)
  if (match === null) return undefined
  const [, day, hours, minutes, seconds, epoch, from = '', to = '', flags = '', length, text = ''] = match
  const ofDay = (Number(hours) * 60 + Number(minutes)) * 60_000 + Number(seconds) * 1000
  const ms = epoch === undefined ? ofDay + (day === undefined ? 0 : Date.parse(day)) : Number(epoch) * 1000
  return { ms, from, to, flags, length: Number(length), text }
}

/** Milliseconds since the first packet, whatever was printed. */
function withTimes(
  packets: readonly Packet[],
  printed: 'since-before' | 'since-first' | undefined,
): Packet[] {
  const grows = packets.every(({ ms }, at) => at === 0 || ms >= (packets[at - 1]?.ms ?? 0))
  const isBefore = printed === 'since-before' || (printed === undefined && packets[0]?.ms === 0 && !grows)
  let ms = 0
  let last: number | undefined
  return packets.map((packet) => {
    // A time of day begins again at midnight.
    const passed = isBefore ? packet.ms : packet.ms - (last ?? packet.ms)
    ms += last === undefined && !isBefore ? 0 : passed < -DAY_MS / 2 ? passed + DAY_MS : Math.max(0, passed)
    last = packet.ms
    return { ...packet, ms }
  })
}

/** What a client would have told: when it opened, when something moved, and when TCP ended without a Close frame. */
function eventsOf(packets: readonly Packet[], openedMs: number): BrowserEvent[] {
  const end = packets.findIndex(({ flags }) => /[RF]/.test(flags))
  const closing = packets[end]
  const moved = (end === -1 ? packets : packets.slice(0, end)).slice(1).filter(({ length }) => length > 0)
  const silent = closing?.flags.includes('R') ? beforeAnswered(moved, closing) : moved
  const since = (ms: number) => Math.round(ms - openedMs)
  return [
    { ms: 0, type: 'open' },
    ...silent.map(({ ms }): BrowserEvent => ({ ms: since(ms), type: 'message' })),
    ...(closing && isDrop(closing, moved) ? [{ ms: since(closing.ms), type: 'close', code: 1006 }] : []),
  ]
}

/** A FIN right behind data may follow a Close frame, which nobody sees in its length. */
function isDrop(closing: Packet, moved: readonly Packet[]): boolean {
  const lastMs = moved.at(-1)?.ms ?? 0
  return closing.flags.includes('R') || (closing.length === 0 && closing.ms - lastMs > ANSWER_MS)
}

/** The packet that ended a silence, and that the reset answers, found a connection that was gone already. */
function beforeAnswered(moved: readonly Packet[], reset: Packet): readonly Packet[] {
  const last = moved.at(-1)
  const since = last && last.ms - (moved.at(-2)?.ms ?? 0)
  const isAnswer = last !== undefined && last.from === reset.to && reset.ms - last.ms < ANSWER_MS
  return isAnswer && (since ?? 0) >= SILENCE_MS ? moved.slice(0, -1) : moved
}
