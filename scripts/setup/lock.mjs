import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { inRoot } from './paths.mjs'
import { say } from './say.mjs'

const ownerFile = 'pid'

/** @param {string} folder */
function ownerOf(folder) {
  try {
    return Number(readFileSync(`${folder}/${ownerFile}`, 'utf8')) || undefined
  } catch {
    return undefined
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** Making a folder is atomic on every file system; the pid inside tells a crash from work under way. */
function tryToTake(folder) {
  try {
    mkdirSync(folder)
    writeFileSync(`${folder}/${ownerFile}`, String(process.pid))
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
 * @returns {Promise<T>}
 */
export async function withLock(name, work) {
  mkdirSync(inRoot('.cache'), { recursive: true })
  const folder = inRoot('.cache', `${name}.lock`)
  let ownerlessLooks = 0
  let told = false
  while (!tryToTake(folder)) {
    const owner = ownerOf(folder)
    // Between making the folder and writing the pid there is an instant without an owner: look again before calling it a wreck.
    ownerlessLooks = owner === undefined ? ownerlessLooks + 1 : 0
    if (ownerlessLooks > 10 || (owner !== undefined && !isAlive(owner))) {
      rmSync(folder, { recursive: true, force: true })
      continue
    }
    if (!told && owner !== undefined) say(`Waiting for process ${owner}, which is at ${name}`)
    told ||= owner !== undefined
    await sleep(200)
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
