import type { MODELS_EN } from '../en/models.ts'

/** The models section, in Russian. */
export const MODELS_RU: Readonly<Record<keyof typeof MODELS_EN, string>> = {
  'models.lead': 'Что здесь создаёт медиа. Ключи провайдеров задаются в окружении сервера.',
  'models.active': 'работает',
  'models.inactive': 'нет ключа',
  'models.waiting': 'ждут',
  'models.running': 'в работе',
}
