import { describeStory } from '../testing/describe-story.ts'
import { PICTURE, SDAPI_WIRE } from './testing/sdapi-wire.ts'

describeStory({
  wire: SDAPI_WIRE,
  engine: 'sdapi',
  environment: (url) => ({ SDAPI_AUTH: 'secret-of:sdapi', SDAPI_URL: url }),
  placeholder: { kind: 'base64', text: PICTURE },
  cancels: 'always',
  lostStart: 'refunded',
})
