import type { KEYBOARD_EN } from '../en/keyboard.ts'

/** The palette and the shortcuts, in Russian. */
export const KEYBOARD_RU: Readonly<Record<keyof typeof KEYBOARD_EN, string>> = {
  'palette.title': 'Перейти куда угодно',
  'palette.open': 'Перейти…',
  'palette.hint': 'Страница, модель или номер запроса',
  'palette.none': 'Ничего с такими словами',
  'palette.page': 'Страница',
  'palette.openRequest': 'Открыть этот запрос',
  'palette.mode.live': 'Перейти в боевой режим',
  'palette.mode.test': 'Перейти в тестовый режим',
  'shortcuts.title': 'Горячие клавиши',
  'shortcuts.search': 'Поиск',
  'shortcuts.mode': 'Боевой или тестовый',
  'shortcuts.nextRow': 'Следующая строка',
  'shortcuts.previousRow': 'Предыдущая строка',
  'shortcuts.on': 'Одиночные клавиши работают',
  'shortcuts.onHint': 'При вводе текста они не действуют никогда. Ctrl или ⌘ с K работает всегда.',
}
