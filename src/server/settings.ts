import path from 'node:path'
import { type Environment, EnvironmentError } from '@/env'
import { keepSecret, readKeptSecret, secretFiles } from './data-dir/kept-secret'

/** Everything that a start needs to know, with the secrets that the environment left out made and kept. */
export type Settings = Environment & {
  dataDir: string
  callboardSecret: string
  webhookSecrets: readonly string[]
  /** The file that holds the made webhook secret; null when the environment gave it. */
  webhookSecretFile: string | null
}

/**
 * Completes the environment from DATA_DIR, making the secrets that are missing there: the caller holds its lock. With DATABASE_URL there may
 * be replicas, which must agree, so there the secrets are demanded.
 * @throws EnvironmentError
 */
export function completeSettings(environment: Environment): Settings {
  const dataDir = path.resolve(environment.dataDir)
  if (environment.databaseUrl) {
    const { callboardSecret, webhookSecrets } = environment
    if (!callboardSecret) throw missing('CALLBOARD_SECRET', 'openssl rand -hex 32')
    if (!webhookSecrets) throw missing('LLM_WEBHOOK_SECRET', 'openssl rand -hex 32')
    return { ...environment, dataDir, callboardSecret, webhookSecrets, webhookSecretFile: null }
  }
  return {
    ...environment,
    dataDir,
    callboardSecret: environment.callboardSecret ?? keepSecret(dataDir, secretFiles.callboard),
    webhookSecrets: environment.webhookSecrets ?? [keepSecret(dataDir, secretFiles.webhook)],
    webhookSecretFile: environment.webhookSecrets ? null : path.join(dataDir, secretFiles.webhook),
  }
}

/** The secret to sign a test callback with: the environment's first, else the one made at the first start. */
export function findWebhookSecret(environment: Environment): string | null {
  return environment.webhookSecrets?.[0] ?? readKeptSecret(path.resolve(environment.dataDir), secretFiles.webhook)
}

/**
 * The secrets of the Callboard that runs on DATA_DIR, or whose environment this is.
 * @throws EnvironmentError where there is no CALLBOARD_SECRET, without which no kept secret can be opened
 */
export function findSecrets(environment: Environment): { callboardSecret: string; webhookSecrets: readonly string[] } {
  const dataDir = path.resolve(environment.dataDir)
  const callboardSecret = environment.callboardSecret ?? readKeptSecret(dataDir, secretFiles.callboard)
  if (!callboardSecret)
    throw new EnvironmentError('There is no CALLBOARD_SECRET. Start Callboard here first, or set it.')
  const kept = readKeptSecret(dataDir, secretFiles.webhook)
  return { callboardSecret, webhookSecrets: environment.webhookSecrets ?? (kept === null ? [] : [kept]) }
}

function missing(name: string, make: string): EnvironmentError {
  return new EnvironmentError(`${name} must be set when DATABASE_URL is: all replicas share it. Make one with: ${make}`)
}
