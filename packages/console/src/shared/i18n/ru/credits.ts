import type { CREDITS_EN } from '../en/credits.ts'

/** The credits section, in Russian. */
export const CREDITS_RU: Readonly<Record<keyof typeof CREDITS_EN, string>> = {
  'credits.lead': 'Баланс равен сумме журнала, а журнал только растёт.',
  'credits.balance': 'Баланс',
  'credits.reserved': 'Зарезервировано',
  'credits.reservedHint': 'списано за незавершённое',
  'credits.month': 'Потрачено за 30 дней',
  'credits.requests': '{count, plural, one {# запрос} few {# запроса} many {# запросов} other {# запроса}}',
  'credits.kind': 'Вид',
  'credits.all': 'Все',
  'credits.kind.grant': 'Пополнение',
  'credits.kind.charge': 'Списание',
  'credits.kind.refund': 'Возврат',
  'credits.none': 'Движений нет',
  'credits.noneHint': 'Кредиты начисляет оператор: clipia admin credits grant',
  'credits.ledger': 'Журнал',
  'credits.amount': 'Кредиты',
  'credits.after': 'Баланс после',
  'credits.for': 'За что',
  'credits.when': 'Когда',
}
