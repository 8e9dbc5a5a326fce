import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { FirstRun } from '@/components/admin/FirstRun'

const webhookUrl = 'http://localhost:3000/api/webhooks/llm-callback'
const render = (secretPath: string | null) =>
  renderToStaticMarkup(createElement(FirstRun, { webhookUrl, secretPath }))
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")

test('a secret that the first start made is named by its file', () => {
  const html = render("/srv/call's/llm-webhook-secret")
  expect(html).toContain(`-hmac "$(cat '/srv/call'\\''s/llm-webhook-secret')" -r`)
  expect(html).not.toContain('LLM_WEBHOOK_SECRET')
})

test('a secret from the environment is named by its variable, for there is no file', () => {
  const html = render(null)
  expect(html).toContain('as set in <code class="font-mono">LLM_WEBHOOK_SECRET</code>')
  expect(html).toContain('-hmac "$LLM_WEBHOOK_SECRET" -r')
  expect(html).not.toContain('cat ')
})
