import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')

/** The first versions without the holes that are known; a registry's own audit may know of none. */
const versionMin = {
  // CVE-2026-126187, CVE-2026-94482
  next: [16, 4, 1],
  'drizzle-orm': [0, 45, 2],
  'better-auth': [1, 7, 24],
} as const

type Lockfile = {
  packages: Record<string, { version?: string; resolved?: string; integrity?: string; link?: boolean }>
}

const read = (file: string) => JSON.parse(readFileSync(path.join(root, file), 'utf8'))

/** Every copy of a package, also one that a dependency brings along for itself. */
function copiesOf(lockfile: Lockfile, name: string) {
  return Object.entries(lockfile.packages).filter(([folder]) => folder.endsWith(`node_modules/${name}`))
}

/** Whether a release is one of the wanted ones; a pre-release of the first of them is not. */
function isAtLeast(version: string, min: readonly number[]): boolean {
  const parts = /^(\d+)\.(\d+)\.(\d+)(?:\+.*)?$/.exec(version)?.slice(1).map(Number)
  if (!parts) return false
  const differs = parts.findIndex((part, i) => part !== min[i])
  return differs === -1 || (parts[differs] ?? 0) > (min[differs] ?? 0)
}

test.each([
  ['16.4.1', true],
  ['16.4.0', false],
  ['16.10.0', true],
  ['15.9.9', false],
  ['17.0.0', true],
  ['16.4.1-canary.3', false],
  ['latest', false],
])('%s is at least 16.4.1: %s', (version, expected) => expect(isAtLeast(version, [16, 4, 1])).toBe(expected))

describe.each(['package-lock.json', 'tests/browser/package-lock.json'])('%s', (file) => {
  const lockfile: Lockfile = read(file)
  const isProduct = file === 'package-lock.json'

  test.each(Object.entries(versionMin))('case 78: holds no copy of %s below %j', (name, min) => {
    const copies = copiesOf(lockfile, name)
    if (isProduct) expect(copies.length).toBeGreaterThan(0)
    for (const [folder, { version = '' }] of copies) expect([folder, isAtLeast(version, min)]).toEqual([folder, true])
  })

  test('case 78: says of each package what exactly is installed, by its hash', () => {
    const installed = Object.entries(lockfile.packages).filter(([folder, { link }]) => folder !== '' && !link)
    expect(installed.length).toBeGreaterThan(10)
    for (const [folder, { integrity = '' }] of installed) {
      expect([folder, /^sha512-/.test(integrity)]).toEqual([folder, true])
    }
  })
})

test.each(Object.entries(versionMin))('case 78: what is installed of %s is at least %j', (name, min) => {
  expect(isAtLeast(read(`node_modules/${name}/package.json`).version, min)).toBe(true)
})

test('case 78: package.json names exact versions, so that an install without the lockfile gets no older one', () => {
  const { dependencies, devDependencies } = read('package.json')
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
    expect([name, /^\d+\.\d+\.\d+(-[\w.]+)?$/.test(String(version))]).toEqual([name, true])
  }
})
