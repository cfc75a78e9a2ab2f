import { describeStory } from '../testing/describe-story.ts'
import { PICTURE_URL, SEEDANCE_WIRE, SEEDREAM_WIRE, VIDEO_URL } from './testing/bytedance-wire.ts'

const environment = (url: string) => ({ ARK_API_KEY: 'secret-of-ark', ARK_BASE_URL: url })

describeStory({
  wire: SEEDANCE_WIRE,
  engine: 'bytedance',
  environment,
  placeholder: { kind: 'url', text: VIDEO_URL },
  cancels: 'waiting',
  lostStart: 'refunded',
})

describeStory({
  wire: SEEDREAM_WIRE,
  engine: 'bytedance',
  environment,
  placeholder: { kind: 'url', text: PICTURE_URL },
  cancels: 'never',
  lostStart: 'refunded',
})
