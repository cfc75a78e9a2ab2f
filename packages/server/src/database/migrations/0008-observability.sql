-- How much of each model is not over, and since when: what an operator watches, counted in this index alone. It holds
-- nothing of the history.
CREATE INDEX requests_alive_by_model ON requests (model, created_at) WHERE completed_at IS NULL;

-- Idempotency keys by age: those that are over are removed in order.
CREATE INDEX idempotency_keys_old ON idempotency_keys (created_at);
