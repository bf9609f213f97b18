import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readJsonLines } from '#lib/protocol/ndjson.ts'

async function* chunks(...texts: Uint8Array[]) {
  yield* texts
}
const bytes = (text: string) => new TextEncoder().encode(text)
async function read(parts: Uint8Array[], mostCharacters?: number): Promise<unknown[]> {
  const values: unknown[] = []
  for await (const value of readJsonLines(chunks(...parts), mostCharacters)) values.push(value)
  return values
}

test('lines are whole, however the bytes were cut', async () => {
  const whole = bytes('{"a":"ü"}\n{"b":2}\n')
  for (let at = 0; at <= whole.length; at++) {
    assert.deepEqual(await read([whole.slice(0, at), whole.slice(at)]), [{ a: 'ü' }, { b: 2 }])
  }
})

test('a last line needs no line break, and empty lines are none', async () => {
  assert.deepEqual(await read([bytes('\n1\r\n\n2')]), [1, 2])
})

test('what is no JSON is refused, and so is a line without end', async () => {
  await assert.rejects(read([bytes('{"a":\n')]), SyntaxError)
  await assert.rejects(read([bytes('1234'), bytes('5678')], 6), RangeError)
})
