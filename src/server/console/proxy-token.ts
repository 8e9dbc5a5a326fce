/** Tells the console that a request came through the front door, where Host and claims were checked. */
export const proxyTokenHeader = 'x-callboard-proxy-token'
