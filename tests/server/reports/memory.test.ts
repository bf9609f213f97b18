import { createMemoryReports } from '#server/reports/memory.ts'
import { conforms } from '#tests/server/reports/conformance.ts'

conforms('in memory', (bounds) => createMemoryReports(bounds))
