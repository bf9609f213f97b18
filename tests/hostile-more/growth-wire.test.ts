import { testTextReaders } from '#tests/hostile-more/growth.ts'
import { wireReaders } from '#tests/hostile-more/readers.ts'

testTextReaders(wireReaders)
