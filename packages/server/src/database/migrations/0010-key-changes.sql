-- Append-only: who did what to a key, numbered a key from 1. `changed_by` is the email of a member, NULL the operator at
-- the command line; `changes` is JSON of field to [before, after].
CREATE TABLE key_changes (
  key_id TEXT NOT NULL REFERENCES api_keys (key_id),
  seq INTEGER NOT NULL CHECK (seq > 0),
  kind TEXT NOT NULL CHECK (kind IN ('created', 'changed', 'rotated', 'revoked')),
  changed_by TEXT,
  changes TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (key_id, seq)
);
