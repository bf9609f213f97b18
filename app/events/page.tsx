import type { Metadata } from 'next'
import { EventsIsland } from '#components/events/events-island.tsx'

export const metadata: Metadata = { title: 'Events' }

export default function Page() {
  return (
    <>
      <h1 className="sr-only">Events</h1>
      <EventsIsland />
    </>
  )
}
