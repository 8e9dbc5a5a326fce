import { type BuiltAction, builtActions, builtRoutes } from './build'
import { admin, type RunningCallboard, startCallboard } from './callboard'
import { queryDatabase } from './database'
import { type Answer, cookieOf, type Sent, sendTo } from './request'

/** A user without the admin role. */
export const plain = { email: 'plain@example.com', password: admin.password }

/** Stands in every field of the one callback: nobody without the role may see it. */
export const canary = 'for admins’ eyes only'

/** A running Callboard with one callback, and two people signed in. */
export type GuardedCallboard = RunningCallboard & {
  callbackId: string
  cookies: { admin: string; plain: string }
  send(sent: Sent): Promise<Answer>
  query(statement: string, values?: unknown[]): Promise<Record<string, unknown>[]>
  signIn(who: typeof admin, headers?: Record<string, string>): Promise<Answer>
  /** The path of a built route, with the callback's id where an id belongs. */
  pathOf(route: string): string
  /** Calls a server action as Next's own client does; by default with the callback's id. */
  callAction(action: BuiltAction, headers: Record<string, string>, body?: string): Promise<Answer>
}

export async function startGuardedCallboard(variables: Record<string, string> = {}): Promise<GuardedCallboard> {
  const callboard = await startCallboard(variables)
  const password = variables.ADMIN_PASSWORD ?? admin.password
  const send = (sent: Sent) => sendTo(callboard.url, sent)
  const query: GuardedCallboard['query'] = (statement, values) => queryDatabase(callboard.dataDir, statement, values)
  const signIn: GuardedCallboard['signIn'] = ({ email, password }, headers = { origin: callboard.url }) =>
    send({
      method: 'POST',
      path: '/api/auth/sign-in/email',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ email, password }),
    })
  await query(
    `with made as (insert into auth_users (name, email) values ('Plain', $1) returning id)
     insert into auth_accounts (user_id, account_id, provider_id, password)
     select made.id, made.id::text, provider_id, password from auth_accounts, made`,
    [plain.email],
  )
  const { json } = await callboard.post({
    event: canary,
    job_id: canary,
    workflow_name: canary,
    error_message: canary,
  })
  const callbackId = String(json.id)
  const pathOf = (route: string) => route.replace('[id]', callbackId).replace('[slug]', 'llm-callback')
  return Object.assign(callboard, {
    callbackId,
    cookies: {
      admin: cookieOf(await signIn({ ...admin, password })),
      plain: cookieOf(await signIn({ ...plain, password })),
    },
    send,
    query,
    signIn,
    pathOf,
    callAction: (action: BuiltAction, headers: Record<string, string>, body = JSON.stringify([callbackId])) =>
      send({
        method: 'POST',
        path: pathOf(action.page),
        headers: { 'next-action': action.id, 'content-type': 'text/plain;charset=UTF-8', ...headers },
        body,
      }),
  })
}

/** Routes that are there for whoever comes, each with what keeps it safe. Every other one must ask who it is. */
export const openRoutes: Record<string, string> = {
  '/sign-in': 'shows a form',
  '/setup': 'shows a form to the holder of a one-time token, and else says nothing',
  '/invite': 'shows a form to the holder of a one-time token, and else says nothing',
  '/_not-found': 'shows nothing',
  '/_global-error': 'shows nothing',
  '/icon.svg': 'a file',
  '/api/auth/[...all]': 'sign-in itself; an allow-list of three paths',
  '/api/[...rest]': '404',
  '/api/webhooks/llm-callback': 'asks for a signature',
  '/api/webhooks/[source]': 'asks for a signature',
}
/** Actions that are there for whoever comes. Every other one must ask who it is. */
const openActions: Record<string, string> = {
  setUpFirstAdmin: 'asks for a one-time token',
  acceptInvite: 'asks for a one-time token',
}

export const guardedRoutes = () => builtRoutes().filter((route) => !(route in openRoutes))
export const guardedApi = () => guardedRoutes().filter((route) => route.startsWith('/api/'))
export const guardedPages = () => guardedRoutes().filter((route) => !route.startsWith('/api/'))
export const guardedActions = () => builtActions().filter(({ name }) => !(name in openActions))

/** The one action of this name. */
export function actionNamed(name: string): BuiltAction {
  const action = builtActions().find((built) => built.name === name)
  if (!action) throw new Error(`there is no action ${name}`)
  return action
}
