import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { Writable } from 'node:stream'
import { pino } from 'pino'
import { trustedPeers } from '@/lib/http/client-address'
import { createReceiver, openIngestDatabase } from '@/lib/llm-callbacks/receive/create-receiver'
import type { ReceiveContext } from '@/lib/llm-callbacks/receive/receive-callback'
import { createFrontDoor } from '@/server/front-door'
import type { ConnectionLimits } from '@/server/limit-connections'
import { listen } from '@/server/listen'
import { jobUrl, otherWebhookSecret, webhookSecret } from './webhook-bodies'
import type { WebhookAnswer, WebhookRequest, WebhookServer } from './webhook-server'

export type FrontDoor = WebhookServer & { port: number; logLines: string[]; close(): Promise<void> }

type Options = {
  webhookSecrets?: readonly string[]
  trustedProxies?: readonly string[]
  connectionLimits?: ConnectionLimits
  /** Puts something of the test's own between the server and what it receives with. */
  change?: (context: ReceiveContext) => ReceiveContext
}

/** The front door as `callboard start --no-console` has it, on a port of its own. */
export async function startFrontDoor(databaseUrl: string, options: Options = {}): Promise<FrontDoor> {
  const logLines: string[] = []
  const sink = new Writable({
    write(chunk, _encoding, done) {
      logLines.push(String(chunk))
      done()
    },
  })
  const log = pino(sink)
  const db = openIngestDatabase(databaseUrl, log)
  const settings = {
    webhookSecrets: options.webhookSecrets ?? [webhookSecret, otherWebhookSecret],
    callboardSecret: 'a secret of Callboard’s own, for tests',
    bodyBytesMax: 1_048_576,
    publicUrl: () => 'http://localhost:3000',
  }
  const context = await createReceiver(db, settings, log)
  const { server, close } = createFrontDoor({
    context: options.change?.(context) ?? context,
    isTrustedPeer: trustedPeers(options.trustedProxies ?? []),
    proxy: null,
    withUpgrades: false,
    isReady: async () => true,
    connectionLimits: options.connectionLimits,
  })
  const port = await listen(server, { host: '127.0.0.1', port: 0 })
  return {
    port,
    logLines,
    send: (request) => sendOverHttp(port, request),
    close,
    async stop() {
      await close()
      await context.close()
      await context.recorder.drain()
      await db.$client.end()
    },
  }
}

function sendOverHttp(port: number, input: WebhookRequest): Promise<WebhookAnswer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({
      port,
      host: '127.0.0.1',
      method: input.method ?? 'POST',
      path: input.path ?? jobUrl,
      headers: input.headers ?? {},
      agent: false,
    })
    request.on('error', reject)
    request.on('response', (response) => {
      const chunks: Buffer[] = []
      response.on('error', reject)
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('end', () => {
        request.destroy()
        resolve({
          status: response.statusCode ?? 0,
          headers: flatten(response.headers),
          text: Buffer.concat(chunks).toString(),
        })
      })
    })
    if (input.body === 'announced but not sent') {
      request.setHeader('content-length', 100)
      request.flushHeaders()
    } else {
      if (input.body) request.setHeader('content-length', input.body.length)
      request.end(input.body)
    }
  })
}

function flatten(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
}
