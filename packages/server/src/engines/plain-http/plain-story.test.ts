import { describeStory } from '../testing/describe-story.ts'
import { CLIENT_ID, PLAIN_WIRE } from './testing/plain-wire.ts'

describeStory({
  wire: PLAIN_WIRE,
  engine: 'http',
  environment: (url) => ({
    CLIPIA_HTTP_ENGINE_URL: url,
    CLIPIA_HTTP_ENGINE_TOKEN: 'secret-of-http',
    CLIPIA_HTTP_ENGINE_CAN_FIND: 'true',
  }),
  placeholder: { kind: 'url', text: 'http://10.0.0.5/1.png' },
  requestId: CLIENT_ID,
  cancels: 'always',
  lostStart: 'found',
})
