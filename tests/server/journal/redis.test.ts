import { test } from 'node:test'
import { redisConforms } from '#tests/server/journal/redis-conformance.ts'
import { type RedisProgram, redisProgram } from '#tests/server/support/redis.ts'

for (const name of ['redis-server', 'valkey-server'] satisfies RedisProgram[]) {
  const program = redisProgram(name)
  if (program) redisConforms(name, program)
  else test(name, { skip: `${name} is not installed; as root: apt-get install ${name}` }, () => {})
}
