import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { BenchCallboard } from './callboard'

/** Asks for a path and reads the whole answer; resolves with how long that took, in ms. */
export type Ask = (path: string) => Promise<number>

type Who = {
  admin?: { email: string; password: string }
  /** Sign-ins are limited for each address: many admins come from as many. */
  localAddress?: string
}

export type SignedIn = { cookie: string; ask: Ask }

type Answer = { status: number; cookies: string[]; body: string }

/** Signs in, and asks over one connection that is kept, as a browser does. */
export async function askConsole(callboard: BenchCallboard): Promise<Ask> {
  return (await signInToConsole(callboard)).ask
}

/** @returns the session's cookie, and how to ask with it. */
export async function signInToConsole(
  { port, admin: firstAdmin }: BenchCallboard,
  { admin = firstAdmin, localAddress = '127.0.0.1' }: Who = {},
): Promise<SignedIn> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1, localAddress })
  const send = (method: string, path: string, headers: Record<string, string>, content = '') =>
    new Promise<Answer>((resolve, reject) => {
      const outgoing = request({ agent, host: '127.0.0.1', port, method, path, headers }, (response) => {
        let body = ''
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => (body += chunk))
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, cookies: response.headers['set-cookie'] ?? [], body }),
        )
        response.on('error', reject)
      })
      outgoing.on('error', reject)
      outgoing.end(content)
    })
  const origin = `http://localhost:${port}`
  const host = `localhost:${port}`
  const signIn = () =>
    send('POST', '/api/auth/sign-in/email', { host, origin, 'content-type': 'application/json' }, JSON.stringify(admin))
  let signedIn = await signIn()
  // 503 while the console comes up.
  for (let tries = 0; signedIn.status === 503 && tries < 60; tries++) {
    await sleep(1_000)
    signedIn = await signIn()
  }
  if (signedIn.status !== 200) throw new Error(`signing in was answered ${signedIn.status}: ${signedIn.body}`)
  const cookie = signedIn.cookies.map((line) => line.split(';')[0]).join('; ')
  return {
    cookie,
    async ask(path) {
      const startedAt = performance.now()
      const { status, body } = await send('GET', path, { host, cookie })
      if (status !== 200) throw new Error(`${path} was answered ${status}: ${body.slice(0, 300)}`)
      return performance.now() - startedAt
    },
  }
}
