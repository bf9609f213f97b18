/** As many connections as the chart shows at once; each has a colour of its own, apart for the colour-blind. */
export const chartConnections = 4

const colors = [
  'var(--color-series-1)',
  'var(--color-series-2)',
  'var(--color-series-3)',
  'var(--color-series-4)',
]

export function seriesColor(index: number): string {
  return colors[index % colors.length] ?? 'var(--color-series-1)'
}
