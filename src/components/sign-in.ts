type SignInOutcome = { isSignedIn: true } | { isSignedIn: false; message: string; waitSeconds: number }

const statusMessages: Record<number, string> = {
  400: 'Enter a whole e-mail address.',
  401: 'E-mail or password is wrong.',
  403: 'Sign-in was refused: the account is blocked, or this page was opened under an address that Callboard does not know.',
  429: 'Too many attempts.',
}

/** Signs in; the server answers with the session's cookie. Says what to tell a person where it refuses. */
export async function signIn(email: string, password: string): Promise<SignInOutcome> {
  try {
    const response = await fetch('/api/auth/sign-in/email', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email, password }),
    })
    if (response.ok) return { isSignedIn: true }
    const { status } = response
    const message = statusMessages[status] ?? `Not signed in: the server answered ${status}. Try again.`
    const waitSeconds = status === 429 ? Number(response.headers.get('Retry-After') ?? 10) : 0
    return { isSignedIn: false, message, waitSeconds }
  } catch {
    return { isSignedIn: false, message: 'Not signed in: the server did not answer. Try again.', waitSeconds: 0 }
  }
}
