/** What came after nginx 1.22.1, and the version with which it came (nginx.org/en/CHANGES). */
import type { Signature } from '#lib/configs/nginx/directives/signature.ts'

export const signaturesSince: Readonly<Record<string, readonly Signature[]>> = {
  '1.25.0': [
    ['http server', '1', 'flag', 'http3 http3_hq quic_gso quic_retry'],
    ['http server', '1', 'number', 'http3_max_concurrent_streams quic_active_connection_id_limit'],
    ['http server', '1', 'size', 'http3_stream_buffer_size'],
    ['http server', '1', 'any', 'quic_host_key'],
    ['main', '1', 'flag', 'quic_bpf'],
  ],
  '1.25.1': [['http server', '1', 'flag', 'http2']],
  '1.27.2': [['http server location', '1', 'flag', 'proxy_pass_trailers']],
  '1.27.3': [
    ['upstream', '1+', 'any', 'resolver'],
    ['upstream', '1', 'msec', 'resolver_timeout'],
  ],
  '1.27.4': [
    ['http server location', '1', 'msec', 'keepalive_min_timeout'],
    ['http server', '123', 'any', 'ssl_certificate_cache'],
    [
      'http server location',
      '123',
      'any',
      'proxy_ssl_certificate_cache grpc_ssl_certificate_cache uwsgi_ssl_certificate_cache',
    ],
    ['main', '1', 'flag', 'ssl_object_cache_inheritable'],
  ],
  '1.29.0': [['http server location', '1+', 'any', 'early_hints']],
  '1.29.1': [['http server', '1', 'flag', 'ssl_certificate_compression']],
  '1.29.3': [['http server location', '1', 'any', 'add_header_inherit add_trailer_inherit']],
  '1.29.4': [['http server', '1', 'any', 'ssl_ech_file']],
  '1.29.6': [['upstream', '1+', 'any', 'sticky']],
}

/** nginx speaks HTTP/2 to upstreams of `proxy_pass` from here on. */
export const PROXY_HTTP2_SINCE = '1.29.4'
/** From here on `proxy_http_version` is 1.1, and upstream connections are kept, where nothing else is said. */
export const HTTP11_DEFAULT_SINCE = '1.29.7'
