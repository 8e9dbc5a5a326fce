/** An app of one route, which is measured and nothing else. By webpack: Turbopack takes the middleware of the whole project. */
export default {
  experimental: { externalDir: true },
  typescript: { ignoreBuildErrors: true },
}
