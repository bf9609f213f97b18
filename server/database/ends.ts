/**
 * A table beside the events: the ends of connections, with the values that are filtered and counted as columns. Whoever
 * writes or removes events does the same here: a trigger, even one that has nothing to do, triples the cost of each event.
 */
const valuesOf = (row: string): string => `
  ${row}.id, ${row}.kind, CAST(ROUND((${row}.json ->> '$.at') * 1000) AS INTEGER), ${row}.client_id, ${row}.trace,
  ${row}.json ->> '$.endpoint', ${row}.json ->> '$.instance',
  COALESCE(${row}.json ->> '$.close_code', ${row}.json ->> '$.status'),
  CASE ${row}.kind WHEN 'rejected' THEN ${row}.json ->> '$.cause' ELSE ${row}.json ->> '$.initiator' END,
  CAST(ROUND(${row}.json ->> '$.duration_ms') AS INTEGER), CAST(ROUND(COALESCE(${row}.json ->> '$.silence_ms', ${row}.json ->> '$.since_rx_ms')) AS INTEGER)`

const isEnd = (row: string): string =>
  `${row}.kind IN ('rejected', 'disconnected') AND json_valid(${row}.json)`

/** The step that adds the table. */
export const endsStep = `
  CREATE TABLE ends (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, at INTEGER NOT NULL, client_id TEXT, trace TEXT, endpoint TEXT, instance TEXT,
    code INTEGER, cause TEXT, age INTEGER, silence INTEGER
  ) WITHOUT ROWID;
  INSERT OR IGNORE INTO ends SELECT ${valuesOf('events')} FROM events WHERE ${isEnd('events')};
  CREATE TRIGGER ends_inserted AFTER INSERT ON events WHEN ${isEnd('new')} BEGIN
    INSERT OR IGNORE INTO ends SELECT ${valuesOf('new')};
  END;
  CREATE TRIGGER ends_deleted AFTER DELETE ON events WHEN old.kind IN ('rejected', 'disconnected') BEGIN
    DELETE FROM ends WHERE id = old.id;
  END;
`

const FILL = `INSERT OR IGNORE INTO ends SELECT ${valuesOf('events')} FROM events WHERE ${isEnd('events')}`

/** Those among all events that are not in it yet. */
export const fillEnds = FILL

/** The same from one id to another, both inclusive. */
export const fillEndsWithin = `${FILL} AND events.id >= ? AND events.id <= ?`

/** Up to an id, inclusive. */
export const removeEnds = 'DELETE FROM ends WHERE id <= ?'

/** The step after which events are written without triggers. */
export const withoutTriggersStep = `
  DROP TRIGGER ends_inserted;
  DROP TRIGGER ends_deleted;
`
