// Code can be copied; on narrow screens the list of guides is folded away.
for (const block of document.querySelectorAll('article pre')) {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'copy'
  button.textContent = 'Copy'
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(block.textContent)
    button.textContent = 'Copied'
    setTimeout(() => {
      button.textContent = 'Copy'
    }, 1500)
  })
  const frame = document.createElement('div')
  frame.className = 'code'
  block.replaceWith(frame)
  frame.append(block, button)
}

const menu = document.querySelector('.menu')
const narrow = matchMedia('(max-width: 52rem)')
const fold = () => {
  menu.open = !narrow.matches
}
narrow.addEventListener('change', fold)
fold()
