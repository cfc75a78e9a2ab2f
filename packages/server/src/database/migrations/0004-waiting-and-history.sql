-- What waiters see of a living request is numbered: `requests.version` counts its statuses, `changes` what happens to it
-- in between (progress, the wish to cancel). At the end the one is added to the other.
ALTER TABLE queue ADD COLUMN changes INTEGER NOT NULL DEFAULT 0;

-- How far it had come when it ended.
ALTER TABLE requests ADD COLUMN progress INTEGER NOT NULL DEFAULT 0;

-- The order in which the requests of an account and mode end. The number is given under the lock of the balance row, so
-- that commits follow it: who has seen one has seen all before it, and can resume there.
ALTER TABLE balances ADD COLUMN last_ending BIGINT NOT NULL DEFAULT 0;
CREATE TABLE endings (
  account_id TEXT NOT NULL,
  mode TEXT NOT NULL CHECK (mode IN ('live', 'test')),
  seq BIGINT NOT NULL CHECK (seq > 0),
  request_id TEXT NOT NULL,
  PRIMARY KEY (account_id, mode, seq)
);

-- What the sandbox plays instead of completing at once: of a test key, and of a request.
ALTER TABLE api_keys ADD COLUMN scenario TEXT CHECK (scenario IS NULL OR mode = 'test');
ALTER TABLE requests ADD COLUMN scenario TEXT CHECK (scenario IS NULL OR mode = 'test');

-- Live usage by the day (days since the epoch, UTC) on which a request was submitted. Amounts in micro-credits.
CREATE TABLE usage_days (
  account_id TEXT NOT NULL REFERENCES accounts (account_id),
  day BIGINT NOT NULL,
  key_id TEXT NOT NULL REFERENCES api_keys (key_id),
  model TEXT NOT NULL,
  requests BIGINT NOT NULL DEFAULT 0,
  completed BIGINT NOT NULL DEFAULT 0,
  failed BIGINT NOT NULL DEFAULT 0,
  canceled BIGINT NOT NULL DEFAULT 0,
  charged BIGINT NOT NULL DEFAULT 0,
  refunded BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (account_id, day, key_id, model)
);
INSERT INTO usage_days (account_id, day, key_id, model, requests, completed, failed, canceled, charged, refunded)
SELECT account_id, created_at / 86400000, key_id, model, count(*),
  sum(CASE status WHEN 'COMPLETED' THEN 1 ELSE 0 END), sum(CASE status WHEN 'FAILED' THEN 1 ELSE 0 END),
  sum(CASE status WHEN 'CANCELED' THEN 1 ELSE 0 END), sum(cost), sum(refunded)
FROM requests WHERE mode = 'live' GROUP BY account_id, created_at / 86400000, key_id, model;

-- History by what people filter by. A status is found by the columns that only its end sets: an index that names
-- `status` itself would be written at every start too.
CREATE INDEX requests_by_model ON requests (account_id, mode, model, request_id);
CREATE INDEX requests_by_key ON requests (key_id, request_id);
CREATE INDEX requests_alive ON requests (account_id, mode, request_id) WHERE completed_at IS NULL;
CREATE INDEX requests_completed ON requests (account_id, mode, request_id) WHERE output IS NOT NULL;
CREATE INDEX requests_failed ON requests (account_id, mode, request_id) WHERE error_code IS NOT NULL;
CREATE INDEX requests_canceled ON requests (account_id, mode, request_id)
  WHERE completed_at IS NOT NULL AND output IS NULL AND error_code IS NULL;

-- Charges are most of a ledger; the other kinds are found without them.
CREATE INDEX ledger_uncommon ON ledger_entries (account_id, mode, kind, seq) WHERE kind <> 'charge';
