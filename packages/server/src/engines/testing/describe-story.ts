import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, describe, it } from 'node:test'
import { DATABASES } from '../../testing/databases.ts'
import { waitFor } from '../../testing/wait-for.ts'
import { describeCallbacks } from './describe-callbacks.ts'
import { type ProviderStory, STORY_MODEL } from './provider-story.ts'
import { answer, hangUp } from './scripted-server.ts'
import { createTelling, type Telling } from './telling.ts'

const PRICE = 3
const RUN_LIMIT_MS = 600_000

/** What every provider's requests come to in the real app, on both databases: register it beside the provider's own tests. */
export function describeStory(story: ProviderStory): void {
  for (const kind of DATABASES) {
    describe(`${story.wire.name} in the app, on ${kind.name}`, () => {
      const telling = createTelling(story, kind)
      before(telling.open)
      after(telling.close)
      beforeEach(telling.calm)
      afterEach(async () => assert.deepEqual(await telling.app().audit(), []))
      tell(story, telling)
    })
  }
}

function tell(story: ProviderStory, telling: Telling): void {
  const { wire } = story
  const isHeld = wire.isSynchronous === true

  it('is brought home from submit to result, and no answer about it names the provider', async () => {
    const credits = (await telling.balance()).credits
    if (!isHeld) await telling.submit()
    await telling.finish()
    const result = await telling.ask()
    assert.equal(result.status, 'COMPLETED', JSON.stringify(result))
    const [picture] = result.output.images ?? [result.output.video]
    assert.match(picture.url, /^https:\/\/api\.clipia\.example\/media\/\w+\.(webp|mp4)$/)
    assert.deepEqual([picture.width, picture.height], wire.job.type === 'video' ? [32, 24] : [8, 6])
    assert.equal((await telling.balance()).credits, credits - PRICE)
    assert.equal(telling.callsOf('submit'), 1)
    const seen = [
      result,
      await telling.ask('/status'),
      await telling.ask('/deliveries'),
      String((await telling.app().call('GET', `/v1/requests/${telling.id()}/events`)).body),
      ...(await Promise.all(
        ['/v1/requests', '/v1/account/ledger', '/v1/models', `/v1/models/${STORY_MODEL}`].map(
          async (at) => (await telling.app().call('GET', at)).body,
        ),
      )),
    ]
    assert.doesNotMatch(
      JSON.stringify(seen.slice(0, 6)),
      new RegExp(`127\\.0\\.0\\.1|\\b${story.engine}\\b(?![s:])|"settings"|secret`),
    )
    assert.doesNotMatch(JSON.stringify(seen), /127\.0\.0\.1|secret-of/)
  })

  it('ends with its input refused, refunded', async () => {
    const { credits } = await telling.balance()
    const { status, body, headers } = wire.refused
    telling.provider().misbehave.set('submit', answer(status, body, headers))
    await telling.submit()
    await telling.endsRefunded('GENERATION_FAILED', credits)
  })

  it('ends with its content rejected: charged by the model’s rule only once the provider had taken it', async () => {
    if (wire.standing('rejected', 'result') === null) return
    const { credits } = await telling.balance()
    if (!isHeld) await telling.submit()
    telling.provider().standing = 'rejected'
    if (isHeld) await telling.submit()
    else await telling.pass()
    const { status, error, charged } = await telling.ask()
    assert.deepEqual([status, error.code, charged], ['FAILED', 'CONTENT_REJECTED', isHeld ? 0 : PRICE])
    assert.equal((await telling.balance()).credits, credits - charged)
  })

  it('waits while the provider has too much to do', async () => {
    telling.provider().misbehave.set('submit', answer(429, {}, { 'retry-after': '20' }))
    await telling.submit()
    assert.equal(await telling.cancel(), '202', 'what no provider has can always be stopped')
    await telling.app().work()
    assert.equal((await telling.ask()).status, 'CANCELED')
    await telling.submit()
    await telling.pass(19_000)
    assert.deepEqual([telling.callsOf('submit'), (await telling.ask()).status], [2, 'IN_PROGRESS'])
    telling.provider().misbehave.delete('submit')
    telling.provider().standing = 'finished'
    await telling.pass()
    await telling.pass()
    assert.equal((await telling.ask()).status, 'COMPLETED')
  })

  it('fails with media that are cut short, refunded', async () => {
    const { credits } = await telling.balance()
    const cut = telling.media().subarray(0, 60)
    telling.serve((response) => void response.writeHead(200).end(cut))
    if (story.placeholder?.kind === 'base64') {
      const { body } = wire.standing('finished', 'result') ?? {}
      const text = JSON.stringify(body).replaceAll(story.placeholder.text, cut.toString('base64'))
      telling.provider().misbehave.set('submit', answer(200, text))
    }
    if (!isHeld) await telling.submit()
    await telling.finish()
    await telling.endsRefunded('GENERATION_FAILED', credits)
  })

  if (story.placeholder?.kind !== 'base64') describeDownloads(telling, isHeld)
  if (!isHeld) describeChecks(story, telling)
  describeLostStarts(story, telling)
  it(`can be stopped ${story.cancels}`, () => (isHeld ? cancelHeld(story, telling) : cancelTicketed(story, telling)))
  if (story.callBack) describeCallbacks(story, telling)
}

