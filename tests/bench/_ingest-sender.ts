/** One sender of the ingest benchmark: so many events a second in batches, each sent again until it is acknowledged. */
export interface SenderOrder {
  readonly port: number
  readonly perSecond: number
  readonly seconds: number
}

export interface SenderResult {
  readonly acknowledged: number
  readonly waits: number
  /** How long the batches took to be acknowledged, sorted. */
  readonly ms: readonly number[]
}

const BATCH = 500

const name = process.argv[2] ?? 'sender'
let next = 0

const line = () => {
  next += 1
  return JSON.stringify({
    id: `${name}-${next}`,
    at: Date.now() / 1000,
    instance: name,
    service: 'bench',
    kind: 'traffic',
    client_id: `${name}-client-${next % 500}`,
    endpoint: '/socket',
    messages_in: 3,
    messages_out: 4,
    bytes_in: 512,
    bytes_out: 1024,
  })
}

async function post(port: number, body: string): Promise<number | undefined> {
  const response = await fetch(`http://127.0.0.1:${port}/api/ingest`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-ndjson' },
    body,
  })
  const { taken, repeated } = (await response.json()) as { taken: number; repeated: number }
  return response.status === 202 ? taken + repeated : undefined
}

async function send({ port, perSecond, seconds }: SenderOrder): Promise<SenderResult> {
  const startedAt = performance.now()
  const ms: number[] = []
  let acknowledged = 0
  let waits = 0
  for (let made = 0; made < perSecond * seconds; made += BATCH) {
    const dueMs = (made / perSecond) * 1000 - (performance.now() - startedAt)
    if (dueMs > 0) await new Promise((resolve) => setTimeout(resolve, dueMs))
    const body = Array.from({ length: BATCH }, line).join('\n')
    const sentAt = performance.now()
    for (;;) {
      const count = await post(port, body)
      if (count !== undefined) {
        acknowledged += count
        break
      }
      waits += 1
      await new Promise((resolve) => setTimeout(resolve, 500))
    }
    ms.push(performance.now() - sentAt)
  }
  return { acknowledged, waits, ms: ms.toSorted((a, b) => a - b) }
}

process.on('message', async (order: SenderOrder) => process.send?.(await send(order)))
process.on('disconnect', () => process.exit(0))
