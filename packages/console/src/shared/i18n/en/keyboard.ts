/** The palette and the shortcuts, in English. */
export const KEYBOARD_EN = {
  'palette.title': 'Go anywhere',
  'palette.open': 'Go to…',
  'palette.hint': 'A page, a model, a request id',
  'palette.none': 'Nothing has all of these words',
  'palette.page': 'Page',
  'palette.openRequest': 'Open this request',
  'palette.mode.live': 'Switch to live mode',
  'palette.mode.test': 'Switch to test mode',
  'shortcuts.title': 'Keyboard shortcuts',
  'shortcuts.search': 'Search',
  'shortcuts.mode': 'Live or test',
  'shortcuts.nextRow': 'Next row',
  'shortcuts.previousRow': 'Row before',
  'shortcuts.on': 'Single keys do these things',
  'shortcuts.onHint': 'They never do while you type. Ctrl or ⌘ with K always works.',
} as const