function describeDownloads(telling: Telling, isHeld: boolean): void {
  it('asks again for media that may yet come, and gives up, refunded, those that stay gone', async () => {
    const { credits } = await telling.balance()
    for (const status of [403, 404]) {
      telling.serve(answer(status, 'expired'))
      telling.provider().calls.length = 0
      if (!isHeld) await telling.submit()
      await telling.finish()
      for (let time = 0; time < 4; time += 1) await telling.pass()
      if (status === 403) {
        assert.equal((await telling.ask()).status, 'IN_PROGRESS')
        telling.serve()
        await telling.pass()
        assert.equal((await telling.ask()).status, 'COMPLETED')
        telling.provider().standing = 'running'
      }
    }
    await telling.endsRefunded('GENERATION_FAILED', credits - PRICE)
    assert.equal(telling.callsOf('media'), 3, 'a file may take a moment until it is everywhere')
  })
}

function describeChecks({ wire }: ProviderStory, telling: Telling): void {
  it('is alive while the provider says words nobody knows, or errors under a status of success', async () => {
    await telling.submit()
    if (wire.standing('unknown-word', 'check') !== null) telling.provider().standing = 'unknown-word'
    await telling.pass()
    assert.equal((await telling.ask()).status, 'IN_PROGRESS')
    telling.misbehaveAtCheck(answer(200, { error: { message: 'Something went wrong' } }))
    await telling.pass()
    telling.misbehaveAtCheck(answer(200, '<html>Welcome</html>'))
    await telling.pass()
    assert.equal((await telling.ask()).status, 'IN_PROGRESS')
    telling.misbehaveAtCheck(null)
    await telling.finish()
    assert.equal((await telling.ask()).status, 'COMPLETED')
  })

  it('is asked for ever more seldom while the provider is broken, until its deadline, refunded', async () => {
    const { credits } = await telling.balance()
    await telling.submit()
    telling.misbehaveAtCheck(answer(502, '<html>Bad Gateway</html>'))
    for (let ms = 0; ms < RUN_LIMIT_MS; ms += 5_000) await telling.pass(5_000)
    const asked = telling.callsOf('check') + telling.callsOf('result')
    assert.ok(asked >= 8 && asked <= 20, `${asked} times`)
    await telling.runDuty('end-overdue')
    await telling.endsRefunded('TIMED_OUT', credits)
    assert.equal(telling.callsOf('submit'), 1)
  })
}

function describeLostStarts(story: ProviderStory, telling: Telling): void {
  it(`is never submitted twice when the answer is lost after acceptance: it is ${story.lostStart}`, async () => {
    const { credits } = await telling.balance()
    for (const act of [hangUp, answer(502, '<html>Bad Gateway</html>')]) {
      telling.provider().misbehave.set('submit', act)
      await telling.submit()
      await telling.pass(31_000)
      if (story.lostStart === 'refunded') await telling.endsRefunded('GENERATION_FAILED', credits)
      else {
        assert.equal((await telling.ask()).status, 'IN_PROGRESS')
        assert.equal((await telling.ask()).charged, undefined, 'nothing is refunded while it may run')
        if (story.lostStart === 'heard of') await telling.callBack()
        await telling.finish()
        await telling.pass()
        assert.equal((await telling.ask()).status, 'COMPLETED')
        telling.provider().standing = 'running'
      }
      assert.equal(telling.callsOf('submit'), 1)
      telling.provider().calls.length = 0
    }
  })
}

async function cancelTicketed({ wire, cancels }: ProviderStory, telling: Telling): Promise<void> {
  await telling.submit()
  telling.provider().standing = 'queued'
  await telling.pass()
  const { credits } = await telling.balance()
  if (cancels === 'never') assert.equal(await telling.cancel(), '409 not_cancelable')
  else {
    assert.equal(await telling.cancel(), '202')
    await telling.app().work()
    telling.provider().standing = wire.standing('canceled', 'check') === null ? 'queued' : 'canceled'
    await telling.pass()
    assert.equal((await telling.ask()).status, 'CANCELED')
    assert.ok(telling.callsOf('cancel') >= 1)
    assert.ok((await telling.balance()).credits >= credits)
    await telling.submit()
  }
  telling.provider().standing = 'running'
  await telling.pass()
  assert.equal(await telling.cancel(), cancels === 'always' ? '202' : '409 not_cancelable')
  await telling.finish()
  assert.equal((await telling.ask()).status, 'COMPLETED', 'the provider was done first')
  assert.equal(await telling.cancel(), '409 not_cancelable')
}

/** The provider renders on the connection of the start. */
async function cancelHeld({ cancels }: ProviderStory, telling: Telling): Promise<void> {
  let refuse = () => {}
  telling.provider().misbehave.set('submit', (response, request) => {
    refuse = () => answer(429, {})(response, request)
  })
  await telling.queue()
  await telling.app().app.worker.claim()
  await waitFor('the submit to arrive', () => telling.callsOf('submit') === 1)
  assert.equal(await telling.cancel(), cancels === 'never' ? '409 not_cancelable' : '202')
  refuse()
  await telling.app().app.worker.idle()
  if (cancels === 'never') assert.equal(await telling.cancel(), '202', 'nobody has it, so it can be stopped')
  await telling.app().work()
  assert.equal((await telling.ask()).status, 'CANCELED')
}
