-- A host to which an account sends webhooks: a lane of its own, with few attempts at once, and a breaker. `next_at` is
-- when there may be something to do for it, NULL when nothing waits. Its row is locked before its deliveries change.
CREATE TABLE webhook_endpoints (
  account_id TEXT NOT NULL REFERENCES accounts (account_id),
  host TEXT NOT NULL,
  next_at BIGINT,
  failures INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0),
  blocked_until BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (account_id, host)
);
CREATE INDEX webhook_endpoints_next ON webhook_endpoints (next_at);

-- `attempts` counts all, `tries` those since it was queued last, at `queued_at`. With a node it is under way, and `due_at`
-- is the end of the lease. `status` and `error` tell of the last attempt, or why it was given up.
ALTER TABLE deliveries ADD COLUMN host TEXT NOT NULL DEFAULT '';
ALTER TABLE deliveries ADD COLUMN tries INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0 AND tries <= attempts);
ALTER TABLE deliveries ADD COLUMN queued_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE deliveries ADD COLUMN fence BIGINT NOT NULL DEFAULT 0;
ALTER TABLE deliveries ADD COLUMN node TEXT CHECK (node IS NULL OR state = 'pending');
ALTER TABLE deliveries ADD COLUMN status INTEGER;
ALTER TABLE deliveries ADD COLUMN error TEXT CHECK (error IS NULL OR state <> 'delivered');
ALTER TABLE deliveries ADD COLUMN completed_at BIGINT CHECK ((completed_at IS NULL) = (state = 'pending'));
UPDATE deliveries SET queued_at = created_at;
INSERT INTO webhook_endpoints (account_id, host, next_at)
SELECT account_id, '', min(due_at) FROM deliveries WHERE state = 'pending' GROUP BY account_id;

DROP INDEX deliveries_due;
CREATE INDEX deliveries_waiting ON deliveries (account_id, host, due_at, delivery_id) WHERE state = 'pending';
CREATE INDEX deliveries_running ON deliveries (account_id, host, due_at) WHERE node IS NOT NULL;
CREATE INDEX deliveries_old_waiting ON deliveries (queued_at) WHERE state = 'pending';
CREATE INDEX deliveries_by_account ON deliveries (account_id, mode, delivery_id);
CREATE INDEX deliveries_by_state ON deliveries (account_id, mode, state, delivery_id);
CREATE INDEX deliveries_old ON deliveries (created_at) WHERE state <> 'pending';

-- The log: what came of each attempt. `status` is that of HTTP, NULL where there was no answer; `response` the first 1 KB
-- of the answer, NULL where it may not be kept.
CREATE TABLE delivery_attempts (
  delivery_id TEXT NOT NULL REFERENCES deliveries (delivery_id),
  number INTEGER NOT NULL CHECK (number > 0),
  started_at BIGINT NOT NULL,
  latency_ms BIGINT NOT NULL CHECK (latency_ms >= 0),
  status INTEGER,
  error TEXT,
  response TEXT,
  PRIMARY KEY (delivery_id, number),
  CONSTRAINT attempt_has_outcome CHECK (status IS NOT NULL OR error IS NOT NULL)
);

-- Deliveries of requests that ended before this have been deleted.
ALTER TABLE installation ADD COLUMN deliveries_kept_from BIGINT NOT NULL DEFAULT 0;
