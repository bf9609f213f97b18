/** Directives of modules that are built or loaded beside nginx's own: their names are known, their values not judged. */

const names = new Set(
  `stream mail rtmp js_import js_path js_set js_var js_content js_header_filter js_body_filter js_access js_periodic
  js_preload_object js_shared_dict_zone js_fetch_timeout js_fetch_trusted_certificate perl perl_modules perl_require
  perl_set geoip_country geoip_city geoip_org geoip_proxy geoip_proxy_recursive geoip2 geoip2_proxy
  geoip2_proxy_recursive image_filter image_filter_buffer image_filter_interlace image_filter_jpeg_quality
  image_filter_sharpen image_filter_transparency image_filter_webp_quality xml_entities xslt_last_modified xslt_param
  xslt_string_param xslt_stylesheet xslt_types google_perftools_profiles more_set_headers more_clear_headers
  more_set_input_headers more_clear_input_headers brotli brotli_static brotli_types brotli_comp_level brotli_buffers
  brotli_window brotli_min_length zstd zstd_static zstd_types zstd_comp_level zstd_min_length modsecurity
  modsecurity_rules modsecurity_rules_file modsecurity_rules_remote modsecurity_transaction_id fancyindex nchan_publisher
  nchan_subscriber nchan_pubsub push_stream_publisher push_stream_subscriber sysguard check jwt_claim_set ajp_pass
  auth_jwt auth_pam auth_pam_service_name auth_ldap auth_gss status_zone api health_check match queue ntlm least_time
  state keyval keyval_zone session_log session_log_zone f4f hls zone_sync proxy_cache_purge fastcgi_cache_purge
  cache_purge slowfs_cache dav_ext_methods dav_ext_lock_zone dav_ext_lock upload_pass upload_store upload_progress
  track_uploads subs_filter subs_filter_types replace_filter srcache_fetch srcache_store redis_pass redis2_pass drizzle_pass
  postgres_pass encrypted_session_key set_escape_uri set_unescape_uri set_misc_base32_padding array_split array_join
  opentelemetry opentracing rds_json vhost_traffic_status_zone stream_server_traffic_status_zone`.split(
    /\s+/,
  ),
)
const PREFIXES =
  /^(lua_|echo_|passenger_|otel_|opentelemetry_|opentracing_|vhost_traffic_status_|nchan_|push_stream_|fancyindex_|pagespeed$|pagespeed_|auth_jwt_|auth_ldap_|oidc_|datadog_|naxsi_|security_|dav_ext_|upload_|ssl_ct|acme_|app_protect_|mgmt$|set_by_|set_|js_)/
const LUA = /_by_lua(_block|_file)?$/

/** Whether a module outside nginx's own sources, or one of nginx's loadable ones, has a directive of this name. */
export const isForeign = (name: string): boolean =>
  names.has(name) || LUA.test(name) || PREFIXES.test(name) || name === 'echo'
