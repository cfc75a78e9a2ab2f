import type { SESSION_EN } from '../en/session.ts'

/** Signing in, and where one-time links lead, in Russian. */
export const SESSION_RU: Readonly<Record<keyof typeof SESSION_EN, string>> = {
  'session.title': 'Вход в Clipia',
  'session.email': 'Эл. почта',
  'session.password': 'Пароль',
  'session.name': 'Ваше имя',
  'session.newPassword': 'Придумайте пароль',
  'session.passwordHint': 'Не короче 10 символов.',
  'session.signIn': 'Войти',
  'session.signOut': 'Выйти',
  'session.lost': 'Нет доступа или забыт пароль? Попросите у оператора ссылку: clipia admin sign-in-link',
  'session.account': 'Аккаунт',
  'welcome.join': 'Добро пожаловать в {account}',
  'welcome.joinHint': 'Вы станете {role, select, owner {владельцем} other {участником}} этого аккаунта.',
  'welcome.recover': 'Новый пароль',
  'welcome.recoverHint': 'Для {email}. Все остальные сеансы завершатся.',
  'welcome.haveUser': 'Если пароль у вас здесь уже есть, введите его.',
  'welcome.submit': 'Продолжить',
  'welcome.noLink': 'Нужна ссылка целиком, вместе с частью после знака #.',
}
