import { budgetSentence, type Prompt, SPENDING_RULES } from './prompt.ts'

/** A text cut into shots, each drawn first and then filmed from its picture. */
export const STORYBOARD_PROMPT: Prompt = {
  name: 'storyboard_to_shots',
  title: 'Storyboard to shots',
  description: 'Cuts a storyboard into shots, draws a key frame for each, and films every frame.',
  arguments: {
    storyboard: { description: 'The story, scene by scene, as you would tell it.', isRequired: true },
    style: { description: 'Look that all shots share, such as "ink drawing, blue and ochre".' },
    image_model: { description: 'Model of the key frames; left out, the default.', suggestions: 'image-models' },
    video_model: { description: 'Model of the shots; left out, the default.', suggestions: 'video-models' },
    max_credits: { description: 'What all of it may cost together, in credits.', suggestions: ['50', '100', '250'] },
  },
  write: ({ storyboard, style, image_model: imageModel, video_model: videoModel, max_credits: credits }) =>
    `Turn this storyboard into shots.

<storyboard>
${storyboard ?? ''}
</storyboard>

1. Cut it into shots. For each write: a number, what is seen, the camera, the length in seconds.
2. Write one prompt for each key frame. Say the same words for the same people, places and style in every prompt${style === undefined ? '' : `; the style is: ${style}`}.
3. Read the parameters of the models you use with get_model${imageModel === undefined ? '' : ` (key frames: ${imageModel})`}${videoModel === undefined ? '' : ` (shots: ${videoModel})`}; keep to their lengths and aspect ratios.
4. Make the key frames with generate_image. Look at the previews; name what does not fit before you go on.
5. Film each with generate_video, the address of its key frame as the image the model takes, the movement as its prompt.
6. Follow next and next_poll_ms of every answer until all are over. Then list the shots in order with their links and costs.

${SPENDING_RULES}${budgetSentence(credits)}`,
}
