/** Every line parser, in the order they are tried: the cheapest refusals and the strictest shapes first. */
import { parseAccess } from '#lib/logs/formats/access.ts'
import { parseApacheError } from '#lib/logs/formats/apache-error.ts'
import { parseAsgi } from '#lib/logs/formats/asgi.ts'
import { parseAwsAlb } from '#lib/logs/formats/aws-alb.ts'
import { parseAwsNlb } from '#lib/logs/formats/aws-nlb.ts'
import { parseCaddyConsole } from '#lib/logs/formats/caddy.ts'
import { parseDjango } from '#lib/logs/formats/django.ts'
import { parseEnvoy } from '#lib/logs/formats/envoy.ts'
import { parseFly } from '#lib/logs/formats/fly.ts'
import { parseFramework } from '#lib/logs/formats/framework.ts'
import { parseHaproxy } from '#lib/logs/formats/haproxy.ts'
import { parseHeroku } from '#lib/logs/formats/heroku.ts'
import { parseIis } from '#lib/logs/formats/iis.ts'
import { parseIngressNginx } from '#lib/logs/formats/ingress-nginx.ts'
import { parseJson } from '#lib/logs/formats/json.ts'
import { parseNginxError } from '#lib/logs/formats/nginx-error.ts'
import { parseNginxForms } from '#lib/logs/formats/nginx-forms.ts'
import { parseOwnText } from '#lib/logs/formats/own-text.ts'
import { parsePhoenix } from '#lib/logs/formats/phoenix.ts'
import { parseRails } from '#lib/logs/formats/rails.ts'
import { parseSquid } from '#lib/logs/formats/squid.ts'
import type { LineParser } from '#lib/logs/record.ts'

export const parsers: readonly LineParser[] = [
  parseJson,
  parseNginxError,
  parseCaddyConsole,
  parseIngressNginx,
  parseApacheError,
  parseHaproxy,
  parseAsgi,
  parseEnvoy,
  parseDjango,
  parseAwsAlb,
  parseAwsNlb,
  parseIis,
  parseSquid,
  parseHeroku,
  parseFly,
  parseRails,
  parsePhoenix,
  parseNginxForms,
  parseFramework,
  parseAccess,
  parseOwnText,
]
