/** The examples whose compilers take longer than `npm test` has. */
import { test } from 'node:test'
import { exampleFile, missing, runExample } from '#tests/server/ingest/support/examples.ts'

test('the example in Go is taken', { skip: missing('go', 'version') }, () =>
  runExample('go', 'run', exampleFile('main.go')),
)
