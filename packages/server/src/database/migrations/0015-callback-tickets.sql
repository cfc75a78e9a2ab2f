-- The claim that started the job last, by its fence: what a callback names, so that it can bring the ticket of the very
-- start whose answer was lost. 0 before the first start.
ALTER TABLE queue ADD COLUMN start_fence BIGINT NOT NULL DEFAULT 0;
-- Whether the engine was seen at work on the job: some can only stop what still waits there.
ALTER TABLE queue ADD COLUMN has_begun INTEGER NOT NULL DEFAULT 0 CHECK (has_begun IN (0, 1));

-- Steps are claimed pool by pool, so that an engine that hangs keeps no other waiting; the running ones are counted by it too.
DROP INDEX queue_due;
CREATE INDEX queue_due ON queue (pool, due_at) WHERE stage = 'claimed';
