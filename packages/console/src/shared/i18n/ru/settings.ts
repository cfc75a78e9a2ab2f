import type { SETTINGS_EN } from '../en/settings.ts'

/** The settings section, in Russian. */
export const SETTINGS_RU: Readonly<Record<keyof typeof SETTINGS_EN, string>> = {
  'settings.members': 'Участники',
  'settings.invite': 'Пригласить',
  'settings.inviteMade': 'Отправьте эту ссылку',
  'settings.inviteHint': 'Она сработает один раз, до {time}, только для этого адреса. Больше она не покажется.',
  'settings.role': 'Роль',
  'settings.roleHint': 'Владельцы ещё приглашают и удаляют участников.',
  'settings.roleOf': 'Роль: {name}',
  'settings.role.owner': 'Владелец',
  'settings.role.member': 'Участник',
  'settings.joined': 'с {time}',
  'settings.remove': 'Удалить',
  'settings.password': 'Пароль',
  'settings.currentPassword': 'Текущий пароль',
  'settings.passwordHint': 'Не короче 10 символов. Все остальные сеансы завершатся.',
  'settings.changePassword': 'Сменить пароль',
  'settings.passwordChanged': 'Пароль изменён. Остальные сеансы завершены.',
  'settings.sessions': 'Сеансы',
  'settings.since': 'С {time}, адрес {address}',
  'settings.thisSession': 'этот браузер',
  'settings.endSession': 'Завершить',
  'settings.unknownBrowser': 'Неизвестный браузер',
}
