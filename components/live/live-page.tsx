import { LiveIsland } from './live-island.tsx'

/** The live demo. */
export function LivePage() {
  return (
    <>
      <h1 className="sr-only">Live</h1>
      <LiveIsland />
    </>
  )
}
