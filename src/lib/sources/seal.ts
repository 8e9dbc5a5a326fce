import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import { deriveKey } from '@/lib/auth/derive-key'

const version = 1
const nonceBytes = 12
const tagBytes = 16

type SealInput = { callboardSecret: string; source: string; secretId: string }

/**
 * Seals a secret with AES-256-GCM (NIST SP 800-38D) under a key that is derived from CALLBOARD_SECRET.
 * @returns a version byte, the nonce, the tag, and the sealed bytes. They open for this source and this id alone, so that a row which
 * somebody copies to another source is worth nothing there.
 */
export function sealSecret(secret: string, input: SealInput): Buffer {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', sealingKey(input.callboardSecret), nonce)
  cipher.setAAD(boundTo(input))
  const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
  return Buffer.concat([Buffer.from([version]), nonce, cipher.getAuthTag(), sealed])
}

/** @returns null where it was sealed under another CALLBOARD_SECRET, for another place, or was changed. */
export function openSecret(sealed: Buffer, input: SealInput): string | null {
  if (sealed[0] !== version || sealed.length < 1 + nonceBytes + tagBytes) return null
  const nonce = sealed.subarray(1, 1 + nonceBytes)
  const decipher = createDecipheriv('aes-256-gcm', sealingKey(input.callboardSecret), nonce)
  decipher.setAAD(boundTo(input))
  decipher.setAuthTag(sealed.subarray(1 + nonceBytes, 1 + nonceBytes + tagBytes))
  try {
    const opened = decipher.update(sealed.subarray(1 + nonceBytes + tagBytes))
    return Buffer.concat([opened, decipher.final()]).toString('utf8')
  } catch {
    return null
  }
}

/** Recognises a secret without telling it: HMAC-SHA256 under another key derived from CALLBOARD_SECRET. */
export function fingerprintOf(secret: string, callboardSecret: string): Buffer {
  return createHmac('sha256', deriveKey(callboardSecret, 'callboard secret fingerprint v1')).update(secret).digest()
}

function sealingKey(callboardSecret: string): Buffer {
  return deriveKey(callboardSecret, 'callboard secret sealing v1')
}

function boundTo({ source, secretId }: SealInput): Buffer {
  return Buffer.from(`${source}\0${secretId}`)
}
