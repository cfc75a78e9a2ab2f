/** An invariant as one statement, so that it sees one moment of a running server; its rows are the differences. */
export interface Invariant {
  name: string
  /** Answers `subject`, `expected`, `found`, all as text, for every violation. */
  sql: string
}

const ALIVE = `('IN_QUEUE', 'IN_PROGRESS')`

const USAGE = ['requests', 'completed', 'failed', 'canceled', 'charged', 'refunded']

/** The counts of a day of usage as text. */
function usageText(prefix: string): string {
  return USAGE.map((name) => `${prefix}${name} || ' ${name}'`).join(` || ', ' || `)
}

/** What must hold at every moment, whatever has crashed. */
export const INVARIANTS: readonly Invariant[] = [
  {
    name: 'the ledger has no gaps',
    sql: `SELECT b.account_id || ' ' || b.mode AS subject, 'seq 1 to ' || b.last_seq AS expected,
        count(l.seq) || ' entries up to ' || coalesce(max(l.seq), 0) AS found
      FROM balances b LEFT JOIN ledger_entries l ON l.account_id = b.account_id AND l.mode = b.mode
      GROUP BY b.account_id, b.mode, b.last_seq
      HAVING count(l.seq) <> b.last_seq OR coalesce(max(l.seq), 0) <> b.last_seq`,
  },
  {
    name: 'every entry continues the balance before it',
    sql: `SELECT account_id || ' ' || mode || ' seq ' || seq AS subject,
        CAST(coalesce(before, 0) + amount AS TEXT) AS expected, CAST(balance_after AS TEXT) AS found
      FROM (SELECT account_id, mode, seq, amount, balance_after,
          lag(balance_after) OVER (PARTITION BY account_id, mode ORDER BY seq) AS before FROM ledger_entries) chain
      WHERE coalesce(before, 0) + amount <> balance_after`,
  },
  {
    name: 'the balance is the fold of the ledger',
    sql: `SELECT b.account_id || ' ' || b.mode AS subject, CAST(coalesce(sum(l.amount), 0) AS TEXT) AS expected,
        CAST(b.balance AS TEXT) AS found
      FROM balances b LEFT JOIN ledger_entries l ON l.account_id = b.account_id AND l.mode = b.mode
      GROUP BY b.account_id, b.mode, b.balance HAVING coalesce(sum(l.amount), 0) <> b.balance`,
  },
  {
    name: 'every request but those the sandbox completes at once is charged its price once',
    sql: `SELECT r.request_id AS subject, CAST(r.cost AS TEXT) AS expected,
        coalesce(CAST(-l.amount AS TEXT), 'no charge') AS found
      FROM requests r LEFT JOIN ledger_entries l ON l.request_id = r.request_id AND l.kind = 'charge'
        AND l.account_id = r.account_id AND l.mode = r.mode
      WHERE (r.mode = 'live' OR r.scenario IS NOT NULL) AND (l.amount IS NULL OR -l.amount <> r.cost)`,
  },
  {
    name: 'the refund on record is the refund in the ledger',
    sql: `SELECT r.request_id AS subject, CAST(r.refunded AS TEXT) AS expected, CAST(coalesce(l.amount, 0) AS TEXT) AS found
      FROM requests r LEFT JOIN ledger_entries l ON l.request_id = r.request_id AND l.kind = 'refund'
      WHERE r.refunded <> coalesce(l.amount, 0)`,
  },
  {
    name: 'only requests that are over and not completed are refunded',
    sql: `SELECT request_id AS subject, 'no refund' AS expected, status || ' refunded ' || refunded AS found
      FROM requests WHERE refunded > 0 AND status NOT IN ('FAILED', 'CANCELED')`,
  },
  {
    name: 'every charge and refund belongs to a request',
    sql: `SELECT l.account_id || ' ' || l.mode || ' seq ' || l.seq AS subject, 'a request' AS expected,
        l.kind || ' for ' || l.request_id AS found
      FROM ledger_entries l LEFT JOIN requests r ON r.request_id = l.request_id
      WHERE l.request_id IS NOT NULL AND r.request_id IS NULL`,
  },
  {
    name: 'reserved is the cost of the requests that are not over',
    sql: `SELECT b.account_id || ' ' || b.mode AS subject, CAST(coalesce(sum(r.cost), 0) AS TEXT) AS expected,
        CAST(b.reserved AS TEXT) AS found
      FROM balances b LEFT JOIN requests r ON r.account_id = b.account_id AND r.mode = b.mode AND r.status IN ${ALIVE}
      GROUP BY b.account_id, b.mode, b.reserved HAVING coalesce(sum(r.cost), 0) <> b.reserved`,
  },
  {
    name: 'the counters of a key are its rows in the queue',
    sql: `SELECT k.key_id AS subject,
        count(q.request_id) || ' live, ' || count(CASE WHEN q.stage <> 'parked' THEN 1 END) || ' held' AS expected,
        k.live_count || ' live, ' || k.held_count || ' held' AS found
      FROM api_keys k LEFT JOIN queue q ON q.key_id = k.key_id GROUP BY k.key_id, k.live_count, k.held_count
      HAVING count(q.request_id) <> k.live_count
        OR count(CASE WHEN q.stage <> 'parked' THEN 1 END) <> k.held_count`,
  },
  {
    name: 'what a key spent is what its requests kept',
    sql: `SELECT k.key_id AS subject, CAST(coalesce(sum(r.cost - r.refunded), 0) AS TEXT) AS expected,
        CAST(k.spent AS TEXT) AS found
      FROM api_keys k LEFT JOIN requests r ON r.key_id = k.key_id AND r.mode = 'live'
      GROUP BY k.key_id, k.spent HAVING coalesce(sum(r.cost - r.refunded), 0) <> k.spent`,
  },
  {
    name: 'the usage of a day is what was submitted on it',
    sql: `SELECT key_id || ' ' || model || ' day ' || day AS subject, ${usageText('')} AS expected, ${usageText('u_')} AS found
      FROM (
        SELECT key_id, model, day, ${USAGE.map((name) => `sum(${name}) AS ${name}, sum(u_${name}) AS u_${name}`).join(', ')}
        FROM (
          SELECT key_id, model, created_at / 86400000 AS day, 1 AS requests,
            CASE status WHEN 'COMPLETED' THEN 1 ELSE 0 END AS completed, CASE status WHEN 'FAILED' THEN 1 ELSE 0 END AS failed,
            CASE status WHEN 'CANCELED' THEN 1 ELSE 0 END AS canceled, cost AS charged, refunded,
            ${USAGE.map((name) => `0 AS u_${name}`).join(', ')}
          FROM requests WHERE mode = 'live'
          UNION ALL
          SELECT key_id, model, day, ${USAGE.map(() => '0').join(', ')}, ${USAGE.join(', ')} FROM usage_days
        ) both_sides GROUP BY key_id, model, day
      ) days WHERE ${USAGE.map((name) => `${name} <> u_${name}`).join(' OR ')}`,
  },
  {
    name: 'the ends of an account have no gaps',
    sql: `SELECT b.account_id || ' ' || b.mode AS subject, 'ends up to ' || b.last_ending AS expected,
        count(e.seq) || ' ends up to ' || coalesce(max(e.seq), 0) AS found
      FROM balances b LEFT JOIN endings e ON e.account_id = b.account_id AND e.mode = b.mode
      GROUP BY b.account_id, b.mode, b.last_ending
      HAVING coalesce(max(e.seq), b.last_ending) <> b.last_ending
        OR count(e.seq) <> coalesce(max(e.seq) - min(e.seq) + 1, 0)`,
  },
  {
    name: 'every request that is over has its place in the order of ends',
    sql: `SELECT r.request_id AS subject, 'an end' AS expected, 'none' AS found
      FROM requests r LEFT JOIN endings e ON e.account_id = r.account_id AND e.mode = r.mode AND e.request_id = r.request_id
      WHERE r.status NOT IN ${ALIVE} AND e.seq IS NULL
        AND r.completed_at >= (SELECT coalesce(max(endings_kept_from), 0) FROM installation)`,
  },
  {
    name: 'every end belongs to a request that is over',
    sql: `SELECT e.request_id AS subject, 'over' AS expected, coalesce(r.status, 'no request') AS found
      FROM endings e LEFT JOIN requests r ON r.request_id = e.request_id AND r.account_id = e.account_id AND r.mode = e.mode
      WHERE r.status IS NULL OR r.status IN ${ALIVE}`,
  },
  {
    name: 'no request is parked while its key has a free slot',
    sql: `SELECT key_id AS subject, 'held ' || CASE WHEN concurrency < live_count THEN concurrency ELSE live_count END AS expected,
        'held ' || held_count AS found
      FROM api_keys WHERE held_count < concurrency AND held_count < live_count`,
  },
  {
    name: 'a request is in the queue exactly while it is not over',
    sql: `SELECT r.request_id AS subject,
        CASE r.status WHEN 'IN_QUEUE' THEN 'parked or ready, not started' WHEN 'IN_PROGRESS' THEN 'claimed or ready, started'
          ELSE 'not queued' END AS expected,
        coalesce(q.stage || CASE q.has_started WHEN 1 THEN ', started' ELSE ', not started' END, 'not queued') AS found
      FROM requests r LEFT JOIN queue q ON q.request_id = r.request_id
      WHERE NOT CASE r.status
        WHEN 'IN_QUEUE' THEN coalesce(q.stage, 'none') IN ('parked', 'ready') AND q.has_started = 0
        WHEN 'IN_PROGRESS' THEN coalesce(q.stage, 'none') IN ('claimed', 'ready') AND q.has_started = 1
        ELSE q.stage IS NULL END`,
  },
  {
    name: 'the uses of a blob are the rows that name it',
    sql: `SELECT b.blob AS subject,
        CAST((SELECT count(*) FROM media m WHERE m.blob = b.blob) + (SELECT count(*) FROM files f WHERE f.blob = b.blob) AS TEXT) AS expected,
        CAST(b.uses AS TEXT) AS found
      FROM blobs b
      WHERE b.uses <> (SELECT count(*) FROM media m WHERE m.blob = b.blob) + (SELECT count(*) FROM files f WHERE f.blob = b.blob)`,
  },
  {
    name: 'the space an account uses is the sum of its files',
    sql: `SELECT a.account_id AS subject, CAST(coalesce(f.bytes, 0) AS TEXT) AS expected,
        CAST(coalesce(s.used_bytes, 0) AS TEXT) AS found
      FROM accounts a LEFT JOIN file_space s ON s.account_id = a.account_id
        LEFT JOIN (SELECT account_id, sum(size_bytes) AS bytes FROM files GROUP BY account_id) f ON f.account_id = a.account_id
      WHERE coalesce(f.bytes, 0) <> coalesce(s.used_bytes, 0)`,
  },
  {
    name: 'nothing is left of what a deleted request was given and made',
    sql: `SELECT r.request_id AS subject, 'nothing' AS expected,
        CASE WHEN r.input <> '{}' THEN 'its input' WHEN m.name IS NOT NULL THEN 'its media' ELSE 'its use of inputs' END AS found
      FROM requests r LEFT JOIN media m ON m.request_id = r.request_id LEFT JOIN input_uses u ON u.request_id = r.request_id
      WHERE r.deleted_at IS NOT NULL AND (r.input <> '{}' OR m.name IS NOT NULL OR u.name IS NOT NULL)`,
  },
  {
    name: 'every request that is over and asked for a webhook is in the outbox',
    sql: `SELECT r.request_id AS subject, 'a delivery' AS expected, 'none' AS found
      FROM requests r LEFT JOIN deliveries d ON d.request_id = r.request_id
      WHERE r.webhook_url IS NOT NULL AND r.status NOT IN ${ALIVE} AND d.delivery_id IS NULL
        AND r.completed_at >= (SELECT coalesce(max(deliveries_kept_from), 0) FROM installation)`,
  },
  {
    name: 'only requests that are over have a webhook in the outbox',
    sql: `SELECT d.delivery_id AS subject, 'a request that is over' AS expected, coalesce(r.status, 'none') AS found
      FROM deliveries d LEFT JOIN requests r ON r.request_id = d.request_id
        AND r.account_id = d.account_id AND r.mode = d.mode
      WHERE r.request_id IS NULL OR r.status IN ${ALIVE}`,
  },
  {
    name: 'every attempt of a webhook is in its log, and a delivered one was answered with 2xx',
    sql: `SELECT d.delivery_id AS subject, d.state || ' after ' || d.attempts AS expected,
        count(a.number) || ' attempts, last status ' || coalesce(CAST(d.status AS TEXT), 'none') AS found
      FROM deliveries d LEFT JOIN delivery_attempts a ON a.delivery_id = d.delivery_id
      GROUP BY d.delivery_id, d.state, d.attempts, d.status
      HAVING count(a.number) <> d.attempts
        OR (d.state = 'delivered' AND (d.status IS NULL OR d.status < 200 OR d.status > 299))`,
  },
  {
    name: 'no webhook waits where nobody looks',
    sql: `SELECT d.delivery_id AS subject, 'an endpoint that will be looked at' AS expected,
        CASE WHEN e.host IS NULL THEN 'no endpoint' ELSE 'an endpoint with nothing to do' END AS found
      FROM deliveries d LEFT JOIN webhook_endpoints e ON e.account_id = d.account_id AND e.host = d.host
      WHERE d.state = 'pending' AND e.next_at IS NULL`,
  },
]
