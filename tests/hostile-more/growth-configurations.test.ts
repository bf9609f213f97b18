import { testTextReaders } from '#tests/hostile-more/growth.ts'
import { configurationReaders } from '#tests/hostile-more/readers.ts'

testTextReaders(configurationReaders)
