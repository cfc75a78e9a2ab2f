import { describeStory } from '../testing/describe-story.ts'
import { GEMINI_WIRE, IMAGEN_WIRE, PICTURE, VEO_WIRE } from './testing/google-wire.ts'

const environment = (url: string) => ({ GEMINI_API_KEY: 'secret-of-google', GEMINI_BASE_URL: url })

for (const wire of [GEMINI_WIRE, IMAGEN_WIRE]) {
  describeStory({
    wire,
    engine: 'google',
    environment,
    placeholder: { kind: 'base64', text: PICTURE },
    cancels: 'never',
    lostStart: 'refunded',
  })
}

describeStory({
  wire: VEO_WIRE,
  engine: 'google',
  environment,
  placeholder: null,
  mediaTarget: /^\/v1beta\/files\/abc:download/,
  cancels: 'never',
  lostStart: 'refunded',
})
