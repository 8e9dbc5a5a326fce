/** Request header in which src/proxy.ts tells pages their own path and query; what a client sends in it is replaced. */
export const pathHeader = 'x-callboard-path'
/** Set by src/proxy.ts: the nonce of this answer's content security policy, for the one script that is not Next's own. */
export const nonceHeader = 'x-callboard-nonce'
