export type WebhookRequest = {
  method?: string
  path?: string
  /** An array sends the header once for each value. */
  headers?: Record<string, string | string[]>
  body?: Buffer | 'announced but not sent'
}

export type WebhookAnswer = { status: number; headers: Record<string, string>; text: string }

export type WebhookServer = {
  send(request: WebhookRequest): Promise<WebhookAnswer>
  stop(): Promise<void>
}

/** An answer's JSON: what was recorded, or the problem. */
export function jsonOf(answer: WebhookAnswer) {
  return JSON.parse(answer.text) as {
    received?: boolean
    id?: string
    callbackId?: string | null
    duplicate?: boolean
    status?: number
    code?: string
    detail?: string
  }
}
