/** Request header in which src/proxy.ts tells pages their own path and query; what a client sends in it is replaced. */
export const pathHeader = 'x-callboard-path'
