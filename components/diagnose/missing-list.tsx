import { CauseLink } from '#components/playbook/cause-link.tsx'
import { missingWords } from '#lib/diagnosis/missing.ts'
import type { Report } from '#lib/diagnosis/report.ts'

/** What nobody has observed, the most telling first, and what each would settle. */
export function MissingList({ missing }: { missing: Report['missing'] }) {
  return (
    <ul className="flex list-disc flex-col gap-1 pl-4 marker:text-faint">
      {missingWords(missing).map(({ what, causes, more }) => (
        <li key={what}>
          {what}{' '}
          <span className="text-soft">
            would settle{' '}
            {causes.map((id, index) => (
              <span key={id}>
                {index > 0 && ', '}
                <CauseLink id={id} isInText />
              </span>
            ))}
            {more > 0 && ` and ${more} more`}
          </span>
        </li>
      ))}
    </ul>
  )
}
