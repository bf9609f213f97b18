import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { ChecklistPage } from '#components/checklist/checklist-page.tsx'

export const metadata: Metadata = { title: 'Checklist' }

export default async function Page() {
  const given = await headers()
  const scheme = given.get('x-forwarded-proto') === 'https' ? 'https' : 'http'
  return <ChecklistPage ownOrigin={`${scheme}://${given.get('host') ?? 'localhost'}`} />
}
