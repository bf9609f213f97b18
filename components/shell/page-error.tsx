'use client'
import { Button } from '#components/ui/button.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'

/** What stands in place of a page that threw. The live core is above it: nothing that was open is lost. */
export function PageError({ error, onRetry }: { error: Error; onRetry: () => void }) {
  return (
    <div role="alert" className="mx-auto flex max-w-[60ch] flex-col gap-3 pt-[18dvh]">
      <h1 className="text-title font-semibold">This page broke; your connections did not.</h1>
      <p className="text-soft">
        They stay open, and what they recorded is kept. Drawing the page again often works; if it does not,
        the text below says what failed.
      </p>
      <pre className="figures overflow-x-auto rounded-box border border-line bg-panel p-3">
        {error.name}: {error.message}
      </pre>
      <div className="flex gap-2">
        <Button look="primary" size="large" onClick={onRetry}>
          Reload the view
        </Button>
        <CopyButton text={() => error.stack ?? String(error)} what="Error" />
      </div>
    </div>
  )
}
