import { z } from 'zod'

const secretBytesMin = 16
const secretBytesMax = 1024
const secretsMax = 8

/** Splits LLM_WEBHOOK_SECRET: one secret, several with commas, or a JSON array of strings; each is trimmed. */
function parseWebhookSecrets(text: string, context: z.RefinementCtx): string[] {
  let secrets = text.split(',')
  if (text.trim().startsWith('[')) {
    const array = z.array(z.string()).safeParse(parseJson(text))
    if (!array.success) {
      context.addIssue({ code: 'custom', message: 'begins with "[" but is not a JSON array of strings' })
      return z.NEVER
    }
    secrets = array.data
  }
  secrets = secrets.map((secret) => secret.trim())
  if (secrets.length > secretsMax) {
    context.addIssue({ code: 'custom', message: `holds ${secrets.length} secrets; at most ${secretsMax} may be live` })
  }
  for (const secret of secrets) {
    const bytes = Buffer.byteLength(secret)
    if (bytes < secretBytesMin || bytes > secretBytesMax) {
      const message = `has a secret of ${bytes} bytes; each must have ${secretBytesMin} to ${secretBytesMax} (32 or more is advised)`
      context.addIssue({ code: 'custom', message })
    }
  }
  return [...new Set(secrets)]
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** An unset variable and one set to nothing mean the same, as in a .env file with `NAME=`. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (typeof value === 'string' && value.trim() === '' ? undefined : value), schema.optional())

const postgresUrl = z
  .string()
  .refine((url) => /^postgres(ql)?:\/\//.test(url) && URL.canParse(url), 'must be a URL that begins with postgres://')

/** Not `true` or `1`: whoever sets it has read what it costs. */
const asynchronousCommitWord = 'i-accept-losing-acknowledged-callbacks'

const environmentSchema = z.object({
  HOST: optional(z.string().trim()),
  PORT: optional(z.coerce.number().int().min(0).max(65_535)),
  PUBLIC_URL: optional(z.url({ protocol: /^https?$/ }).transform((url) => new URL(url).origin)),
  DATA_DIR: optional(z.string()),
  DATABASE_URL: optional(postgresUrl),
  DATABASE_DIRECT_URL: optional(postgresUrl),
  UNSAFE_ASYNCHRONOUS_COMMIT: optional(
    z.literal(asynchronousCommitWord, `takes one value only: ${asynchronousCommitWord}`),
  ),
  CALLBOARD_SECRET: optional(
    z
      .string()
      .trim()
      .refine((secret) => Buffer.byteLength(secret) >= 32, 'must have at least 32 bytes'),
  ),
  // Not optional(): a secret that is set to nothing is a mistake to be told about, not a wish for a made one.
  LLM_WEBHOOK_SECRET: z.string().transform(parseWebhookSecrets).optional(),
  ADMIN_EMAIL: optional(z.email()),
  ADMIN_PASSWORD: optional(z.string().min(12, 'must have at least 12 characters').max(128)),
  TRUSTED_PROXIES: optional(
    z.string().transform((list) =>
      list
        .split(',')
        .map((entry) => entry.trim())
        .filter(Boolean),
    ),
  ),
  MAX_BODY_BYTES: optional(z.coerce.number().int().min(1024).max(33_554_432)),
  LOG_LEVEL: optional(z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])),
  /** Set by the supervisor for its console process; not for people. */
  CALLBOARD_PROXY_TOKEN: optional(z.string()),
  CALLBOARD_LOG_FD: optional(z.coerce.number().int().min(3)),
})

export type Environment = Readonly<{
  host: string
  port: number
  /** Origin under which browsers reach Callboard; null when only PORT decides it. */
  publicUrl: string | null
  dataDir: string
  databaseUrl: string | null
  databaseDirectUrl: string | null
  /** Whether a start is wanted although PostgreSQL does not wait for the disk at a commit. */
  acceptsAsynchronousCommit: boolean
  callboardSecret: string | null
  webhookSecrets: readonly string[] | null
  adminEmail: string | null
  adminPassword: string | null
  trustedProxies: readonly string[]
  bodyBytesMax: number
  logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent'
  proxyToken: string | null
  /** File descriptor for log lines; null for stdout, where Next prints too. */
  logFd: number | null
}>

/** The environment can't be used as it is; the message names each variable and what is wrong, never its value. */
export class EnvironmentError extends Error {
  override name = 'EnvironmentError'
}

/**
 * Reads and checks every variable that Callboard knows (see .env.example).
 * @throws EnvironmentError with one line for each wrong variable.
 */
export function readEnvironment(variables: Record<string, string | undefined> = process.env): Environment {
  const parsed = environmentSchema.safeParse(variables)
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`)
    throw new EnvironmentError(lines.join('\n'))
  }
  const values = parsed.data
  // The password alone is fine: `callboard admin create` takes it, with the address as an option.
  if (values.ADMIN_EMAIL !== undefined && values.ADMIN_PASSWORD === undefined) {
    throw new EnvironmentError('ADMIN_EMAIL is set, and ADMIN_PASSWORD is missing')
  }
  return {
    host: values.HOST ?? '127.0.0.1',
    port: values.PORT ?? 3000,
    publicUrl: values.PUBLIC_URL ?? null,
    dataDir: values.DATA_DIR ?? '.callboard',
    databaseUrl: values.DATABASE_URL ?? null,
    databaseDirectUrl: values.DATABASE_DIRECT_URL ?? null,
    acceptsAsynchronousCommit: values.UNSAFE_ASYNCHRONOUS_COMMIT !== undefined,
    callboardSecret: values.CALLBOARD_SECRET ?? null,
    webhookSecrets: values.LLM_WEBHOOK_SECRET ?? null,
    adminEmail: values.ADMIN_EMAIL ?? null,
    adminPassword: values.ADMIN_PASSWORD ?? null,
    trustedProxies: values.TRUSTED_PROXIES ?? [],
    bodyBytesMax: values.MAX_BODY_BYTES ?? 1_048_576,
    logLevel: values.LOG_LEVEL ?? 'info',
    proxyToken: values.CALLBOARD_PROXY_TOKEN ?? null,
    logFd: values.CALLBOARD_LOG_FD ?? null,
  }
}

/** The variables for a child process of ours: what this process got, with some of them set. */
export function childVariables(overrides: Record<string, string>): NodeJS.ProcessEnv {
  return { ...process.env, ...overrides }
}
