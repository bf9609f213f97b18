import type { Metadata } from 'next'
import { CodesPage } from '#components/playbook/codes-page.tsx'

export const metadata: Metadata = { title: 'Close codes' }

export default function Page() {
  return <CodesPage />
}
