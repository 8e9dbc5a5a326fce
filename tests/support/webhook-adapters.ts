import type { Database } from '@/db/client'
import { startFrontDoor } from './front-door'
import { jobUrl, otherWebhookSecret, webhookSecret } from './webhook-bodies'
import type { WebhookRequest, WebhookServer } from './webhook-server'

export type WebhookAdapter = { name: string; start(databaseUrl: string): Promise<WebhookServer> }

/** The two ways in. What is promised of one is promised of the other. */
export const webhookAdapters: readonly WebhookAdapter[] = [
  { name: 'front door', start: startFrontDoor },
  { name: 'Next routes', start: startNextRoutes },
]

type Method = 'DELETE' | 'GET' | 'HEAD' | 'OPTIONS' | 'PATCH' | 'POST' | 'PUT'
type Memo = { callboardReceiver?: unknown; callboardRuntime?: unknown; callboardDatabase?: Database }

/** The route handlers of the Next app, called as Next calls them: a web Request in, a Response out. */
async function startNextRoutes(databaseUrl: string): Promise<WebhookServer> {
  Object.assign(process.env, {
    DATABASE_URL: databaseUrl,
    LLM_WEBHOOK_SECRET: JSON.stringify([webhookSecret, otherWebhookSecret]),
    CALLBOARD_SECRET: 'a secret of Callboard’s own, for tests',
    LOG_LEVEL: 'silent',
  })
  const builtIn = await import('@/app/api/webhooks/llm-callback/route')
  const bySource = await import('@/app/api/webhooks/[source]/route')

  return {
    async send(input) {
      const { pathname } = new URL(input.path ?? jobUrl, 'http://localhost')
      const slug = pathname.split('/')[3] ?? ''
      const method = (input.method ?? 'POST') as Method
      const request = webRequest(input, method)
      const response =
        slug === 'llm-callback'
          ? await builtIn[method](request)
          : await bySource[method](request, { params: Promise.resolve({ source: decodeURIComponent(slug) }) })
      return {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        text: await response.text(),
      }
    },
    async stop() {
      const memo = globalThis as Memo
      await memo.callboardDatabase?.$client.end()
      memo.callboardReceiver = memo.callboardRuntime = memo.callboardDatabase = undefined
    },
  }
}

function webRequest(input: WebhookRequest, method: Method): Request {
  const headers = new Headers()
  for (const [name, values] of Object.entries(input.headers ?? {})) {
    for (const value of [values].flat()) headers.append(name, value)
  }
  if (input.body === 'announced but not sent') headers.set('content-length', '100')
  else if (input.body) headers.set('content-length', String(input.body.length))
  const body = input.body === 'announced but not sent' ? new ReadableStream() : input.body
  return new Request(`http://localhost:3000${input.path ?? jobUrl}`, {
    method,
    headers,
    body,
    duplex: 'half',
  } as RequestInit)
}
