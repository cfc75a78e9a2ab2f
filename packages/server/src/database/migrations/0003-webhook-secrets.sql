-- What webhooks of an account and mode are signed with, sealed. During a rotation there is a next one, which is the
-- current one from `next_from` on.
CREATE TABLE webhook_secrets (
  account_id TEXT NOT NULL REFERENCES accounts (account_id),
  mode TEXT NOT NULL CHECK (mode IN ('live', 'test')),
  current_sealed TEXT NOT NULL,
  next_sealed TEXT,
  next_from BIGINT,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (account_id, mode),
  CONSTRAINT next_has_time CHECK ((next_sealed IS NULL) = (next_from IS NULL))
);
