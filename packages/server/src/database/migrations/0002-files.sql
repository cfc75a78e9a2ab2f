-- Blobs are counted: `uses` are the rows of media and files that name one. Bytes are announced here before they are
-- stored, and taken away only a day after their last use, so that nothing lies in the store that no row knows of.
-- `location` is where they lie: a blob that comes back after it was taken away lies elsewhere, so that removing the old
-- bytes can never hit the new ones.
ALTER TABLE media RENAME TO old_media;
ALTER TABLE blobs RENAME TO old_blobs;

CREATE TABLE blobs (
  blob TEXT PRIMARY KEY,
  location TEXT NOT NULL UNIQUE,
  size_bytes BIGINT NOT NULL,
  uses BIGINT NOT NULL,
  unused_since BIGINT,
  created_at BIGINT NOT NULL,
  CONSTRAINT blob_uses CHECK (uses >= 0 AND (uses = 0) = (unused_since IS NOT NULL))
);
INSERT INTO blobs (blob, location, size_bytes, uses, unused_since, created_at)
  SELECT blob, blob, size_bytes, uses, CASE WHEN uses = 0 THEN created_at END, created_at
  FROM (
    SELECT b.blob, b.size_bytes, b.created_at, (SELECT count(*) FROM old_media m WHERE m.blob = b.blob) AS uses
    FROM old_blobs b
  ) counted;

CREATE TABLE media (
  name TEXT PRIMARY KEY,
  blob TEXT NOT NULL REFERENCES blobs (blob),
  account_id TEXT NOT NULL,
  request_id TEXT NOT NULL,
  content_type TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
INSERT INTO media (name, blob, account_id, request_id, content_type, created_at)
  SELECT name, blob, account_id, request_id, content_type, created_at FROM old_media;
DROP TABLE old_media;
DROP TABLE old_blobs;
CREATE INDEX media_by_request ON media (request_id);
CREATE INDEX media_by_blob ON media (blob);
CREATE INDEX blobs_unused ON blobs (unused_since) WHERE unused_since IS NOT NULL;

-- Places in the store whose bytes nobody can reach any more and that are still to be emptied.
CREATE TABLE discarded_blobs (
  location TEXT PRIMARY KEY
);

-- What accounts uploaded as inputs, under a random public name each. Gone with the first of expiry and deletion.
CREATE TABLE files (
  file_id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (account_id),
  mode TEXT NOT NULL CHECK (mode IN ('live', 'test')),
  name TEXT NOT NULL UNIQUE,
  blob TEXT NOT NULL REFERENCES blobs (blob),
  file_name TEXT,
  content_type TEXT NOT NULL,
  size_bytes BIGINT NOT NULL CHECK (size_bytes > 0),
  width INTEGER,
  height INTEGER,
  duration_ms BIGINT,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX files_by_account ON files (account_id, mode, file_id);
CREATE INDEX files_by_expiry ON files (expires_at);
CREATE INDEX files_by_blob ON files (blob);

-- The bytes of an account's files, of both modes together: what its quota bounds.
CREATE TABLE file_space (
  account_id TEXT PRIMARY KEY REFERENCES accounts (account_id),
  used_bytes BIGINT NOT NULL CHECK (used_bytes >= 0)
);

-- Which files and media of the account a request was given as inputs; gone when the request is deleted.
CREATE TABLE input_uses (
  request_id TEXT NOT NULL REFERENCES requests (request_id),
  name TEXT NOT NULL,
  PRIMARY KEY (request_id, name)
);
CREATE INDEX input_uses_by_name ON input_uses (name);

-- When a request's input and output were deleted; its row and its place in the ledger stay.
ALTER TABLE requests ADD COLUMN deleted_at BIGINT;
CREATE INDEX requests_kept ON requests (completed_at) WHERE completed_at IS NOT NULL AND deleted_at IS NULL;
