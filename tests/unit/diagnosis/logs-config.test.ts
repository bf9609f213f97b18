/** Logs with the configuration that wrote them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgeLogs } from '#lib/diagnosis/judge-logs.ts'
import { parsersOfConfig } from '#lib/logs/log-format.ts'
import { createLogReader } from '#lib/logs/summary.ts'

const config = (
  seconds: number,
) => `log_format timed '$remote_addr [$time_local] "$request" $status rt=$request_time';
server {
    listen 80;
    location /ws {
        proxy_pass http://127.0.0.1:3000;
        proxy_http_version 1.1;
        proxy_set_header Upgrade $http_upgrade;
        proxy_set_header Connection "upgrade";
        proxy_read_timeout ${seconds}s;
    }
}`

function judged(text: string) {
  const reader = createLogReader({ custom: parsersOfConfig(text) })
  for (let at = 10; at < 40; at += 1)
    reader.read(`10.0.0.${at} [12/Mar/2025:10:00:${at} +0000] "GET /ws HTTP/1.1" 101 rt=45.0${at}`)
  return judgeLogs(reader.summary(), text).report
}

test('a timer of the configuration that fits the age of the connections is named', () => {
  const fits = judged(config(45))
  assert.equal(fits.verdicts[0]?.cause, 'idle-timeout')
  assert.match(JSON.stringify(fits.verdicts[0]), /proxy_read_timeout/)
  assert.match(JSON.stringify(fits.verdicts[0]?.fix), /proxy_read_timeout 1h;/)
})

test('one that does not fit is no proof', () => {
  assert.notEqual(judged(config(3600)).verdicts[0]?.certainty, 'proven')
})
