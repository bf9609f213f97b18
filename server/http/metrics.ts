/** `GET /metrics`, for whoever is at this machine or has the token. */
import type { ServerResponse } from 'node:http'
import type { Metrics } from '#server/metrics/metrics.ts'

export const metricsPath = '/metrics'

export async function sendMetrics(response: ServerResponse, metrics: Metrics): Promise<void> {
  const { contentType, body } = await metrics.text()
  response.writeHead(200, { 'Content-Type': contentType, 'Cache-Control': 'no-store' })
  response.end(response.req.method === 'HEAD' ? undefined : body)
}
