/** How everything that runs on Node is compiled: the server, the command line, and the project's own tools. */
export const esbuildOptions = {
  bundle: true,
  splitting: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  sourcemap: true,
  logLevel: 'warning',
}
