import type { USAGE_EN } from '../en/usage.ts'

/** The usage section, in Russian. */
export const USAGE_RU: Readonly<Record<keyof typeof USAGE_EN, string>> = {
  'usage.lead': 'Что создано в боевом режиме, по дням отправки (UTC).',
  'usage.range': 'Период',
  'usage.days': '{count, plural, one {# день} few {# дня} many {# дней} other {# дня}}',
  'usage.none': 'Расхода пока нет',
  'usage.noneHint': 'Здесь считаются боевые запросы. Тестовые — нет.',
  'usage.byDay': 'Кредиты по дням',
  'usage.most': 'больше всего: {credits}',
  'usage.dayFacts':
    '{credits} кр., {requests, plural, one {# запрос} few {# запроса} many {# запросов} other {# запроса}}',
  'usage.byModel': 'По моделям',
  'usage.byKey': 'По ключам',
  'usage.key': 'Ключ',
  'usage.requests': 'Запросы',
  'usage.failed': 'Ошибки',
  'usage.p50': 'Половина за',
  'usage.p95': '95% за',
}
