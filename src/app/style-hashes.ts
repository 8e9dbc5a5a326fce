/** The one style sheet that a library writes into the page: Sonner's, as installed (tests/unit/style-hashes.test.ts). */
export const sonnerStyleHash = 'sha256-StEaX+se6YS7pqjzrzMIA0KaX9zF/8zAhvQXZAe5epY='

/** It is put in empty at first, and Chromium asks for leave for that as well: the hash of nothing. */
export const emptyStyleHash = 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='
