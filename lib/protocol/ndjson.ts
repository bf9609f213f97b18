/** JSON lines from a stream of bytes, each as soon as it is whole. */

/** @throws RangeError when a line is longer than `mostCharacters`; what `JSON.parse` throws on a line that is none. */
export async function* readJsonLines(
  body: AsyncIterable<Uint8Array>,
  mostCharacters = 32 * 1024 * 1024,
): AsyncGenerator<unknown> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of body) {
    rest += decoder.decode(chunk, { stream: true })
    const lines = rest.split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > mostCharacters) throw new RangeError(`a line of more than ${mostCharacters} characters`)
    for (const line of lines) if (line.trim() !== '') yield JSON.parse(line)
  }
  const last = rest + decoder.decode()
  if (last.trim() !== '') yield JSON.parse(last)
}
