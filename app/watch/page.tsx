import type { Metadata } from 'next'
import { WatchIsland } from '#components/watch/watch-island.tsx'

export const metadata: Metadata = { title: 'Watch' }

export default function Page() {
  return (
    <div className="mx-auto flex max-w-[87.5rem] vast:max-w-[100rem] flex-col gap-3">
      <header>
        <h1 className="text-title font-semibold">Watch</h1>
        <p className="max-w-[84ch] text-soft text-balance">
          The Why1006 server keeps a connection open for days, opens it again when it is lost, and notes each
          loss with its cause. You can close this page.
        </p>
      </header>
      <WatchIsland />
    </div>
  )
}
