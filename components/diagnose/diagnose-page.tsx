import { WorkbenchIsland } from './workbench-island.tsx'

/** Diagnose a URL: the cause, the proof and the fix. */
export function DiagnosePage() {
  return (
    <div className="mx-auto max-w-[1400px]">
      <h1 className="sr-only">Diagnose</h1>
      <WorkbenchIsland />
    </div>
  )
}
