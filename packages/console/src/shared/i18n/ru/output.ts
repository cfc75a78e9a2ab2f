import type { OUTPUT_EN } from '../en/output.ts'

/** Looking at what was made, in Russian. */
export const OUTPUT_RU: Readonly<Record<keyof typeof OUTPUT_EN, string>> = {
  'output.zoom': 'Рассмотреть',
  'output.zoomIn': 'Ближе',
  'output.zoomOut': 'Дальше',
  'output.fit': 'Целиком',
  'output.actual': '1:1, настоящий размер',
  'output.download': 'Скачать оригинал',
  'output.original': 'Оригинал',
  'output.videoFacts': '{width} × {height}, {seconds, number} с',
  'output.audioFacts': '{seconds, number} с',
  'output.position': 'Место',
  'output.play': 'Воспроизвести',
  'output.pause': 'Пауза',
  'output.frameBack': 'Кадр назад',
  'output.frameOn': 'Кадр вперёд',
  'output.loop': 'Повторять',
  'output.sound': 'Звук',
  'output.speed': 'Скорость',
  'output.fullscreen': 'Во весь экран',
}
