-- Types are limited to TEXT, BIGINT and INTEGER: times are epoch milliseconds, amounts micro-credits
-- (1 credit = 1,000,000), ids UUIDv7, JSON is TEXT.

-- One row: proves that a process was given the secret key and the media folder this database was made with, and lets
-- one of several nodes that start at once make the first account.
CREATE TABLE installation (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  secret_check TEXT NOT NULL,
  media_store TEXT,
  first_account_at BIGINT,
  created_at BIGINT NOT NULL
);

CREATE TABLE accounts (
  account_id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  created_at BIGINT NOT NULL
);

-- The fold of the account's ledger in one mode. `reserved` is the part of the charges whose requests are not over.
CREATE TABLE balances (
  account_id TEXT NOT NULL REFERENCES accounts (account_id),
  mode TEXT NOT NULL CHECK (mode IN ('live', 'test')),
  balance BIGINT NOT NULL,
  reserved BIGINT NOT NULL,
  last_seq BIGINT NOT NULL,
  PRIMARY KEY (account_id, mode),
  CONSTRAINT balance_not_negative CHECK (balance >= 0),
  CONSTRAINT reserved_not_negative CHECK (reserved >= 0)
);

-- Append-only. `seq` is gapless an account and mode; a request is charged once and refunded once at most.
CREATE TABLE ledger_entries (
  account_id TEXT NOT NULL REFERENCES accounts (account_id),
  mode TEXT NOT NULL CHECK (mode IN ('live', 'test')),
  seq BIGINT NOT NULL CHECK (seq > 0),
  kind TEXT NOT NULL CHECK (kind IN ('grant', 'charge', 'refund')),
  request_id TEXT,
  amount BIGINT NOT NULL,
  balance_after BIGINT NOT NULL CHECK (balance_after >= 0),
  reference TEXT,
  note TEXT,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (account_id, mode, seq),
  UNIQUE (request_id, kind),
  UNIQUE (account_id, mode, reference),
  CONSTRAINT ledger_sign CHECK (CASE kind WHEN 'charge' THEN amount <= 0 ELSE amount >= 0 END),
  CONSTRAINT ledger_request CHECK ((kind = 'grant') = (request_id IS NULL))
);

-- `live_count` are the key's requests that are not over, `held_count` those of them that hold one of its slots
-- (ready or running); the others are parked.
CREATE TABLE api_keys (
  key_id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (account_id),
  name TEXT NOT NULL,
  mode TEXT NOT NULL CHECK (mode IN ('live', 'test')),
  hash TEXT NOT NULL UNIQUE,
  prefix TEXT NOT NULL,
  scopes TEXT NOT NULL,
  requests_per_minute INTEGER NOT NULL CHECK (requests_per_minute > 0),
  concurrency INTEGER NOT NULL CHECK (concurrency > 0),
  budget BIGINT,
  spent BIGINT NOT NULL DEFAULT 0,
  allowed_models TEXT,
  expires_at BIGINT,
  revoked_at BIGINT,
  created_at BIGINT NOT NULL,
  last_seq BIGINT NOT NULL DEFAULT 0,
  live_count INTEGER NOT NULL DEFAULT 0,
  held_count INTEGER NOT NULL DEFAULT 0,
  CONSTRAINT key_budget CHECK (spent >= 0 AND (budget IS NULL OR spent <= budget)),
  CONSTRAINT key_counts CHECK (held_count >= 0 AND held_count <= live_count)
);
CREATE INDEX api_keys_by_account ON api_keys (account_id);

-- History. A terminal row never changes again. `job` holds what the engine needs, so that a changed catalogue
-- strands nothing.
CREATE TABLE requests (
  request_id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (account_id),
  key_id TEXT NOT NULL REFERENCES api_keys (key_id),
  mode TEXT NOT NULL CHECK (mode IN ('live', 'test')),
  model TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('IN_QUEUE', 'IN_PROGRESS', 'COMPLETED', 'FAILED', 'CANCELED')),
  version INTEGER NOT NULL,
  input TEXT NOT NULL,
  job TEXT NOT NULL,
  cost BIGINT NOT NULL CHECK (cost >= 0),
  refunded BIGINT NOT NULL DEFAULT 0,
  price_version TEXT NOT NULL,
  webhook_url TEXT,
  output TEXT,
  error_code TEXT,
  error_message TEXT,
  created_at BIGINT NOT NULL,
  started_at BIGINT,
  completed_at BIGINT,
  CONSTRAINT refund_within_cost CHECK (refunded >= 0 AND refunded <= cost),
  CONSTRAINT terminal_has_time CHECK ((status IN ('COMPLETED', 'FAILED', 'CANCELED')) = (completed_at IS NOT NULL)),
  CONSTRAINT completed_has_output CHECK ((status = 'COMPLETED') = (output IS NOT NULL)),
  CONSTRAINT failed_has_error CHECK ((status = 'FAILED') = (error_code IS NOT NULL)),
  CONSTRAINT queued_not_started CHECK (status <> 'IN_QUEUE' OR started_at IS NULL),
  CONSTRAINT progress_started CHECK (status <> 'IN_PROGRESS' OR started_at IS NOT NULL)
);
CREATE INDEX requests_by_account ON requests (account_id, mode, request_id);

