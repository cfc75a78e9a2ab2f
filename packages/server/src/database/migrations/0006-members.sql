-- The people who sign in to the console. `users`, `sessions` and `credentials` are the sign-in library's, which reaches
-- them through the database port; a session's token is stored as its SHA-256 only.
CREATE TABLE users (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  email TEXT NOT NULL UNIQUE,
  email_verified INTEGER NOT NULL,
  image TEXT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

-- `account_id` is the account this session looks at; null for the first the user is a member of.
CREATE TABLE sessions (
  id TEXT PRIMARY KEY,
  token TEXT NOT NULL UNIQUE,
  user_id TEXT NOT NULL REFERENCES users (id),
  account_id TEXT REFERENCES accounts (account_id),
  ip_address TEXT,
  user_agent TEXT,
  expires_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX sessions_by_user ON sessions (user_id);

-- How a user proves who they are: a password, as a hash.
CREATE TABLE credentials (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id),
  provider_id TEXT NOT NULL,
  provider_user_id TEXT NOT NULL,
  password TEXT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  UNIQUE (provider_id, provider_user_id)
);
CREATE INDEX credentials_by_user ON credentials (user_id);

CREATE TABLE memberships (
  user_id TEXT NOT NULL REFERENCES users (id),
  account_id TEXT NOT NULL REFERENCES accounts (account_id),
  role TEXT NOT NULL CHECK (role IN ('owner', 'member')),
  created_at BIGINT NOT NULL,
  PRIMARY KEY (user_id, account_id)
);
CREATE INDEX memberships_by_account ON memberships (account_id);

-- One-time links, by the SHA-256 of their token: an invitation into an account, or a new password for a user.
CREATE TABLE sign_in_links (
  link_id TEXT PRIMARY KEY,
  token_hash TEXT NOT NULL UNIQUE,
  account_id TEXT REFERENCES accounts (account_id),
  role TEXT CHECK (role IN ('owner', 'member')),
  email TEXT,
  user_id TEXT REFERENCES users (id),
  expires_at BIGINT NOT NULL,
  used_at BIGINT,
  created_at BIGINT NOT NULL,
  CONSTRAINT link_is_of_one_kind CHECK ((user_id IS NULL) = (account_id IS NOT NULL AND role IS NOT NULL))
);

-- Buckets of attempts to sign in, by the hash of the address or the email they came from, over all nodes.
CREATE TABLE sign_in_buckets (
  bucket_id TEXT PRIMARY KEY,
  level BIGINT NOT NULL CHECK (level >= 0),
  updated_at BIGINT NOT NULL
);

-- The key behind what a member runs in the console: nobody has ever seen it, and its limits hold there too.
ALTER TABLE api_keys ADD COLUMN user_id TEXT REFERENCES users (id);
ALTER TABLE api_keys ADD COLUMN last_used_at BIGINT;
CREATE UNIQUE INDEX api_keys_of_members ON api_keys (user_id, account_id, mode) WHERE user_id IS NOT NULL AND revoked_at IS NULL;
