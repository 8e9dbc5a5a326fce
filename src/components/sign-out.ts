/** Ends this session on the server, then leaves by a full load, so that nothing of it stays in the page's memory. False where it failed. */
export async function signOut(): Promise<boolean> {
  try {
    const response = await fetch('/api/auth/sign-out', { method: 'POST' })
    if (response.ok) window.location.assign('/sign-in')
    return response.ok
  } catch {
    return false
  }
}