-- The hot table: one row for a request that is not over. See docs/state-machine.md.
CREATE TABLE queue (
  request_id TEXT PRIMARY KEY REFERENCES requests (request_id),
  account_id TEXT NOT NULL,
  key_id TEXT NOT NULL,
  pool TEXT NOT NULL,
  seq BIGINT NOT NULL,
  stage TEXT NOT NULL CHECK (stage IN ('parked', 'ready', 'claimed')),
  turn BIGINT,
  step TEXT CHECK (step IN ('start', 'starting', 'recover', 'check', 'collect')),
  fence BIGINT NOT NULL DEFAULT 0,
  node TEXT,
  due_at BIGINT,
  deadline_at BIGINT NOT NULL,
  run_limit_ms BIGINT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  progress INTEGER NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 100),
  ticket TEXT,
  outcome TEXT,
  cancel_requested_at BIGINT,
  CONSTRAINT ready_has_turn CHECK (stage = 'parked' OR turn IS NOT NULL),
  CONSTRAINT claimed_has_step CHECK ((stage = 'claimed') = (step IS NOT NULL AND due_at IS NOT NULL)),
  CONSTRAINT check_has_ticket CHECK (step <> 'check' OR ticket IS NOT NULL),
  CONSTRAINT collect_has_outcome CHECK (step <> 'collect' OR outcome IS NOT NULL)
);
CREATE INDEX queue_ready ON queue (pool, turn, request_id) WHERE stage = 'ready';
CREATE INDEX queue_parked ON queue (key_id, seq) WHERE stage = 'parked';
CREATE INDEX queue_waiting ON queue (key_id, seq) WHERE stage <> 'claimed';
CREATE INDEX queue_due ON queue (due_at) WHERE stage = 'claimed';
CREATE INDEX queue_deadline ON queue (deadline_at);

-- Start-time fair queueing: the turn that was claimed last in a pool (its virtual time) ...
CREATE TABLE pools (
  pool TEXT PRIMARY KEY,
  turn BIGINT NOT NULL
);

-- ... and the turn given last to an account in it.
CREATE TABLE lanes (
  pool TEXT NOT NULL,
  account_id TEXT NOT NULL,
  turn BIGINT NOT NULL,
  PRIMARY KEY (pool, account_id)
);

CREATE TABLE idempotency_keys (
  account_id TEXT NOT NULL,
  mode TEXT NOT NULL,
  idempotency_key TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  request_id TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (account_id, mode, idempotency_key)
);

-- A key's bucket of POSTs over all nodes: `level` in 60,000ths of a request, so that a refill by the millisecond is exact.
CREATE TABLE rate_buckets (
  key_id TEXT PRIMARY KEY REFERENCES api_keys (key_id),
  level BIGINT NOT NULL CHECK (level >= 0),
  updated_at BIGINT NOT NULL
);

-- The webhook outbox: one row for every terminal request that asked for a webhook.
CREATE TABLE deliveries (
  delivery_id TEXT PRIMARY KEY,
  request_id TEXT NOT NULL UNIQUE REFERENCES requests (request_id),
  account_id TEXT NOT NULL,
  mode TEXT NOT NULL,
  url TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'delivered', 'dead')),
  attempts INTEGER NOT NULL DEFAULT 0,
  due_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX deliveries_due ON deliveries (due_at) WHERE state = 'pending';

-- Bytes, stored once by their SHA-256.
CREATE TABLE blobs (
  blob TEXT PRIMARY KEY,
  size_bytes BIGINT NOT NULL,
  created_at BIGINT NOT NULL
);

-- The random names under which the world sees bytes; each belongs to one request of one account.
CREATE TABLE media (
  name TEXT PRIMARY KEY,
  blob TEXT NOT NULL REFERENCES blobs (blob),
  account_id TEXT NOT NULL,
  request_id TEXT NOT NULL,
  content_type TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX media_by_request ON media (request_id);
CREATE INDEX media_by_blob ON media (blob);

-- What the nodes know of each other's local renders: a fresh heartbeat means that the render is alive.
CREATE TABLE local_renders (
  request_id TEXT PRIMARY KEY,
  node TEXT NOT NULL,
  heartbeat_at BIGINT NOT NULL,
  progress INTEGER NOT NULL DEFAULT 0,
  outcome TEXT
);
