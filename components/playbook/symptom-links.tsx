import Link from 'next/link'
import type { Symptom } from '#lib/playbook/matrix.ts'

/** The rows of the matrix that a cause stands in. */
export function SymptomLinks({ symptoms }: { symptoms: readonly Symptom[] }) {
  return (
    <ul aria-label="Often seen as" className="mt-2 flex flex-wrap gap-2">
      {symptoms.map(({ id, seen }) => (
        <li key={id}>
          <Link
            href={`/playbook#${id}`}
            prefetch={false}
            className="block rounded-pill border border-line bg-panel px-2.5 py-0.5 text-soft hover:border-edge hover:text-text"
          >
            {seen}
          </Link>
        </li>
      ))}
    </ul>
  )
}
