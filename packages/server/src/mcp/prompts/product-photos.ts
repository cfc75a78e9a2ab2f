import { budgetSentence, type Prompt, SPENDING_RULES } from './prompt.ts'

/** One product in several settings, from a photo of it or from words. */
export const PRODUCT_PHOTOS_PROMPT: Prompt = {
  name: 'product_photo_set',
  title: 'Product photo set',
  description: 'A set of pictures of one product: a plain one, details, and scenes of its use.',
  arguments: {
    product: { description: 'What it is, its material, color and size.', isRequired: true },
    image_url: { description: 'Address of a photo of it; upload_file makes one from a file.' },
    scenes: { description: 'Where it should be seen, separated by commas.' },
    aspect_ratio: { description: 'Shape of the pictures.', suggestions: ['1:1', '4:5', '3:4', '16:9', '9:16'] },
    model: { description: 'Model of the pictures; left out, the default.', suggestions: 'image-models' },
    max_credits: { description: 'What all of it may cost together, in credits.', suggestions: ['20', '50', '100'] },
  },
  write: ({ product, image_url: imageUrl, scenes, aspect_ratio: shape, model, max_credits: credits }) =>
    `Make a set of product photos.

<product>
${product ?? ''}
</product>

1. Choose ${model === undefined ? 'a model with list_models' : `the model ${model}`} and read its parameters with get_model.${imageUrl === undefined ? '' : ` It must take pictures: give it ${imageUrl} as its image each time, so that the product stays the same.`}
2. Plan five pictures: the product alone on white, a detail of its material, one from above, and two scenes${scenes === undefined ? ' of its use' : `: ${scenes}`}. Write a prompt for each; repeat the words that describe the product in all of them.${shape === undefined ? '' : ` Aspect ratio ${shape}.`}
3. Make them with generate_image, one call each. Look at the previews; if the product differs between pictures, say so.
4. List them with what each is for, their links in full quality and their costs.

${SPENDING_RULES}${budgetSentence(credits)}`,
}
