/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  // No page has an image to shrink, and whoever asks may have any URL decoded, fetched and worked on.
  images: { unoptimized: true },
  // `npm run check` type-checks the whole repository; a first start should not wait for the tests' types.
  typescript: { ignoreBuildErrors: true },
  turbopack: { root: import.meta.dirname },
}
