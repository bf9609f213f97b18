import { Trail } from '#components/playbook/trail.tsx'
import { ChecklistView } from './checklist-view.tsx'

/** Server, proxy, client and network, one after the other. @param ownOrigin of this page */
export function ChecklistPage({ ownOrigin }: { ownOrigin: string }) {
  return (
    <div className="mx-auto flex max-w-[1200px] flex-col gap-3">
      <header>
        <Trail steps={[{ href: '/playbook', label: 'Playbook' }]} />
        <h1 className="text-title font-semibold">Checklist</h1>
        <p className="max-w-[80ch] text-soft">
          What can look at itself does, this page opens the URL and the server probes it; for the rest, and
          for other machines, there are commands. Those marked “not tried” have not been run by this project’s
          tests.
        </p>
      </header>
      <ChecklistView ownOrigin={ownOrigin} />
    </div>
  )
}
