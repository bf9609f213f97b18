import type { Metadata } from 'next'
import { DiagnosePage } from '#components/diagnose/diagnose-page.tsx'

export const metadata: Metadata = { title: 'Diagnose' }

export default function Page() {
  return <DiagnosePage />
}
