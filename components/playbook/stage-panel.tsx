import Link from 'next/link'
import { Panel } from '#components/ui/panel.tsx'
import { catalogue } from '#lib/playbook/catalogue.ts'
import type { Stage } from '#lib/playbook/cause.ts'
import { stageNames } from './stage-names.ts'

/** The causes of one stage, each with what a person sees. */
export function StagePanel({ stage }: { stage: Stage }) {
  const { title, note } = stageNames[stage]
  return (
    <Panel title={title} note={note} id={stage} className="mb-3 break-inside-avoid scroll-mt-4">
      <ul className="py-1.5">
        {catalogue
          .filter((cause) => cause.stage === stage)
          .map((cause) => (
            <li key={cause.id}>
              <Link
                href={`/playbook/${cause.id}`}
                prefetch={false}
                className="group block px-3.5 py-1.5 hover:bg-raised"
              >
                <span className="font-medium group-hover:text-link">{cause.title}</span>
                <span className="block text-soft">{cause.symptom}</span>
              </Link>
            </li>
          ))}
      </ul>
    </Panel>
  )
}
