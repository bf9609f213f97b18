import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ScenarioPage } from '#components/scenarios/scenario-page.tsx'
import { scenarioOf } from '#lib/scenarios/catalogue.ts'

interface Props {
  params: Promise<{ id: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const scenario = scenarioOf((await params).id)
  return scenario === undefined ? {} : { title: scenario.title }
}

export default async function Page({ params }: Props) {
  const scenario = scenarioOf((await params).id)
  if (scenario === undefined) notFound()
  return <ScenarioPage scenario={scenario} />
}
