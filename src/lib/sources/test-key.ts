import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { deriveKey } from '@/lib/auth/derive-key'
import type { Trust } from '@/lib/signatures/verifier'

/** What precedes the 32 bytes of an Ed25519 private key in its PrivateKeyInfo (RFC 8410). */
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex')

/**
 * The key that Callboard signs its own test deliveries with where the sender's private key is the sender's alone. It is derived from
 * CALLBOARD_SECRET, so that nobody who does not hold that can use it.
 */
export function testKey(callboardSecret: string): KeyObject {
  const seed = deriveKey(callboardSecret, 'callboard test deliveries v1')
  return createPrivateKey({ key: Buffer.concat([pkcs8Prefix, seed]), format: 'der', type: 'pkcs8' })
}

/** The published keys, and beside them our own for test deliveries. */
export function withTestKey(publishedKeys: Trust['publishedKeys'], callboardSecret: string): Trust['publishedKeys'] {
  const own = { keyId: null, key: createPublicKey(testKey(callboardSecret)) }
  return (jwksUrl) => {
    const { keys, isWhole } = publishedKeys(jwksUrl)
    return { keys: [...keys, own], isWhole }
  }
}
