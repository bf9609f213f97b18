import { Button } from './button.tsx'
import { Failed } from './panel-states.tsx'

/** In place of a part of the page whose script did not come. */
export function NotLoaded({ what, onRetry }: { what: string; onRetry: () => void }) {
  return (
    <Failed
      what={`${what} could not be loaded.`}
      why="The Why1006 server is not responding. Everything recorded so far is safe."
      action={<Button onClick={onRetry}>Try again</Button>}
    />
  )
}
