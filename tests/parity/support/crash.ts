/** Starts nginx on a stage, says where, and waits to be killed: the crash of a test run. */
import { onStage } from '#tests/parity/support/stage.ts'

await onStage(async (stage) => {
  const { program, directory } = await stage.nginx('location / { return 204; }')
  process.stdout.write(`${JSON.stringify({ pid: program.pid, directory })}\n`)
  await new Promise((resolve) => setTimeout(resolve, 60_000))
})
