import type { Metadata } from 'next'
import { PlaybookPage } from '#components/playbook/playbook-page.tsx'

export const metadata: Metadata = { title: 'Playbook' }

export default async function Page({ searchParams }: { searchParams: Promise<{ q?: string | string[] }> }) {
  const { q = '' } = await searchParams
  return <PlaybookPage query={typeof q === 'string' ? q : ''} />
}
