import { bodyHmac } from '@/lib/signatures/standard-schemes'
import { definePreset } from './preset'

/** Slack's Events API. Slash commands are forms and no JSON: they are kept, but not read. */
export const slack = definePreset({
  id: 'slack',
  name: 'Slack',
  schemes: [
    bodyHmac('x-slack-signature', {
      name: 'slack-hmac-sha256',
      prefix: 'v0=',
      separator: undefined,
      time: { from: { header: 'x-slack-request-timestamp' }, unit: 's', pastSeconds: 300, futureSeconds: 300 },
      signs: 'v0:{timestamp}:{body}',
    }),
  ],
  fields: {
    event: [{ template: 'event.{event/type}' }, 'type'],
    jobId: ['event_id'],
    workflowName: ['event/channel', 'api_app_id'],
    eventTime: [{ path: 'event_time', unit: 'unix s' }],
  },
  preview: 'event',
  identity: [],
  statusByEvent: {},
  handshake: { path: 'type', value: 'url_verification', answer: 'challenge' },
  secret: { madeBy: 'sender', example: '32 hexadecimal digits, the app’s signing secret' },
  setUp: [
    'Open api.slack.com/apps, your app, Basic information, copy the signing secret and paste it here.',
    'Then open Event Subscriptions and paste {url} as the request URL: it is verified at once.',
  ],
  notes: [
    'The request URL is verified by a challenge, which is answered and not stored.',
    'Slash commands are forms and no JSON: they are kept in quarantine.',
  ],
  sample: ({ id, now }) => ({
    type: 'event_callback',
    event_id: `Ev${id}`,
    event_time: Math.floor(now.getTime() / 1_000),
    api_app_id: 'A0001',
    event: { type: 'function_executed', channel: 'C0001' },
  }),
})
