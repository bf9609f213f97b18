/**
 * The form of a line of an access log, from its bytes: all that decides whose line it is and whether an upgrade was asked
 * for, without what differs from one request to the next. Lines of one form differ in addresses, times, paths and numbers
 * alone; what the parsers make of one of them, they make of all.
 *
 * It knows one layout, `… address … [20/Nov/2026:09:04:30 +0000] "GET /path HTTP/1.1" 200 512 …` of nginx and Apache with
 * anything before and behind; of other lines it says that it has none. One pass, nothing is copied.
 */
import { durationNames, requestNames, upgradeNames } from '#lib/logs/access-fields.ts'
import { joined } from '#lib/logs/bytes/path-number.ts'
import { is, isWebsocket, kindOf, LONGEST_DECIMAL, LONGEST_NUMBER, numberAt } from '#lib/logs/bytes/value.ts'

// Written here: an imported constant is looked up anew for each byte, which costs a fifth of the speed.
const SPACE = 32
const QUOTE = 34
const DASH = 45
const DOT = 46
const SLASH = 47
const ZERO = 48
const COLON = 58
const EQUALS = 61
const OPEN = 91
const BACKSLASH = 92
const CLOSE = 93
const QUESTION = 63
const FIRST_PRINTABLE = 33
const LAST_PRINTABLE = 126
const MOST_WORDS_BEFORE = 16
/** Below that of `tokens.ts`, behind which nothing is read. */
const MOST_WORDS_BEHIND = 60
const LONGEST_METHOD = 16
const LONGEST_PATH = 8192

const isDigit = (code: number): boolean => code >= 48 && code <= 57
const isCapital = (code: number): boolean => code >= 65 && code <= 90
/** In either case. */
const isHexLetter = (code: number): boolean => (code | 32) >= 97 && (code | 32) <= 102

const hashOf = (name: string): number => {
  let hash = 0
  for (const char of name) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193)
  return hash
}
const requests = new Set(requestNames.map(hashOf))
const upgrades = new Set(upgradeNames.map(hashOf))
const durations = new Set(durationNames.map(hashOf))

/** Reads one line after the other into its own fields. */
export class FormReader {
  /** The same for lines of one form; two forms differ in it but for one in 2⁵³. */
  form = 0
  status = 0
  isGet = false
  /** Where the path stands, without its query; and a number that two paths differ in, as two forms do. */
  pathFrom = 0
  pathTo = 0
  path = 0

  /** The whole number that is the last word without a name; NaN where that is something else. */
  lastWhole = Number.NaN

  #bytes: Uint8Array = new Uint8Array(0)
  #end = 0
  #at = 0
  #one = 0
  #other = 0

