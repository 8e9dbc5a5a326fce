import { readFileSync } from 'node:fs'
import path from 'node:path'

const folder = path.resolve(import.meta.dirname, '../../../.next')
const read = (file: string) => JSON.parse(readFileSync(path.join(folder, file), 'utf8'))

/** Every route that the build has, as Next writes it: `/callbacks/[id]`. */
export function builtRoutes(): string[] {
  const routes: Record<string, string> = read('app-path-routes-manifest.json')
  return [...new Set(Object.values(routes))].sort()
}

export type BuiltAction = { id: string; name: string; page: string }

/** Every server action that the build has, with a route that it can be called through. */
export function builtActions(): BuiltAction[] {
  const { node } = read('server/server-reference-manifest.json') as {
    node: Record<string, { exportedName: string; workers: Record<string, unknown> }>
  }
  const routes: Record<string, string> = read('app-path-routes-manifest.json')
  return Object.entries(node).map(([id, { exportedName, workers }]) => {
    const [worker = ''] = Object.keys(workers)
    return { id, name: exportedName, page: routes[worker.replace(/^app/, '')] ?? worker }
  })
}

export const buildId = () => readFileSync(path.join(folder, 'BUILD_ID'), 'utf8').trim()
