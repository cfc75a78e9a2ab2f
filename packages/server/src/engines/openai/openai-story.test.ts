import { describeStory } from '../testing/describe-story.ts'
import { IMAGES_WIRE, PICTURE, VIDEOS_WIRE } from './testing/openai-wire.ts'

const environment = (url: string) => ({ OPENAI_API_KEY: 'secret-of-openai', OPENAI_BASE_URL: url })

describeStory({
  wire: IMAGES_WIRE,
  engine: 'openai',
  environment,
  placeholder: { kind: 'base64', text: PICTURE.toString('base64') },
  cancels: 'never',
  lostStart: 'refunded',
})

describeStory({
  wire: VIDEOS_WIRE,
  engine: 'openai',
  environment,
  placeholder: null,
  mediaTarget: /^\/videos\/video_123\/content$/,
  cancels: 'never',
  lostStart: 'refunded',
})
