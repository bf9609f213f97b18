import { LiveIsland } from '#components/live/live-island.tsx'

export default function Page() {
  return (
    <>
      <h1 className="sr-only">Live</h1>
      <LiveIsland />
    </>
  )
}
