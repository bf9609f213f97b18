/** What the kernel and the programs that keep a server running print when its process ends. */
import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const oom = 'https://github.com/torvalds/linux/blob/master/mm/oom_kill.c'
const systemd = 'https://github.com/systemd/systemd/blob/main/src/core/service.c'
const supervisor = 'https://github.com/Supervisor/supervisor/blob/main/supervisor/process.py'
const pm2 = 'https://github.com/Unitech/pm2/blob/master/lib/God.js'
const compose = 'https://github.com/docker/compose/blob/main/cmd/formatter/logs.go'
const node = 'https://github.com/nodejs/node/blob/main/src/node_errors.cc'

const KILLED = 'A process was killed, and all its connections ended with it.'
const OUT_OF_MEMORY =
  'Give the machine or the service more memory, or find what leaks. Often messages wait for slow clients, or closed connections stay in a list. The kernel kills with SIGKILL, at which no code can close connections.'
const ENDED = 'A process ended, and all its connections with it.'

export default defineProgram({
  id: 'process-ends',
  name: 'The system (kernel, systemd, supervisord, pm2, Docker)',
  side: 'server',
  phrases: [
    ...phrasesOf(oom, [
      {
        id: 'out-of-memory',
        needle: 'Killed process ',
        pattern: /\b[Oo]ut of memory: Killed process \d{1,9} \([^)\n]{1,60}\)/,
        said: { means: 'process-ended', unsure: true },
        example: 'kernel: Out of memory: Killed process 4312 (node) total-vm:1234567kB, anon-rss:998877kB',
        explains: 'The kernel was out of memory and killed this process, with all its connections.',
        fix: OUT_OF_MEMORY,
      },
    ]),
    ...phrasesOf(systemd, [
      {
        id: 'killed',
        needle: 'Main process exited, code=',
        pattern: /\bMain process exited, code=(?:killed|dumped), status=\d{1,3}\/(?!TERM\b)\w{2,9}/,
        said: { means: 'process-ended', unsure: true },
        example: 'systemd[1]: app.service: Main process exited, code=killed, status=9/KILL',
        explains: KILLED,
      },
      {
        id: 'stopped',
        needle: 'Main process exited, code=killed, status=15/TERM',
        pattern: /\bMain process exited, code=killed, status=15\/TERM\b/,
        said: { means: 'shutting-down', unsure: true },
        example: 'systemd[1]: app.service: Main process exited, code=killed, status=15/TERM',
        explains: 'The service was stopped, and its connections ended with it.',
      },
      {
        id: 'stopping-unit',
        needle: '.service',
        pattern: /(?:^|\bsystemd\[\d{1,7}\]: )Stopp(?:ing|ed) \S{1,120}\.service\b/,
        said: { means: 'shutting-down', unsure: true },
        example: 'systemd[1]: Stopping app.service - The application...',
        explains: 'The service was stopped, and its connections ended with it.',
      },
      {
        id: 'failed',
        needle: 'Main process exited, code=exited, status=',
        pattern: /\bMain process exited, code=exited, status=(?!0\/)\d{1,3}\//,
        said: { means: 'process-ended', unsure: true },
        example: 'systemd[1]: app.service: Main process exited, code=exited, status=1/FAILURE',
        explains: ENDED,
      },
      {
        id: 'oom-killer',
        needle: 'killed by the OOM killer',
        pattern: /\bprocess of this unit has been killed by the OOM killer\b/,
        said: { means: 'process-ended', unsure: true },
        example: 'systemd[1]: app.service: A process of this unit has been killed by the OOM killer.',
        explains:
          'The kernel was out of memory and killed a process of this service, with all its connections.',
        fix: OUT_OF_MEMORY,
      },
      {
        id: 'out-of-memory-result',
        needle: "Failed with result 'oom-kill'",
        pattern: /\.service: Failed with result 'oom-kill'/,
        said: { means: 'process-ended', unsure: true },
        example: "systemd[1]: app.service: Failed with result 'oom-kill'.",
        explains:
          'The kernel was out of memory and killed a process of this service, with all its connections.',
        fix: OUT_OF_MEMORY,
      },
      {
        id: 'result',
        needle: "Failed with result '",
        pattern: /\.service: Failed with result '(?!oom-kill)[a-z-]{4,30}'/,
        said: { means: 'process-ended', unsure: true },
        example: "systemd[1]: app.service: Failed with result 'exit-code'.",
        explains: ENDED,
      },
      {
        id: 'restarts',
        needle: ['Scheduled restart job, restart counter is at', 'Start request repeated too quickly'],
        pattern:
          /\.service: (?:Scheduled restart job, restart counter is at \d{1,9}|Start request repeated too quickly)\b/,
        said: { means: 'process-ended', unsure: true },
        example: 'systemd[1]: app.service: Scheduled restart job, restart counter is at 4.',
        explains: 'The process had ended, with all its connections, and systemd starts it again.',
      },
      {
        id: 'watchdog',
        needle: 'Watchdog timeout (limit ',
        pattern: /\.service: Watchdog timeout \(limit [\w .]{1,30}\)/,
        said: { means: 'process-ended', unsure: true },
        example: 'systemd[1]: app.service: Watchdog timeout (limit 30s)!',
        explains:
          'The process did not report in time, as happens when its event loop is blocked. systemd ended it, and its connections with it.',
      },
      {
        id: 'stop-timed-out',
        needle: 'timed out. Killing.',
        pattern: /\.service: State '(?:final|stop)[a-z-]{0,20}' timed out\. Killing\./,
        said: { means: 'shutting-down', unsure: true },
        example: "systemd[1]: app.service: State 'stop-sigterm' timed out. Killing.",
        explains:
          'The service was stopped, did not end in TimeoutStopSec, and was killed. Its connections ended without a Close frame.',
      },
    ]),
    ...phrasesOf(supervisor, [
      {
        id: 'supervisor-exited',
        needle: '; not expected)',
        pattern:
          /\bexited: \S{1,100} \((?:exit status \d{1,3}|terminated by SIG[A-Z]{2,9}(?: \(core dumped\))?); not expected\)/,
        said: { means: 'process-ended', unsure: true },
        example: 'WARN exited: app (terminated by SIGKILL; not expected)',
        explains: ENDED,
      },
    ]),
    ...phrasesOf(pm2, [
      {
        id: 'pm2-exited',
        needle: 'exited with code [',
        pattern: /\bApp \[[^\]\n]{1,100}\] exited with code \[[1-9]\d{0,2}\] via signal \[SIG[A-Z]{2,9}\]/,
        said: { means: 'process-ended', unsure: true },
        example: 'App [app:0] exited with code [1] via signal [SIGINT]',
        explains: ENDED,
      },
    ]),
    ...phrasesOf(pm2, [
      {
        id: 'pm2-stopping',
        needle: ['Stopping app:', 'exited with code [0] via signal ['],
        pattern:
          /\bStopping app:\S{1,100} id:\d|\bApp \[[^\]\n]{1,100}\] exited with code \[0\] via signal \[SIG[A-Z]{2,9}\]/,
        said: { means: 'shutting-down', unsure: true },
        example: 'PM2 | Stopping app:app id:0',
        explains: 'pm2 stopped or reloaded the program, and its connections ended with it.',
      },
    ]),
    ...phrasesOf(compose, [
      {
        id: 'compose-exited',
        needle: ' exited with code ',
        pattern: /^[\w.-]{1,80}[-_]\d{1,4} exited with code (?:1(?!(?:37|43)\b)\d{0,2}|[2-9]\d{0,2})\b/,
        said: { means: 'process-ended', unsure: true },
        example: 'app-1 exited with code 1',
        explains: ENDED,
      },
      {
        id: 'compose-killed',
        needle: ' exited with code 137',
        pattern: /^[\w.-]{1,80}[-_]\d{1,4} exited with code 137\b/,
        said: { means: 'process-ended', unsure: true },
        example: 'app-1 exited with code 137',
        explains: KILLED,
        fix: 'Code 137 is SIGKILL, at which no code can close connections. Ask docker inspect for State.OOMKilled: true is the memory limit, so raise it or find what leaks. Otherwise the process did not exit within the 10 s of docker stop: close connections and exit at SIGTERM.',
      },
    ]),
    ...phrasesOf(node, [
      {
        id: 'heap',
        needle: 'JavaScript heap out of memory',
        pattern: /\bFATAL ERROR: [^\n]{1,200}\bJavaScript heap out of memory\b/,
        said: { means: 'process-ended', unsure: true },
        example: 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
        explains: 'Node’s heap was full and its process aborted, with all its connections.',
        fix: 'Find what leaks: take heap snapshots (node --inspect) and compare them. Messages that wait for slow clients (bufferedAmount) and connections that stay in a list after they closed are the usual ones. Or raise the limit with --max-old-space-size.',
      },
    ]),
  ],
})
