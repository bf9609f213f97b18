/** The body of a batch: unpacked where it is gzip, bounded on both sides, cut into lines. */
import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { gunzip as gunzipWithCallback } from 'node:zlib'
import { ingestLimits } from '#lib/api/ingest.ts'
import { errorCode } from '#server/wire/error-code.ts'

const gunzip = promisify(gunzipWithCallback)

export type Body =
  | { readonly ok: true; readonly lines: readonly string[] }
  | { readonly ok: false; readonly why: WhyUnread }

export type WhyUnread = 'too-large' | 'too-many-lines' | 'not-gzip' | 'gone' | 'unknown-encoding'

/** Keeps no more than the limits allow, whatever `Content-Length` says and whatever the body unpacks to. */
export async function readLines(request: IncomingMessage): Promise<Body> {
  const encoding = request.headers['content-encoding']?.trim().toLowerCase() ?? 'identity'
  if (encoding !== 'gzip' && encoding !== 'identity') return unread('unknown-encoding', request)
  const sent = await gather(request)
  if (typeof sent === 'string') return unread(sent, request)
  const text = encoding === 'gzip' ? await unpack(sent) : sent
  if (typeof text === 'string') return unread(text, request)
  const lines = text.toString().split('\n')
  const filled = lines.reduce((count, line) => count + (isBlank(line) ? 0 : 1), 0)
  return filled > ingestLimits.lines ? unread('too-many-lines', request) : { ok: true, lines }
}

export const isBlank = (line: string): boolean => line === '' || line === '\r'

/** The rest is read and dropped: bytes that nobody reads would reset the connection, and take the answer with them. */
function unread(why: WhyUnread, request: IncomingMessage): Body {
  request.resume()
  return { ok: false, why }
}

async function gather(request: IncomingMessage): Promise<Buffer | WhyUnread> {
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      bytes += chunk.length
      if (bytes > ingestLimits.bytes) return 'too-large'
      chunks.push(chunk)
    }
  } catch {
    return 'gone'
  }
  return Buffer.concat(chunks)
}

/** In a thread of its own, as zlib does. */
async function unpack(bytes: Buffer): Promise<Buffer | WhyUnread> {
  try {
    return await gunzip(bytes, { maxOutputLength: ingestLimits.unpackedBytes })
  } catch (error) {
    return errorCode(error) === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : 'not-gzip'
  }
}
