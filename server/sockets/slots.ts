/**
 * Shared time slots of 20 ms: tasks that fall into one slot run together, from one timer for all of them.
 *
 * A timer for each connection costs memory and wake-ups, and one sweep over all connections blocks the loop
 * for as long as it takes; slots do neither.
 */
const slotMs = 20
/** How far the timer looks for the next occupied slot; with nothing due it wakes once in this many slots. */
const horizon = 50

/** Something to run once, in a slot. Scheduling it again moves it. */
export interface SlotTask {
  readonly run: () => void
  /** Where it stands; kept by the slots. */
  slot?: number | undefined
}

export interface Slots {
  /** Milliseconds on the monotonic clock in which `dueMs` is given. */
  now(): number
  /** Runs the task in the first slot that is due at or after `dueMs`: up to 20 ms late, never early. */
  schedule(task: SlotTask, dueMs: number): void
  cancel(task: SlotTask): void
  close(): void
}

export interface SlotsOptions {
  /** Monotonic milliseconds. */
  readonly now: () => number
  /** Calls back once after `delayMs`. Returns the undo. */
  readonly setTimer: (callback: () => void, delayMs: number) => () => void
}

const systemClock: SlotsOptions = {
  now: () => performance.now(),
  setTimer: (callback, delayMs) => {
    const timer = setTimeout(callback, delayMs)
    timer.unref()
    return () => clearTimeout(timer)
  },
}

export function createSlots({ now, setTimer }: SlotsOptions = systemClock): Slots {
  const tasksOfSlot = new Map<number, Set<SlotTask>>()
  /** Every slot before this one has run. */
  let next = Math.ceil(now() / slotMs)
  let armedFor = Number.POSITIVE_INFINITY
  let disarm = () => {}

  const cancel = (task: SlotTask) => {
    if (task.slot === undefined) return
    const tasks = tasksOfSlot.get(task.slot)
    if (tasks?.delete(task) && tasks.size === 0) tasksOfSlot.delete(task.slot)
    task.slot = undefined
  }

  const arm = () => {
    disarm()
    armedFor = Number.POSITIVE_INFINITY
    if (tasksOfSlot.size === 0) return
    let slot = next
    while (slot < next + horizon && !tasksOfSlot.has(slot)) slot += 1
    armedFor = slot
    disarm = setTimer(runDue, Math.max(1, Math.ceil(slot * slotMs - now())))
  }

  const runDue = () => {
    const current = Math.floor(now() / slotMs)
    while (next <= current) {
      const slot = next
      next += 1
      const tasks = tasksOfSlot.get(slot)
      if (!tasks) continue
      tasksOfSlot.delete(slot)
      for (const task of tasks) {
        // A task of the same slot may have cancelled or moved this one in the meantime.
        if (task.slot !== slot) continue
        task.slot = undefined
        task.run()
      }
    }
    arm()
  }

  return {
    now,
    cancel,
    schedule: (task, dueMs) => {
      cancel(task)
      if (tasksOfSlot.size === 0) next = Math.max(next, Math.floor(now() / slotMs))
      const slot = Math.max(next, Math.ceil(dueMs / slotMs))
      task.slot = slot
      const tasks = tasksOfSlot.get(slot)
      if (tasks) tasks.add(task)
      else tasksOfSlot.set(slot, new Set([task]))
      if (slot < armedFor) arm()
    },
    close: () => {
      disarm()
      tasksOfSlot.clear()
    },
  }
}
