import { Trail } from '#components/playbook/trail.tsx'
import { ChecklistView } from './checklist-view.tsx'

/** What Why1006 checks of a URL and of itself. @param ownOrigin of this page */
export function ChecklistPage({ ownOrigin }: { ownOrigin: string }) {
  return (
    <div className="mx-auto flex max-w-[75rem] flex-col gap-3 broad:max-w-[87.5rem]">
      <header>
        <Trail steps={[{ href: '/playbook', label: 'Playbook' }]} />
        <h1 className="text-title font-semibold">Checklist</h1>
        <p className="max-w-[80ch] text-soft">
          Why1006 checks what it can reach: your browser opens the URL, and the server probes it. For
          everything else, run these commands on the machine in question. Our tests do not run the commands
          marked “untested”.
        </p>
      </header>
      <ChecklistView ownOrigin={ownOrigin} />
    </div>
  )
}
