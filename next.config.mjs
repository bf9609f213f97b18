/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  // `npm run check` type-checks the whole repository; a first start should not wait for the tests' types.
  typescript: { ignoreBuildErrors: true },
  turbopack: { root: import.meta.dirname },
}
