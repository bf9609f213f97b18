import { Trail } from '#components/playbook/trail.tsx'
import { foreign } from '#lib/text/foreign.ts'
import { HistoryIsland } from './history-island.tsx'

/** One URL and all of its reports. */
export function HistoryPage({ url }: { url: string }) {
  return (
    <div className="mx-auto flex max-w-[87.5rem] vast:max-w-[100rem] flex-col gap-3">
      <header>
        <Trail steps={[{ href: '/reports', label: 'Reports' }]} />
        <h1 className="figures text-lead wrap-anywhere">{foreign(url)}</h1>
      </header>
      <HistoryIsland url={url} />
    </div>
  )
}
