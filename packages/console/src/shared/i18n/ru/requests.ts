import type { REQUESTS_EN } from '../en/requests.ts'

/** The requests section, in Russian. */
export const REQUESTS_RU: Readonly<Record<keyof typeof REQUESTS_EN, string>> = {
  'requests.lead': 'Всё, что отправлено в этом режиме: сначала новое, обновляется само.',
  'requests.search': 'Номер запроса или имя модели',
  'requests.status': 'Состояние',
  'requests.anyStatus': 'Любое состояние',
  'requests.none': 'Здесь пусто',
  'requests.noneHint': 'Запросы из API и из песочницы моделей появятся здесь сразу.',
  'requests.request': 'Запрос',
  'requests.model': 'Модель',
  'requests.cost': 'Кредиты',
  'requests.submitted': 'Отправлен',
  'requests.log.queued': 'В очереди',
  'requests.log.started': 'Начато',
  'requests.log.completed': 'Готово',
  'requests.timeline': 'Ход',
  'requests.timings': '{queue} с в очереди, {run} с в работе',
  'requests.input': 'Параметры и цена',
  'requests.deleted': 'Параметры удалены.',
  'requests.output': 'Результат',
  'requests.failure': 'Почему не вышло',
  'requests.ledger': 'Кредиты',
  'requests.noLedger': 'Кредиты не двигались.',
}
