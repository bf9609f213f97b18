import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { readAndJudge } from '#lib/diagnosis/read-and-judge.ts'
import type { Source } from '#lib/intake/read.ts'
import { run as lint } from '#server/cli/lint.ts'
import { fieldCases, fieldSentences } from '#tests/field/material.ts'
import { objectionsTo, objectionsToLint, objectionsToReading } from '#tests/field/objections.ts'
import { finish } from '#tests/server/cli/support/command.ts'

const judged = (files: readonly Source[]) => {
  const { report, reading } = readAndJudge({ files })
  return { report, read: reading?.read ?? [] }
}

describe('what people bring', () => {
  for (const { name, folder, questions, lints, sourceOf } of fieldCases) {
    for (const question of questions) {
      it(`${name}: ${question.files.join(' and ')}`, () => {
        const { report, read } = judged(question.files.map(sourceOf))
        assert.deepEqual([...objectionsTo(question, report), ...objectionsToReading(question, read)], [])
      })
    }
    for (const question of lints) {
      const { files, lint: args } = question
      it(`${name}: lint ${[...args, ...files].join(' ')}`, async () => {
        const file = fileURLToPath(new URL(files[0], folder))
        const { stdout } = await finish(lint, ['--json', ...args, file])
        assert.deepEqual(objectionsToLint(question, JSON.parse(stdout)), [])
      })
    }
  }
})

describe('a sentence alone', () => {
  for (const sentence of fieldSentences) {
    it(sentence.text, () => {
      const { report } = judged([{ file: 'paste', text: `${sentence.text}\n` }])
      assert.deepEqual(objectionsTo(sentence, report), [])
    })
  }
})
