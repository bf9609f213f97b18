/** The thread that reads and judges: `jobs.ts`, and nothing of the server's. */
import { jobs } from '#server/reports/jobs.ts'
import { serveJobs } from '#server/reports/serve-jobs.ts'

serveJobs(jobs)
