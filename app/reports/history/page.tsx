import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { HistoryPage } from '#components/reports/history-page.tsx'
import { foreign } from '#lib/text/foreign.ts'

interface Props {
  searchParams: Promise<{ url?: string | string[] }>
}

const urlOf = async ({ searchParams }: Props) => [(await searchParams).url ?? []].flat()[0] ?? ''

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: `History of ${foreign(await urlOf(props), 80)}` }
}

export default async function Page(props: Props) {
  const url = await urlOf(props)
  if (url === '') redirect('/reports')
  return <HistoryPage url={url} />
}
