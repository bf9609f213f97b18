/** The smallest configuration of each proxy that runs in the foreground, in one directory, without privileges. */
export interface Paths {
  directory: string
  port: number
  asRoot: boolean
}

export interface Prepared {
  files: Record<string, string>
  args: string[]
  env?: Record<string, string>
}

/** `server`: the body of the server block. */
export function nginxConfig(
  { directory, port, asRoot }: Paths,
  server: string,
  extra: { http?: string; main?: string; tls?: true },
): Prepared {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  const config = `
daemon off;
worker_processes 1;
${asRoot ? 'user root;' : ''}
pid ${directory}/nginx.pid;
error_log ${directory}/error.log info;
${extra.main ?? ''}
events { worker_connections 64; }
http {
  access_log ${directory}/access.log;
  ${temporary.map((name) => `${name}_temp_path ${directory}/${name};`).join('\n  ')}
  map $http_upgrade $connection_upgrade { default upgrade; '' close; }
  ${extra.http ?? ''}
  server {
    listen 127.0.0.1:${port}${extra.tls ? ' ssl' : ''};
    root ${directory}/www;
    ${server.replaceAll('{directory}', directory)}
  }
}`
  return {
    files: { 'nginx.conf': config },
    args: ['-c', `${directory}/nginx.conf`, '-p', directory, '-e', `${directory}/error.log`],
  }
}

/** `config`: what follows global and defaults; {port} is where to bind. */
export function haproxyConfig({ directory, port }: Paths, config: string): Prepared {
  const text = `
global
  maxconn 64
defaults
  mode http
  timeout connect 1s
  timeout client 20s
  timeout server 20s
${config.replaceAll('{port}', String(port)).replaceAll('{directory}', directory)}
`
  return { files: { 'haproxy.cfg': text }, args: ['-db', '-f', `${directory}/haproxy.cfg`] }
}

/** `virtualHost`: directives of the one site. */
export function apacheConfig(
  { directory, port, asRoot }: Paths,
  virtualHost: string,
  modules: string[],
): Prepared {
  const all = ['mpm_event', 'authz_core', 'proxy', 'proxy_http', ...modules]
  const config = `
ServerName 127.0.0.1
ServerRoot ${directory}
PidFile ${directory}/apache.pid
DefaultRuntimeDir ${directory}
ErrorLog ${directory}/error.log
${asRoot ? 'User nobody\nGroup nogroup' : ''}
${all.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join('\n')}
ServerLimit 1
StartServers 1
ThreadsPerChild 8
MaxRequestWorkers 8
MinSpareThreads 1
MaxSpareThreads 8
Listen 127.0.0.1:${port}
DocumentRoot ${directory}/www
${virtualHost.replaceAll('{directory}', directory)}
`
  return { files: { 'apache.conf': config }, args: ['-DFOREGROUND', '-f', `${directory}/apache.conf`] }
}

/** `site`: the body of the one site block. */
export function caddyConfig({ directory, port }: Paths, site: string): Prepared {
  const config = `{
  admin unix/${directory}/admin.sock
  auto_https off
}
http://:${port} {
  bind 127.0.0.1
  ${site.replaceAll('{directory}', directory)}
}
`
  return {
    files: { Caddyfile: config },
    args: ['run', '--config', `${directory}/Caddyfile`, '--adapter', 'caddyfile'],
    env: { HOME: directory, XDG_DATA_HOME: directory, XDG_CONFIG_HOME: directory },
  }
}
