/** A thread that does as it is told, for ever if need be. What is brought names it: `stuck`, `greedy`, `broken`. */
import { type JudgeOrder, jobs } from '#server/reports/jobs.ts'
import { serveJobs } from '#server/reports/serve-jobs.ts'

const decoder = new TextDecoder()
const kept: unknown[] = []

function judge(order: JudgeOrder) {
  const text = decoder.decode(order.brought)
  while (text.includes('stuck'));
  while (text.includes('greedy')) kept.push(Array.from({ length: 10_000 }, () => ({})))
  if (text.includes('broken')) throw new Error('planned')
  return jobs.judge(order)
}

serveJobs({ ...jobs, judge })
