import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { CauseArticle } from '#components/playbook/cause-article.tsx'
import { causeOf } from '#lib/playbook/catalogue.ts'

interface Props {
  params: Promise<{ cause: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const cause = causeOf((await params).cause)
  return cause === undefined ? {} : { title: cause.title, description: cause.symptom }
}

export default async function Page({ params }: Props) {
  const cause = causeOf((await params).cause)
  if (cause === undefined) notFound()
  return <CauseArticle cause={cause} />
}
