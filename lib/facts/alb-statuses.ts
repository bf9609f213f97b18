/** Statuses that an AWS Application Load Balancer answers by itself (docs.aws.amazon.com, "Troubleshoot your Application Load Balancers"). */
import type { ProxyView } from '#lib/facts/proxy.ts'
import type { Told } from '#lib/facts/told-line.ts'
import { sentence } from '#lib/text/foreign.ts'
import type { Meaning } from '#lib/words/meaning.ts'

const SAYINGS: Readonly<Record<number, { means: Meaning; says: string }>> = {
  464: { means: 'http-version', says: 'the client’s version of HTTP does not fit that of the target group' },
  561: { means: 'unauthorized', says: 'the identity provider returned an error when it signed the user in' },
}

const MOST_TOLD = 20

export function toldByStatuses({ access }: ProxyView): Told[] {
  return access
    .flatMap(({ record: { format, status = 0 }, from }): Told[] => {
      const saying = format === 'aws-alb' ? SAYINGS[status] : undefined
      if (saying === undefined) return []
      const detail = sentence`The load balancer’s ${status} says that ${saying.says}`
      return [{ means: saying.means, unsure: true, side: 'proxy', program: 'aws', from, detail }]
    })
    .slice(0, MOST_TOLD)
}
