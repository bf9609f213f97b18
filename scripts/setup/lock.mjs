import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { inRoot, root } from './paths.mjs'
import { say } from './say.mjs'

const ownerFile = 'pid'

/**
 * When the process of that pid began, in the system's own words: pids come again, in a container after each restart,
 * and then the beginning is another one. Undefined where the system does not tell.
 * @param {number} pid
 * @returns {string | undefined}
 */
function beginningOf(pid) {
  try {
    if (process.platform === 'linux') {
      // The name, in parentheses, may hold anything; the 20th field after it is the tick since the boot (proc(5)).
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      // It has ended, and whoever began it has not asked how.
      if (state === 'Z') return 'ended'
      const tick = fields[18]
      return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${tick}`
    }
    if (process.platform === 'win32') return undefined
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined
  } catch {
    return undefined
  }
}

const describeOwner = (pid) => `${pid} ${beginningOf(pid) ?? 'unknown'}`

/** @param {string} folder @returns {{ pid: number, beginning: string } | undefined} undefined: nobody that can be told */
function ownerOf(folder) {
  try {
    const [, pid, beginning] = /^(\d+) (.+)$/.exec(readFileSync(`${folder}/${ownerFile}`, 'utf8')) ?? []
    return pid === undefined ? undefined : { pid: Number(pid), beginning }
  } catch {
    return undefined
  }
}

/** @param {{ pid: number, beginning: string }} owner */
function isAtWork({ pid, beginning }) {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (error.code !== 'EPERM') return false
  }
  const now = beginningOf(pid)
  return now === undefined || beginning === 'unknown' || now === beginning
}

/** Making a folder is atomic on every file system; the owner inside tells a crash from work under way. */
function tryToTake(folder) {
  try {
    mkdirSync(folder)
    writeFileSync(`${folder}/${ownerFile}`, describeOwner(process.pid))
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    return false
  }
}

/**
 * Runs `work` while no other process of this checkout holds the lock of that name.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @param {{ lookMs?: number }} [options] how often a lock that another holds is looked at
 * @returns {Promise<T>}
 */
export async function withLock(name, work, { lookMs = 200 } = {}) {
  mkdirSync(inRoot('.cache'), { recursive: true })
  const folder = inRoot('.cache', `${name}.lock`)
  let ownerlessLooks = 0
  let told = false
  while (!tryToTake(folder)) {
    const owner = ownerOf(folder)
    // Between making the folder and writing the owner there is an instant without one: look again before calling it a wreck.
    ownerlessLooks = owner === undefined ? ownerlessLooks + 1 : 0
    if (ownerlessLooks > 10 || (owner !== undefined && !isAtWork(owner))) {
      rmSync(folder, { recursive: true, force: true })
      continue
    }
    if (!told && owner !== undefined) {
      say(
        `Waiting for process ${owner.pid}, which is at ${name} (if it is not, remove ${path.relative(root, folder)})`,
      )
    }
    told ||= owner !== undefined
    await sleep(lookMs)
  }
  const release = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', release)
  try {
    return await work()
  } finally {
    process.off('exit', release)
    release()
  }
}
