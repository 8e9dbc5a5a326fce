import { readFileSync } from 'node:fs'
import path from 'node:path'
import { type BuildOptions, build, type Plugin } from 'esbuild'
import { projectRoot } from '@/server/project-root'
import { esbuildOptions } from '../scripts/esbuild-options.mjs'
import type { Fault, Patch } from './faults'

/**
 * Compiles the command line, with the fault's patches in its sources.
 * @returns the file to run, beside the product's own, from where it finds the migrations.
 */
export async function buildProduct(fault: Fault | null): Promise<string> {
  const root = projectRoot()
  const outdir = path.join(root, 'dist', 'planted', fault?.name ?? 'product')
  await build({
    ...(esbuildOptions as BuildOptions),
    absWorkingDir: root,
    entryPoints: { cli: 'src/cli/bin.ts' },
    outdir,
    // A planted fault may well be worth a warning.
    logLevel: fault ? 'error' : 'warning',
    plugins: [plant(root, fault?.patches ?? [])],
  })
  return path.join(outdir, 'cli.js')
}

function plant(root: string, patches: readonly Patch[]): Plugin {
  const files = [...new Set(patches.map((patch) => path.join(root, patch.file)))]
  return {
    name: 'plant-faults',
    setup(builder) {
      const planted = new Set<string>()
      builder.onLoad({ filter: /\.ts$/ }, ({ path: file }) => {
        if (!files.includes(file)) return undefined
        const wanted = patches.filter((patch) => path.join(root, patch.file) === file)
        planted.add(file)
        return { contents: wanted.reduce(applyPatch, readFileSync(file, 'utf8')), loader: 'ts' }
      })
      builder.onEnd(() => {
        const missing = files.find((file) => !planted.has(file))
        if (missing) throw new Error(`${missing} is not part of the product, so the fault in it was not planted`)
      })
    },
  }
}

function applyPatch(source: string, { file, find, replace }: Patch): string {
  if (source.split(find).length !== 2) throw new Error(`${file} does not hold this exactly once: ${find}`)
  return source.replace(find, () => replace)
}
