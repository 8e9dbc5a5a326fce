import { anthropic } from './anthropic'
import { assemblyai } from './assemblyai'
import { baseten } from './baseten'
import { crewai } from './crewai'
import { cursor } from './cursor'
import { deepgram } from './deepgram'
import { elevenlabs } from './elevenlabs'
import { exa } from './exa'
import { fal } from './fal'
import { firecrawl } from './firecrawl'
import { gemini } from './gemini'
import { github } from './github'
import { huggingFace } from './hugging-face'
import { langfuse } from './langfuse'
import { langgraph } from './langgraph'
import { langsmith } from './langsmith'
import { manus } from './manus'
import { native } from './native'
import { openai } from './openai'
import { parallel } from './parallel'
import type { Preset } from './preset'
import { qstash } from './qstash'
import { replicate } from './replicate'
import { retell } from './retell'
import { runpod } from './runpod'
import { sim } from './sim'
import { simBlock } from './sim-block'
import { slack } from './slack'
import { standardWebhooks } from './standard-webhooks'
import { staticToken } from './static-token'
import { timestampedHmacPreset } from './timestamped-hmac'
import { triggerDev } from './trigger-dev'
import { vapi } from './vapi'

const all: readonly Preset[] = [
  native,
  openai,
  anthropic,
  gemini,
  replicate,
  fal,
  elevenlabs,
  langgraph,
  langsmith,
  standardWebhooks,
  github,
  cursor,
  assemblyai,
  baseten,
  crewai,
  deepgram,
  exa,
  firecrawl,
  huggingFace,
  langfuse,
  manus,
  parallel,
  qstash,
  retell,
  runpod,
  sim,
  simBlock,
  slack,
  triggerDev,
  vapi,
  timestampedHmacPreset,
  staticToken,
]

/** Every kind of sender that Callboard knows, by id; the most used first, those for any other last. */
export const presets: ReadonlyMap<string, Preset> = new Map(all.map((preset) => [preset.id, preset]))
