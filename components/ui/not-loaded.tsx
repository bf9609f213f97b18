import { Button } from './button.tsx'
import { Failed } from './panel-states.tsx'

/** In place of a part of the page whose script did not come. */
export function NotLoaded({ what, onRetry }: { what: string; onRetry: () => void }) {
  return (
    <Failed
      what={`${what} could not be loaded.`}
      why="The server this page comes from did not answer. What was recorded is kept."
      action={<Button onClick={onRetry}>Try again</Button>}
    />
  )
}
