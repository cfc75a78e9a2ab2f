import { describeStory } from '../testing/describe-story.ts'
import { COMFYUI_WIRE, ID } from './testing/comfyui-wire.ts'

describeStory({
  wire: COMFYUI_WIRE,
  engine: 'comfyui',
  environment: (url) => ({ COMFYUI_TOKEN: 'secret-of-comfyui', COMFYUI_URL: url }),
  placeholder: null,
  mediaTarget: /^\/view\?/,
  requestId: ID,
  cancels: 'always',
  lostStart: 'found',
})
