import assert from 'node:assert/strict'
import { it } from 'node:test'
import { textOfHtml } from '#lib/text/html.ts'
import { timed } from '#tests/unit/processor-time.ts'

it('a page says what is between its tags', () => {
  const page =
    '<html><HEAD><title>403</title></HEAD><style>p { color: red }</style><body><h1>403 Forbidden</h1>\n<p>nginx</p></body></html>'
  assert.equal(textOfHtml(page), '403 403 Forbidden nginx')
  assert.equal(textOfHtml('plain text, 1 < 2'), 'plain text, 1 < 2')
  assert.equal(textOfHtml('<header>kept</header>'), 'kept')
  assert.equal(textOfHtml('<p>can&#039;t &quot;Upgrade&quot; &bogus;</p>'), `can't "Upgrade" &bogus;`)
})

it('what is left open costs no more than what is closed', () => {
  assert.equal(textOfHtml('seen <style>a { }'), 'seen')
  assert.equal(textOfHtml('a <b'), 'a <b')
  for (const unit of [
    '<',
    '<>',
    '<style ',
    '<style>',
    '<style></>',
    '<head><script>',
    '</style><style',
    '\u0130<style>',
  ]) {
    const { tookMs } = timed(() => textOfHtml(unit.repeat(1_000_000 / unit.length)))
    assert.ok(tookMs < 2000, `${unit} took ${tookMs} ms`)
  }
})
