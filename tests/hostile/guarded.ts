/** Runs work on one hostile input and holds it to what is promised for all of them. */
import assert from 'node:assert/strict'
import { Script } from 'node:vm'

/** Of the thread's own time, so that a busy machine accuses nobody; what is honest takes a fiftieth of it. */
const LONGEST_MS = 1000
/** By the clock: what never comes back uses no time that could be asked for afterwards. */
const HANGS_MS = 5 * 60_000

const slot = Symbol.for('hostile-work')
const holder = globalThis as { [slot]?: () => void }
const call = new Script("globalThis[Symbol.for('hostile-work')]()")

const shared = [Object, Array, String, Function, Number, Map, Set].map(({ prototype }) => prototype)
const namesOfShared = () => shared.map((prototype) => Reflect.ownKeys(prototype).length)
const clean = namesOfShared()

/** @throws what the work throws, and an AssertionError where it broke a promise */
export function guarded(work: () => unknown): void {
  let told: unknown
  holder[slot] = () => {
    told = work()
  }
  const before = process.threadCpuUsage()
  call.runInThisContext({ timeout: HANGS_MS })
  const { user, system } = process.threadCpuUsage(before)
  assert.ok(
    (user + system) / 1000 < LONGEST_MS,
    `took ${Math.round((user + system) / 1000)} ms of the processor`,
  )
  assert.deepEqual(namesOfShared(), clean, 'something shared was changed')
  assertPlain(told)
}

/** No member of what came out was taken from a prototype, and no object was given another one. */
function assertPlain(whole: unknown): void {
  const waiting = [whole]
  while (waiting.length > 0) {
    const value = waiting.pop()
    if (typeof value === 'string') assert.doesNotMatch(value, /\[native code\]|\[object Object\]/)
    assert.notEqual(typeof value, 'function', 'a function came out')
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) continue
    const prototype = Object.getPrototypeOf(value)
    assert.ok(
      prototype === null || prototype === Array.prototype || isRoot(prototype) || isClass(prototype),
      'an object got a prototype from outside',
    )
    for (const key of Object.keys(value)) waiting.push(Object.getOwnPropertyDescriptor(value, key)?.value)
  }
}

const isRoot = (prototype: object): boolean => Object.getPrototypeOf(prototype) === null
const isClass = (prototype: object): boolean => Object.hasOwn(prototype, 'constructor')
