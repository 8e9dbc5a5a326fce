/** Imports point down: app, components, server, cli → lib → db; env and the presets' data are below all of them. */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      comment: 'A cycle has no bottom to start reading from. Types may look back.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'db-is-the-bottom',
      severity: 'error',
      from: { path: '^src/db/' },
      to: { path: '^src/(?!db/|env\\.ts)' },
    },
    {
      name: 'lib-knows-no-caller',
      severity: 'error',
      from: { path: '^src/lib/' },
      to: { path: '^src/(app|components|server|cli)/' },
    },
    {
      name: 'signatures-are-pure',
      severity: 'error',
      comment: 'No I/O, no clock, no environment: bytes in, verdict out.',
      from: { path: '^src/lib/(signatures|json)/' },
      to: { path: '^src/(?!lib/(signatures|json)/)|^(fs|http|https|net|pg|drizzle-orm)' },
    },
    {
      name: 'components-are-for-the-browser',
      severity: 'error',
      comment: 'Pages fetch, components show: nothing that opens a database may end up in a bundle.',
      from: { path: '^src/components/' },
      to: { path: '^src/(db|server|cli|env\\.ts)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'app-stands-beside-server',
      severity: 'error',
      comment: 'The Next app also runs without the front door.',
      from: { path: '^src/(app|components)/' },
      to: { path: '^src/(server|cli)/' },
    },
    {
      name: 'server-knows-no-page',
      severity: 'error',
      from: { path: '^src/(server|cli)/' },
      to: { path: '^src/(app|components)/' },
    },
    {
      name: 'product-knows-no-test',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(tests|bench|torture|fuzz)/' },
    },
    {
      name: 'only-what-package-json-lists',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
