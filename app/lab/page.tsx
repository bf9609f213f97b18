import type { Metadata } from 'next'
import { LabPage } from '#components/lab/lab-page.tsx'
import { faultOf, isFaultId } from '#lib/lab/faults.ts'

interface Props {
  searchParams: Promise<{ fault?: string | string[] }>
}

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const asked = [(await searchParams).fault].flat()[0]
  return { title: asked !== undefined && isFaultId(asked) ? faultOf(asked).title : 'Lab' }
}

export default async function Page({ searchParams }: Props) {
  return <LabPage asked={[(await searchParams).fault].flat()[0]} />
}