  /** Whether the line from `from` to `end` is laid out in the way that this knows. */
  read(bytes: Uint8Array, from: number, end: number): boolean {
    this.#bytes = bytes
    this.#end = end
    this.#at = from
    this.#one = 0x811c9dc5 | 0
    this.#other = 0
    this.lastWhole = Number.NaN
    if (!this.#readBefore() || !this.#readStamp() || !this.#readRequest() || !this.#readStatus()) return false
    if (!this.#readBehind()) return false
    this.form = joined(this.#one, this.#other)
    return true
  }

  #mix(value: number): void {
    this.#one = Math.imul(this.#one ^ value, 0x01000193)
    this.#other = (Math.imul(this.#other, 31) + Math.imul(value, 0x9e3779b1)) | 0
    this.#other ^= this.#other >>> 15
  }

  /** Words up to the bracket of the stamp, each with a blank behind it. */
  #readBefore(): boolean {
    const bytes = this.#bytes
    for (let words = 0; words < MOST_WORDS_BEFORE; words++) {
      if (this.#at >= this.#end) return false
      if (bytes[this.#at] === OPEN) return words > 0
      if (!this.#readWordBefore()) return false
    }
    return false
  }

  /** An address is one whatever it is; of another word its digits do not count. */
  #readWordBefore(): boolean {
    const bytes = this.#bytes
    const end = this.#end
    const from = this.#at
    let at = from
    let hash = 0
    let [dots, colons, letters, run] = [0, 0, 0, 0]
    let isVersion4 = true
    let isHex = true
    for (; at < end; at++) {
      const code = bytes[at] ?? 0
      if (code === SPACE) break
      if (isDigit(code)) {
        run++
        hash = Math.imul(hash ^ ZERO, 0x01000193)
        continue
      }
      hash = Math.imul(hash ^ code, 0x01000193)
      if (code === DOT) {
        if (run === 0 || run > 3) isVersion4 = false
        dots++
        run = 0
        continue
      }
      isVersion4 = false
      if (code === COLON) colons++
      else if (isHexLetter(code)) letters++
      else isHex = false
      if (code === QUOTE) return false
    }
    if (at >= end) return false
    this.#at = at + 1
    if (isVersion4 && dots === 3 && run > 0 && run <= 3) this.#mix(is.address)
    // A time of day is none.
    else if (isHex && colons > 1 && (letters > 0 || at - from !== 8)) this.#mix(is.address)
    else {
      this.#mix(is.word)
      this.#mix(hash)
    }
    return true
  }

  /** `[20/Nov/2026:09:04:30 +0000] `: the zone alone counts. */
  #readStamp(): boolean {
    const bytes = this.#bytes
    const at = this.#at
    if (at + 30 > this.#end) return false
    const isStamp =
      bytes[at + 3] === SLASH &&
      bytes[at + 7] === SLASH &&
      bytes[at + 12] === COLON &&
      bytes[at + 15] === COLON &&
      bytes[at + 18] === COLON &&
      bytes[at + 21] === SPACE &&
      bytes[at + 27] === CLOSE &&
      bytes[at + 28] === SPACE
    if (!isStamp) return false
    this.#mix(is.stamp)
    for (let zone = at + 22; zone < at + 27; zone++) this.#mix(bytes[zone] ?? 0)
    this.#at = at + 29
    return true
  }

  /** `"GET /path?query HTTP/1.1" ` */
  #readRequest(): boolean {
    const bytes = this.#bytes
    const end = this.#end
    let at = this.#at
    if (bytes[at] !== QUOTE) return false
    const method = ++at
    while (at < end && isCapital(bytes[at] ?? 0)) at++
    if (at - method < 3 || at - method > LONGEST_METHOD || bytes[at] !== SPACE) return false
    this.isGet =
      at - method === 3 && bytes[method] === 71 && bytes[method + 1] === 69 && bytes[method + 2] === 84
    const path = ++at
    if (bytes[at] !== SLASH) return false
    let [one, other] = [0, 0]
    let query = -1
    for (; at < end; at++) {
      const code = bytes[at] ?? 0
      if (code === SPACE) break
      if (code < FIRST_PRINTABLE || code > LAST_PRINTABLE || code === QUOTE || code === BACKSLASH)
        return false
      if (code === QUESTION && query < 0) query = at
      if (query >= 0) continue
      one = Math.imul(one ^ code, 0x01000193)
      other = (Math.imul(other, 31) + code) | 0
    }
    if (at - path > LONGEST_PATH) return false
    this.pathFrom = path
    this.pathTo = query < 0 ? at : query
    this.path = joined(one, other)
    // ` HTTP/1.1" ` or ` HTTP/2 `
    if (bytes[at + 1] !== 72 || bytes[at + 2] !== 84 || bytes[at + 3] !== 84 || bytes[at + 4] !== 80)
      return false
    if (bytes[at + 5] !== SLASH || !isDigit(bytes[at + 6] ?? 0)) return false
    at += 7
    if (bytes[at] === DOT) {
      if (!isDigit(bytes[at + 1] ?? 0)) return false
      at += 2
    }
    if (bytes[at] !== QUOTE || bytes[at + 1] !== SPACE) return false
    this.#at = at + 2
    return this.#at < end
  }

  /** `200 512`: of the length it counts whether there is one. */
  #readStatus(): boolean {
    const bytes = this.#bytes
    let at = this.#at
    if (at + 4 > this.#end) return false
    const [first, second, third] = [bytes[at] ?? 0, bytes[at + 1] ?? 0, bytes[at + 2] ?? 0]
    if (!isDigit(first) || !isDigit(second) || !isDigit(third) || bytes[at + 3] !== SPACE) return false
    this.status = (first - ZERO) * 100 + (second - ZERO) * 10 + (third - ZERO)
    at += 4
    const length = at
    while (at < this.#end && isDigit(bytes[at] ?? 0)) at++
    if (at === length && bytes[at] === DASH) at++
    if (at === length || at - length > LONGEST_NUMBER) return false
    if (at < this.#end && bytes[at] !== SPACE) return false
    this.#at = at
    return true
  }

  #readBehind(): boolean {
    const bytes = this.#bytes
    const end = this.#end
    for (let words = 0; this.#at < end; ) {
      const code = bytes[this.#at] ?? 0
      if (code === SPACE) {
        this.#at++
        continue
      }
      if (++words > MOST_WORDS_BEHIND) return false
      if (code === QUOTE) {
        if (!this.#readQuoted()) return false
      } else if (code === OPEN) {
        while (this.#at < end && bytes[this.#at] !== CLOSE) this.#at++
        if (this.#at++ >= end) return false
        this.#mix(is.bracketed)
        this.lastWhole = Number.NaN
      } else if (!this.#readBare()) return false
    }
    return true
  }

  /** What it says does not count, unless it is what an Upgrade header says; who escapes how, does. */
  #readQuoted(): boolean {
    const bytes = this.#bytes
    const end = this.#end
    const from = this.#at + 1
    let at = from
    for (; at < end; at++) {
      const code = bytes[at]
      if (code === QUOTE) break
      if (code !== BACKSLASH) continue
      const next = bytes[++at]
      if (next === QUOTE) this.#mix(is.escapesLikeApache)
      else if (next === 120 && bytes[at + 1] === 50 && bytes[at + 2] === 50) this.#mix(is.escapesLikeNginx)
    }
    if (at >= end) return false
    this.#mix(is.quoted)
    this.lastWhole = Number.NaN
    const length = at - from
    if (length === 0) this.#mix(is.empty)
    else if (length === 1 && bytes[from] === DASH) this.#mix(is.nothing)
    else if (isWebsocket(bytes, from, at)) this.#mix(is.upgrade)
    else if (length <= LONGEST_DECIMAL && kindOf(bytes, from, at) === is.decimal) this.#mix(is.decimal)
    this.#at = at + 1
    return true
  }

  /** A word, or `name=value`. */
  #readBare(): boolean {
    const bytes = this.#bytes
    const end = this.#end
    const from = this.#at
    let at = from
    let hash = 0
    for (; at < end; at++) {
      const code = bytes[at] ?? 0
      if (code === SPACE) break
      if (code === EQUALS && at > from) return this.#readNamed(hash, at + 1)
      // Behind a first = no other makes a name.
      if (code === EQUALS) {
        while (at < end && bytes[at] !== SPACE) at++
        break
      }
      hash = Math.imul(hash ^ code, 0x01000193)
    }
    this.#at = at
    const kind = kindOf(bytes, from, at)
    this.#mix(kind)
    this.lastWhole = kind === is.whole ? numberAt(bytes, from, at) : Number.NaN
    return true
  }

  #readNamed(name: number, from: number): boolean {
    const bytes = this.#bytes
    const isQuoted = bytes[from] === QUOTE
    this.#mix(is.named)
    this.#mix(name)
    const begin = isQuoted ? from + 1 : from
    let at = begin
    while (at < this.#end && bytes[at] !== (isQuoted ? QUOTE : SPACE)) {
      if (isQuoted && bytes[at] === BACKSLASH) at++
      at++
    }
    if (isQuoted && at >= this.#end) return false
    if (requests.has(name)) return false
    // An upgrade counts with what it says; a duration with whether it is one.
    const isUpgrade = upgrades.has(name)
    if (isUpgrade || durations.has(name)) {
      const kind = kindOf(bytes, begin, at)
      const isOrdinary = kind !== is.other && kind !== is.milliseconds && kind !== is.finer
      this.#mix(kind)
      if (isUpgrade || !isOrdinary) for (let each = begin; each < at; each++) this.#mix(bytes[each] ?? 0)
    }
    this.#at = isQuoted ? at + 1 : at
    return true
  }
}
