import { testTextReaders } from '#tests/hostile-more/growth.ts'
import { intakeReaders } from '#tests/hostile-more/readers.ts'

testTextReaders(intakeReaders)
