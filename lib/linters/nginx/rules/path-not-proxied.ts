import { defineRule, describePlace } from '#lib/linters/nginx/rule.ts'

export default defineRule({
  id: 'path-not-proxied',
  cause: 'path-not-found',
  route: ({ path, answer, written }) => {
    if (answer.kind !== 'other' || written) return undefined
    return {
      severity: 'error',
      at: answer.by,
      says: `No proxy_pass takes ${path}: in ${describePlace(answer.place)} the request is ${answer.what}, and no 101 comes back.`,
      fix: `location ${path} {\n    proxy_pass http://127.0.0.1:3000;\n    proxy_http_version 1.1;\n    proxy_set_header Upgrade $http_upgrade;\n    proxy_set_header Connection "upgrade";\n    proxy_set_header Host $host;\n    proxy_read_timeout 1h;\n}`,
    }
  },
})
