import { z } from 'zod'
import { passwordLengthMax, passwordLengthMin } from './password-length'

/** What a new admin is made of. E-mail addresses are compared in lower case, so that is how they are kept. */
export const newAdminSchema = z.object({
  name: z.string().trim().min(1, 'Enter a name.').max(100, 'Use at most 100 characters.'),
  email: z
    .string()
    .trim()
    .toLowerCase()
    .max(254, 'Use at most 254 characters.')
    .pipe(z.email('Enter an e-mail address.')),
  password: z
    .string()
    .min(passwordLengthMin, `Use at least ${passwordLengthMin} characters.`)
    .max(passwordLengthMax, `Use at most ${passwordLengthMax} characters.`),
})

export type NewAdmin = z.infer<typeof newAdminSchema>
