/** The journal, reports and facts in the Redis and the Valkey that Debian has, installed where that is allowed. */
import { test } from 'node:test'
import { installPackages } from '#tests/parity/support/packages.ts'
import { redisConforms } from '#tests/server/journal/redis-conformance.ts'
import { type RedisProgram, redisProgram } from '#tests/server/support/redis.ts'

for (const name of ['redis-server', 'valkey-server'] satisfies RedisProgram[]) {
  // What is installed already is tested with the server.
  if (redisProgram(name)) continue
  const problem = await installPackages([name])
  const program = redisProgram(name)
  if (program) redisConforms(name, program)
  else test(name, { skip: `no ${name}: ${problem}` }, () => {})
}
