-- When it ended: ends are told again to streams that resume for a time only.
ALTER TABLE endings ADD COLUMN ended_at BIGINT NOT NULL DEFAULT 0;
UPDATE endings SET ended_at = coalesce((SELECT r.completed_at FROM requests r WHERE r.request_id = endings.request_id), 0);
CREATE INDEX endings_old ON endings (ended_at);

-- Ends before this have been forgotten, or were before ends had an order.
ALTER TABLE installation ADD COLUMN endings_kept_from BIGINT NOT NULL DEFAULT 0;
UPDATE installation SET endings_kept_from = coalesce((
  SELECT max(r.completed_at) + 1 FROM requests r
  LEFT JOIN endings e ON e.account_id = r.account_id AND e.mode = r.mode AND e.request_id = r.request_id
  WHERE r.completed_at IS NOT NULL AND e.seq IS NULL), 0);
