import Link from 'next/link'
import { Panel } from '#components/ui/panel.tsx'
import { labPath } from '#lib/lab/address.ts'
import { type FaultId, faultOf } from '#lib/lab/faults.ts'

interface Example {
  readonly title: string
  /** Of this server. */
  readonly path: string
  readonly holdSeconds?: number
  /** Of this server too: where the same is asked without what is in between. */
  readonly direct?: string
}

const ofLab = (fault: FaultId, knobs: Record<string, number> = {}) => ({
  title: faultOf(fault).title,
  path: labPath(fault, '/ws', knobs),
})

const examples: readonly Example[] = [
  { title: 'Healthy connection', path: '/ws/health' },
  { ...ofLab('strip-upgrade-headers'), direct: '/ws' },
  { ...ofLab('idle-timeout', { after_seconds: 3 }), holdSeconds: 4 },
  ofLab('origin-rejected'),
  ofLab('masked-frame'),
]

/** The panel "Examples": addresses of this very server, each with one fault, as links that fill the form. */
export function Examples() {
  const here = location.origin.replace(/^http/, 'ws')
  return (
    <Panel title="Examples" note="demo targets, select one to fill in the form">
      <ul className="py-1.5">
        {examples.map(({ title, path, holdSeconds, direct }) => {
          const query = new URLSearchParams({ url: here + path })
          if (holdSeconds !== undefined) query.set('hold', String(holdSeconds))
          if (direct !== undefined) query.set('direct', here + direct)
          return (
            <li key={path}>
              <Link href={`/diagnose?${query}`} className="block px-3.5 py-2 hover:bg-raised">
                <span className="block font-medium">{title}</span>
                <span className="block text-faint wrap-anywhere">
                  <span className="figures">{path}</span>
                  {holdSeconds !== undefined && `, idle for ${holdSeconds} s`}
                  {direct !== undefined && ', and directly, without the proxy'}
                </span>
              </Link>
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}
