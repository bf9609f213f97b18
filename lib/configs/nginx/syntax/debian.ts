/** Files that Debian puts beside nginx.conf, for configurations that are read without them. */

/** Those that change what reaches a backend, or what is valid. */
const texts: Readonly<Record<string, string>> = {
  proxy_params: `proxy_set_header Host $http_host;
proxy_set_header X-Real-IP $remote_addr;
proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
proxy_set_header X-Forwarded-Proto $scheme;
`,
  'snippets/snakeoil.conf': `ssl_certificate /etc/ssl/certs/ssl-cert-snakeoil.pem;
ssl_certificate_key /etc/ssl/private/ssl-cert-snakeoil.key;
`,
}

/** The text that a missing file has on Debian, where it matters. */
export const debianText = (name: string): string | undefined => texts[name]

const HARMLESS =
  /^(mime\.types|fastcgi_params|fastcgi\.conf|uwsgi_params|scgi_params|koi-utf|koi-win|win-utf|snippets\/fastcgi-php\.conf|modules-enabled\/.*|\/usr\/share\/nginx\/modules.*|\/etc\/letsencrypt\/options-ssl-nginx\.conf)$/

/** Whether a missing file is known to declare nothing that other directives refer to. */
export const declaresNothing = (name: string): boolean => HARMLESS.test(name.replace(/^\/etc\/nginx\//, ''))

/** Whether a missing file is known, or named like one, to say nothing of how requests are passed on. */
export const passesNothing = (name: string): boolean =>
  declaresNothing(name) || /ssl|tls|letsencrypt|certbot|acme|dhparam/i.test(name)
