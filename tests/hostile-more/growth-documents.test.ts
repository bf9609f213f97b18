import { testDocumentReader } from '#tests/hostile-more/growth.ts'
import { documentReaders, readHar } from '#tests/hostile-more/readers.ts'
import { archives, documents } from '#tests/hostile-more/shapes.ts'

for (const [name, read] of Object.entries(documentReaders)) testDocumentReader(name, read, documents)
testDocumentReader('an archive of a browser', readHar, archives)
