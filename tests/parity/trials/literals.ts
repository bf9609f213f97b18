/** Hostile words in the literals of each language, read by the language itself: they stand for what they were made of. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { visible } from '#lib/text/foreign.ts'
import { elixir, go, java, js, python, ruby } from '#lib/text/languages.ts'
import { shell } from '#lib/text/shell.ts'
import { has } from '#tests/parity/trials/shell.ts'
import { hostileHosts, hostileWords } from '#tests/unit/playbook/hostile-evidence.ts'

const words = [...hostileHosts, ...hostileWords].map((word) => word.toWellFormed())

type Trial = {
  program: string
  /** Before the file's name. */
  args: readonly string[]
  file: string
  /** A program that prints a list of strings as JSON, or of their code points. */
  write: () => string
}

const list = (string: (text: string) => string): string => words.map(string).join(', ')

const trials: Record<string, Trial> = {
  JavaScript: {
    program: process.execPath,
    args: [],
    file: 'x.mjs',
    write: () => `console.log(JSON.stringify([${list(js.string)}]))`,
  },
  Python: {
    program: 'python3',
    args: [],
    file: 'x.py',
    write: () => `import json\nprint(json.dumps([${list(python.string)}]))`,
  },
  Ruby: {
    program: 'ruby',
    args: [],
    file: 'x.rb',
    write: () => `require 'json'\nputs JSON.generate([${list(ruby.string)}])`,
  },
  Go: {
    program: 'go',
    args: ['run'],
    file: 'x.go',
    write: () => `package main
import ("encoding/json"; "os")
func main() { json.NewEncoder(os.Stdout).Encode([]string{${list(go.string)}}) }`,
  },
  Java: {
    program: 'java',
    args: [],
    file: 'X.java',
    write: () => `class X { public static void main(String[] none) {
  var words = new String[] { ${list(java.string)} };
  System.out.println(java.util.Arrays.stream(words).map(w -> w.codePoints().boxed().toList()).toList());
} }`,
  },
  Elixir: {
    program: 'elixir',
    args: [],
    file: 'x.exs',
    write: () => `IO.inspect(Enum.map([${list(elixir.string)}], &String.to_charlist/1),
  charlists: :as_lists, limit: :infinity, printable_limit: :infinity, width: 1000000)`,
  },
}

const fromPoints = (word: string | number[]): string =>
  typeof word === 'string' ? word : String.fromCodePoint(...word)

function inFolder<T>(act: (folder: string) => T): T {
  const folder = mkdtempSync(path.join(tmpdir(), 'why1006-literals-'))
  try {
    return act(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

export function testLiterals(): void {
  for (const [language, { program, args, file, write }] of Object.entries(trials)) {
    test(`${language} reads a hostile string as it was`, {
      skip: !has(program) && `${program} is not installed`,
    }, () => {
      inFolder((folder) => {
        writeFileSync(path.join(folder, file), write())
        const { status, stdout, stderr } = spawnSync(program, [...args, file], {
          cwd: folder,
          encoding: 'utf8',
        })
        assert.equal(status, 0, stderr)
        assert.deepEqual((JSON.parse(stdout) as (string | number[])[]).map(fromPoints), words)
        assert.deepEqual(readdirSync(folder), [file], 'nothing ran')
      })
    })
  }

  // A shell that does not know $'…' gets another word, and runs nothing either.
  for (const [program, knowsAnsi] of [
    ['bash', true],
    ['zsh', true],
    ['dash', false],
    ['fish', false],
  ] as const) {
    test(`${program} reads a hostile word as it was`, {
      skip: !has(program) && `${program} is not installed`,
    }, () => {
      const given = words.filter((word) => !word.includes('\0'))
      for (const word of given) {
        inFolder((folder) => {
          const command = shell`printf '%s' ${shell.word(word)}`
          const { stdout } = spawnSync(program, ['-c', command], { cwd: folder, encoding: 'utf8' })
          if (knowsAnsi || visible(word) === word) assert.equal(stdout, word, command)
          assert.deepEqual(readdirSync(folder), [], `something ran: ${command}`)
        })
      }
    })
  }
}
