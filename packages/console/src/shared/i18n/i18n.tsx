import { IntlMessageFormat } from 'intl-messageformat'
import { createContext, type ReactNode, useContext, useMemo } from 'react'
import { usePreference } from '../preferences/preferences.ts'
import { EN, type MessageName } from './messages-en.ts'
import { RU } from './messages-ru.ts'

/** Languages of the console. */
export const LANGUAGES = { en: 'English', ru: 'Русский' } as const
export type Language = keyof typeof LANGUAGES

const MESSAGES: Readonly<Record<Language, Readonly<Record<MessageName, string>>>> = { en: EN, ru: RU }

/** What a text may be filled with. */
export type MessageValues = Readonly<Record<string, string | number | Date>>

/** Texts, numbers and times in the language of the reader. */
export interface I18n {
  language: Language
  /** A text with its values filled in. */
  t(name: MessageName, values?: MessageValues): string
  number(value: number, options?: Intl.NumberFormatOptions): string
  /** A moment as people read it: date and time to the minute. */
  time(value: string | number | Date, options?: Intl.DateTimeFormatOptions): string
}

function createI18n(language: Language): I18n {
  const formats = new Map<MessageName, IntlMessageFormat>()
  return {
    language,
    t(name, values) {
      const message = MESSAGES[language][name]
      if (!message.includes('{')) return message
      let format = formats.get(name)
      if (format === undefined) {
        format = new IntlMessageFormat(message, language)
        formats.set(name, format)
      }
      return String(format.format(values))
    },
    number: (value, options) => new Intl.NumberFormat(language, options).format(value),
    time: (value, options = { dateStyle: 'medium', timeStyle: 'short' }) =>
      new Intl.DateTimeFormat(language, options).format(new Date(value)),
  }
}

const Context = createContext<I18n>(createI18n('en'))

/** Gives the pages below it the language the reader chose, or else the browser's. */
export function I18nProvider({ children }: { children: ReactNode }) {
  const [chosen] = usePreference('language')
  const language: Language = chosen ?? (navigator.language.startsWith('ru') ? 'ru' : 'en')
  const i18n = useMemo(() => {
    document.documentElement.lang = language
    return createI18n(language)
  }, [language])
  return <Context value={i18n}>{children}</Context>
}

/** The language of the reader. */
export function useI18n(): I18n {
  return useContext(Context)
}
