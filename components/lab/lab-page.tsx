import Link from 'next/link'
import { buttonClass } from '#components/ui/button.tsx'
import { cx } from '#components/ui/cx.ts'
import { Panel } from '#components/ui/panel.tsx'
import type { FaultFamily } from '#lib/lab/fault.ts'
import { type FaultId, faultIds, faultOf, isFaultId } from '#lib/lab/faults.ts'
import { foreign } from '#lib/text/foreign.ts'
import { BenchIsland } from './bench-island.tsx'

const failing = faultIds.filter((id) => faultOf(id).shows.outcome !== 'healthy')

/** The Lab: all faults, or the one that the address asks for with everything to try it. */
export function LabPage({ asked }: { asked: string | undefined }) {
  if (asked !== undefined && isFaultId(asked)) return <FaultPage id={asked} />
  return (
    <div className="mx-auto flex max-w-[75rem] flex-col gap-4 broad:max-w-[100rem]">
      <header>
        <h1 className="text-title font-semibold">Lab</h1>
        <p className="max-w-[84ch] text-soft">
          {failing.length} real failures, applied to the traffic between your browser and the Why1006 server.
          Other connections are not affected.
        </p>
        {asked !== undefined && (
          <p role="alert" className="mt-2 text-dead">
            There is no fault “{foreign(asked, 60)}”. Choose one of these:
          </p>
        )}
      </header>
      <FaultIndex />
    </div>
  )
}

function FaultPage({ id }: { id: FaultId }) {
  const { title, says, met } = faultOf(id)
  return (
    <div className="grid gap-x-5 wide:grid-cols-[12.25rem_minmax(0,1fr)]">
      <FaultNav current={id} />
      <div className="flex min-w-0 flex-col gap-3">
        <header className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
          <div className="min-w-0">
            <h1 className="text-title font-semibold">{title}</h1>
            <p className="max-w-[100ch]">{says}</p>
            <p className="max-w-[100ch] text-soft">Seen with: {met}</p>
          </div>
          <Link href="/lab" className={buttonClass('plain', 'medium')}>
            All faults
          </Link>
        </header>
        <BenchIsland key={id} fault={id} />
      </div>
    </div>
  )
}

/** Every fault with what it does, by family. */
function FaultIndex() {
  return (
    <div className="gap-3 md:columns-2 wide:columns-3 broad:columns-4">
      {families.map((family) => {
        const { title, note } = familyNames[family]
        return (
          <Panel key={family} title={title} note={note} className="mb-3 break-inside-avoid">
            <ul className="py-1.5">
              {faultsOf(family).map((id) => (
                <li key={id}>
                  <Link
                    href={`/lab?fault=${id}`}
                    prefetch={false}
                    className="group block px-3.5 py-1.5 hover:bg-raised"
                  >
                    <span className="font-medium group-hover:text-link">{faultOf(id).title}</span>
                    <span className="block text-soft">{faultOf(id).says}</span>
                  </Link>
                </li>
              ))}
            </ul>
          </Panel>
        )
      })}
    </div>
  )
}

/** The way from one fault to the next, where a wide screen has room for it; elsewhere "All faults" leads there. */
function FaultNav({ current }: { current: FaultId }) {
  return (
    <nav
      aria-label="Faults"
      className="sticky top-4 max-h-[calc(100dvh-2rem)] self-start overflow-y-auto pb-4 max-wide:hidden"
    >
      {families.map((family) => (
        <section key={family} aria-label={familyNames[family].title} className="mb-3">
          <h2 className="px-2 pb-1 text-tiny font-medium text-faint">{familyNames[family].title}</h2>
          <ul>
            {faultsOf(family).map((id) => (
              <li key={id}>
                <Link
                  href={`/lab?fault=${id}`}
                  prefetch={false}
                  aria-current={id === current ? 'page' : undefined}
                  className={cx(
                    'block rounded-box px-2 py-0.5 text-code',
                    id === current
                      ? 'bg-raised font-medium text-text'
                      : 'text-soft hover:bg-raised hover:text-text',
                  )}
                >
                  {faultOf(id).title}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  )
}

/** How the families of faults are called, in the order in which the page shows them. */
const familyNames = {
  end: { title: 'Dropped while open', note: 'mostly 1006' },
  request: { title: 'Request changed by the proxy', note: 'the request' },
  answer: { title: 'Answered by the proxy', note: 'no WebSocket at all' },
  upgrade: { title: 'Wrong or late 101', note: 'the handshake' },
  flow: { title: 'Open but degraded', note: 'late, slow, silent' },
  frame: { title: 'Broken frames and messages', note: 'the protocol' },
  control: { title: 'For comparison', note: 'no fault' },
} satisfies Record<FaultFamily, { title: string; note: string }>

const families = Object.keys(familyNames) as readonly FaultFamily[]

const faultsOf = (family: FaultFamily): readonly FaultId[] =>
  faultIds.filter((id) => faultOf(id).family === family)
