/** The usage section, in English. */
export const USAGE_EN = {
  'usage.lead': 'What was generated in live mode, by the day it was submitted on (UTC).',
  'usage.range': 'Range',
  'usage.days': '{count, plural, one {# day} other {# days}}',
  'usage.none': 'No usage yet',
  'usage.noneHint': 'Live requests are counted here. The sandbox is not.',
  'usage.byDay': 'Credits by day',
  'usage.most': 'most: {credits}',
  'usage.dayFacts': '{credits} credits, {requests, plural, one {# request} other {# requests}}',
  'usage.byModel': 'By model',
  'usage.byKey': 'By key',
  'usage.key': 'Key',
  'usage.requests': 'Requests',
  'usage.failed': 'Failed',
  'usage.p50': 'Half took',
  'usage.p95': '95% took',
} as const
