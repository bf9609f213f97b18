import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { MessagePage } from '#components/playbook/message-page.tsx'
import { phraseOf } from '#lib/words/phrasebook.ts'

interface Props {
  params: Promise<{ program: string; phrase: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { program, phrase } = await params
  const entry = phraseOf(program, phrase)
  return entry === undefined ? {} : { title: entry.phrase.example, description: entry.phrase.explains }
}

export default async function Page({ params }: Props) {
  const { program, phrase } = await params
  const entry = phraseOf(program, phrase)
  if (entry === undefined) notFound()
  return <MessagePage {...entry} />
}
