import type { Metadata } from 'next'
import { MessagesPage } from '#components/playbook/messages-page.tsx'

export const metadata: Metadata = {
  title: 'Messages',
  description: 'What browsers, libraries, servers and proxies print about WebSockets, and what it means.',
}

export default async function Page({ searchParams }: { searchParams: Promise<{ q?: string | string[] }> }) {
  const { q = '' } = await searchParams
  return <MessagesPage query={typeof q === 'string' ? q : ''} />
}
