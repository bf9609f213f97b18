import Link from 'next/link'
import { Panel } from '#components/ui/panel.tsx'
import { faultOf } from '#lib/lab/faults.ts'
import { families, familyNames, faultsOf } from './fault-families.ts'

/** Every fault with what it does, by family. */
export function FaultIndex() {
  return (
    <div className="gap-3 md:columns-2 wide:columns-3">
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
