import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodePicture, isPng } from './encode-picture.ts'
import { pictureProtocol } from './picture-protocol.ts'

function png(width: number, height: number, length = 6_000): Buffer {
  const bytes = Buffer.alloc(length)
  bytes.write('\x89PNG\r\n\x1a\n', 'latin1')
  bytes.writeUInt32BE(width, 16)
  bytes.writeUInt32BE(height, 20)
  return bytes
}

test('terminals are known by their environment; a multiplexer hides the one around it', () => {
  assert.equal(pictureProtocol({ TERM: 'xterm-kitty' }), 'kitty')
  assert.equal(pictureProtocol({ KITTY_WINDOW_ID: '1' }), 'kitty')
  assert.equal(pictureProtocol({ TERM_PROGRAM: 'ghostty' }), 'kitty')
  for (const program of ['iTerm.app', 'WezTerm', 'mintty', 'vscode']) {
    assert.equal(pictureProtocol({ TERM_PROGRAM: program }), 'iterm2')
    assert.equal(pictureProtocol({ TERM_PROGRAM: program, TMUX: '/tmp/x' }), null)
  }
  assert.equal(pictureProtocol({ LC_TERMINAL: 'iTerm2', TERM: 'xterm-256color' }), 'iterm2')
  assert.equal(pictureProtocol({ LC_TERMINAL: 'iTerm2', TERM: 'screen-256color' }), null)
  assert.equal(pictureProtocol({ TERM: 'xterm-256color', TERM_PROGRAM: 'Apple_Terminal' }), null)
  assert.equal(pictureProtocol({}), null)
})

test('kitty is told the tighter of columns and rows, so that no picture is wider than the screen', () => {
  const first = (width: number, height: number) =>
    /a=T[^;]*/.exec(encodePicture('kitty', png(width, height), { columns: 80, rows: 20 }))?.[0]
  assert.equal(first(1_024, 1_024), 'a=T,f=100,q=2,r=20,m=1')
  assert.equal(first(2_000, 500), 'a=T,f=100,q=2,c=80,m=1')
})

test('only a PNG is one', () => {
  assert.ok(isPng(png(8, 8)))
  assert.ok(!isPng(Buffer.from('RIFF....WEBP')))
  assert.ok(!isPng(Buffer.alloc(0)))
})
