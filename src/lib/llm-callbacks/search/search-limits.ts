/** What is searched for, in characters. */
export const searchCharactersMin = 3
export const searchCharactersMax = 200
