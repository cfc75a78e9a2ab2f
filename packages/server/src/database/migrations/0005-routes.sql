-- A request may go from one route of its job to another while nobody renders it: `route` is the index of the current one.
-- Bit n of `refused_routes` says that route n did not accept the job since it last waited, of `ended_routes` that it
-- accepted and failed it; `has_started` that the request is IN_PROGRESS, also while it is ready in another pool.
ALTER TABLE queue ADD COLUMN route INTEGER NOT NULL DEFAULT 0 CHECK (route >= 0);
ALTER TABLE queue ADD COLUMN refused_routes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE queue ADD COLUMN ended_routes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE queue ADD COLUMN has_started INTEGER NOT NULL DEFAULT 0 CHECK (has_started IN (0, 1));
-- When the engine accepted the job, and whether it has had news of it since the step that is under way began.
ALTER TABLE queue ADD COLUMN accepted_at BIGINT;
ALTER TABLE queue ADD COLUMN has_news INTEGER NOT NULL DEFAULT 0 CHECK (has_news IN (0, 1));
UPDATE queue SET has_started = 1 WHERE stage = 'claimed';

-- Only what has not started has a place in the queue of its key: a request that goes to another pool must not push others back.
DROP INDEX queue_waiting;
CREATE INDEX queue_waiting ON queue (key_id, seq) WHERE has_started = 0;

-- What providers said they charge the operator, in millionths of their unit.
CREATE TABLE upstream_usage (
  request_id TEXT NOT NULL REFERENCES requests (request_id),
  engine TEXT NOT NULL,
  unit TEXT NOT NULL,
  micro_amount BIGINT NOT NULL CHECK (micro_amount >= 0),
  created_at BIGINT NOT NULL,
  PRIMARY KEY (request_id, engine, unit)
);
CREATE INDEX upstream_usage_by_time ON upstream_usage (created_at);
