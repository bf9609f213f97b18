import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import * as z from 'zod/mini'
import { ProblemError, problemOf } from '#components/api/problem.ts'
import { getJson, postForLines, postJson } from '#components/api/request.ts'

let cut = () => {}

const answers: Record<string, RequestListener> = {
  '/fine': (_, response) => response.end('{"name":"fine"}'),
  '/other': (_, response) => response.end('{"nome":"other"}'),
  '/page': (_, response) => response.end('<html>'),
  '/told': (_, response) =>
    response.writeHead(409).end('{"error":"taken","message":"It is taken.","remedy":"Take another."}'),
  '/proxy': (_, response) => response.writeHead(502).end('<html>Bad Gateway'),
  '/echo': (request, response) => request.pipe(response),
  '/lines': (_, response) => response.end('{"name":"a"}\n{"name":"b"}\n'),
  '/cut': (_, response) => {
    response.write('{"name":"a"}\n{"na')
    cut = () => response.destroy()
  },
  '/endless': (_, response) => response.write('{"name":"a"}\n'),
  '/silent': () => {},
}

const ended = new Map<string, () => void>()
const server = createServer((request, response) => {
  const path = request.url ?? ''
  response.once('close', () => ended.get(path)?.())
  answers[path]?.(request, response)
}).listen(0, '127.0.0.1')
await once(server, 'listening')
after(() => server.close())
const at = (path: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`

const contract = z.object({ name: z.string() })
const codeOf = async (asked: Promise<unknown>) => {
  const error = await asked.then(
    () => assert.fail('it did not fail'),
    (thrown: unknown) => thrown,
  )
  assert.ok(error instanceof ProblemError, String(error))
  return error.problem.error
}
const linesOf = async (path: string, signal?: AbortSignal) => {
  const names: string[] = []
  for await (const { name } of postForLines(at(path), {}, contract, signal)) {
    names.push(name)
    cut()
  }
  return names
}

test('an answer of the contract is read, and what was sent is JSON', async () => {
  assert.deepEqual(await getJson(at('/fine'), contract), { name: 'fine' })
  assert.deepEqual(await postJson(at('/echo'), { name: 'sent' }, contract), { name: 'sent' })
  assert.deepEqual(await linesOf('/lines'), ['a', 'b'])
})

test('each way to fail is a problem with a code of its own', async () => {
  assert.equal(await codeOf(getJson(at('/told'), contract)), 'taken')
  assert.equal(await codeOf(getJson(at('/proxy'), contract)), 'refused')
  assert.equal(await codeOf(getJson(at('/page'), contract)), 'unreadable')
  assert.equal(await codeOf(getJson(at('/other'), contract)), 'unreadable')
  assert.equal(await codeOf(getJson('http://127.0.0.1:1/', contract)), 'unreachable')
  assert.equal(await codeOf(linesOf('/told')), 'taken')
  assert.equal(await codeOf(linesOf('/cut')), 'cut_off')
})

test('aborted, it throws the reason of the signal and no problem', async () => {
  const reason = new Error('nobody waits any more')
  const abort = new AbortController()
  const asked = [getJson(at('/silent'), contract, abort.signal), linesOf('/silent', abort.signal)]
  abort.abort(reason)
  for (const each of asked) await assert.rejects(each, reason)
  await assert.rejects(getJson(at('/fine'), contract, AbortSignal.abort(reason)), reason)
})

test('who stops reading lines ends the request', async () => {
  const closed = new Promise<void>((resolve) => ended.set('/endless', resolve))
  for await (const { name } of postForLines(at('/endless'), {}, contract)) {
    assert.equal(name, 'a')
    break
  }
  await closed
})

test('what no request threw is the page’s own fault', () => {
  assert.equal(problemOf(new TypeError('x is undefined')).error, 'unexpected')
})
