/** Ctrl-C ends whatever keeps the processor busy: no handler of ours stands in its way. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { startProcess } from '#tests/server/support/process.ts'

/** The command comes to this text and never gets past it, as behind a pattern that takes for ever. */
const preload = `
  import { writeSync } from 'node:fs'
  const { indexOf } = String.prototype
  String.prototype.indexOf = function (...args) {
    if (indexOf.call(this, 'SPIN') === -1) return indexOf.apply(this, args)
    writeSync(1, 'busy')
    for (;;);
  }
  for (const method of ['replace', 'split']) {
    const own = String.prototype[method]
    String.prototype[method] = function (...args) {
      this.indexOf('')
      return own.apply(this, args)
    }
  }`

const file = path.join(mkdtempSync(path.join(tmpdir(), 'busy-')), 'input')
writeFileSync(file, 'SPIN {}\n')

for (const command of ['judge', 'lint', 'logs']) {
  test(`why1006 ${command} ends with the signal while it computes`, async (t) => {
    const { child, exit } = startProcess({ preload, command: ['server/cli/main.ts', command, file] })
    t.after(() => child.kill('SIGKILL'))
    await once(child.stdout, 'data')
    child.kill('SIGINT')
    const { code, stdout } = await exit
    assert.deepEqual([code, child.signalCode, stdout], [null, 'SIGINT', 'busy'])
  })
}
