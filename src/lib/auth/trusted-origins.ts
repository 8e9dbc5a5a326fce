/** The origins whose pages may act: the public one, and this machine's own two names for the port. */
export function trustedOriginsOf({ publicUrl, port }: { publicUrl: string; port: number }): string[] {
  return [...new Set([new URL(publicUrl).origin, `http://localhost:${port}`, `http://127.0.0.1:${port}`])]
}
