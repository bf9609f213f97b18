/** The tables, by version: a file at version n gets the steps from n on. A step that was released is never changed. */
import { endsStep, withoutTriggersStep } from '#server/database/ends.ts'

export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE origins (origin TEXT PRIMARY KEY) WITHOUT ROWID;
  CREATE TABLE events (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, client_id TEXT, trace TEXT, json TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX events_by_kind ON events (kind, id);
  CREATE INDEX events_by_client ON events (client_id, id) WHERE client_id IS NOT NULL;
  CREATE INDEX events_by_trace ON events (trace, id) WHERE trace IS NOT NULL;
  CREATE TABLE reports (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, created REAL NOT NULL, updated REAL, url TEXT,
    leading TEXT NOT NULL, judged BLOB NOT NULL, bytes INTEGER NOT NULL
  );
  CREATE INDEX reports_by_url ON reports (url, number);
  `,
  // Lists read small rows: what a report is found by, and what it says, are in tables of their own.
  `
  ALTER TABLE reports RENAME TO old_reports;
  CREATE TABLE reports (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, created REAL NOT NULL, updated REAL, url TEXT, target TEXT,
    outcome TEXT NOT NULL, cause TEXT, leading TEXT NOT NULL, imported TEXT, bytes INTEGER NOT NULL
  );
  CREATE TABLE report_words (number INTEGER PRIMARY KEY, words TEXT NOT NULL);
  CREATE TABLE report_bodies (number INTEGER PRIMARY KEY, judged BLOB NOT NULL);
  INSERT INTO reports
    SELECT number, id, created, updated, url, lower(url), leading ->> 'outcome', leading ->> 'cause', leading, NULL,
      bytes
    FROM old_reports WHERE json_valid(leading) AND leading ->> 'outcome' IS NOT NULL;
  INSERT INTO report_words
    SELECT number, lower(coalesce(url, '') || ' ' || coalesce(cause, '')) FROM reports;
  INSERT INTO report_bodies SELECT number, judged FROM old_reports;
  DROP TABLE old_reports;
  CREATE INDEX reports_by_time ON reports (created, number);
  CREATE INDEX reports_by_target ON reports (url, created, number);
  CREATE INDEX reports_by_cause ON reports (cause, created, number);
  CREATE INDEX reports_by_outcome ON reports (outcome, cause);
  CREATE INDEX reports_by_size ON reports (bytes);
  CREATE TRIGGER reports_go AFTER DELETE ON reports BEGIN
    DELETE FROM report_words WHERE number = OLD.number;
    DELETE FROM report_bodies WHERE number = OLD.number;
  END;
  `,
  endsStep,
  `
  CREATE TABLE watches (id TEXT PRIMARY KEY, created REAL NOT NULL, json TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE watch_losses (watch TEXT, at REAL, json TEXT NOT NULL, PRIMARY KEY (watch, at)) WITHOUT ROWID;
  `,
  withoutTriggersStep,
  // Of a stretch of events, which groups of characters are in them (server/journal/text-blocks.ts).
  `
  CREATE TABLE text_blocks (after TEXT PRIMARY KEY, last TEXT NOT NULL, events INTEGER NOT NULL, grams BLOB NOT NULL);
  CREATE INDEX text_blocks_by_last ON text_blocks (last);
  `,
  `
  CREATE TABLE links (key TEXT PRIMARY KEY, id TEXT NOT NULL UNIQUE, created REAL NOT NULL, json TEXT NOT NULL)
    WITHOUT ROWID;
  `,
]
