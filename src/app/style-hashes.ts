/** The one style sheet that a library writes into the page: Sonner's, as installed (tests/unit/style-hashes.test.ts). */
export const sonnerStyleHash = 'sha256-StEaX+se6YS7pqjzrzMIA0KaX9zF/8zAhvQXZAe5epY='
