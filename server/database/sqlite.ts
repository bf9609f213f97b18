/** SQLite as Node has it built in. Loaded late, since an older Node has none and everything else runs there. */
import type * as Sqlite from 'node:sqlite'

/** The first that has all that is used here, `setReturnArrays` and `isTransaction` last. */
export const SQLITE_SINCE = 'Node 22.16'

/** Undefined where this Node has none, or one that lacks something. */
export function sqliteOfNode(): typeof Sqlite | undefined {
  const { emitWarning } = process
  // Node 22 warns that its interface may change; the versions it may change in are tested.
  process.emitWarning = () => {}
  try {
    const sqlite = process.getBuiltinModule?.('node:sqlite')
    return sqlite && 'setReturnArrays' in sqlite.StatementSync.prototype ? sqlite : undefined
  } finally {
    process.emitWarning = emitWarning
  }
}
