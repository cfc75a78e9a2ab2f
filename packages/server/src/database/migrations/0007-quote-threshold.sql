-- Credits above which a submit with this key must bring a quote; null for never.
ALTER TABLE api_keys ADD COLUMN quote_threshold INTEGER CHECK (quote_threshold >= 0);
