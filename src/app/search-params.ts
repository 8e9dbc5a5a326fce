/** The query of a page as Next hands it over: a name that stands in it twice has a list. */
export type SearchParams = Promise<Record<string, string | string[] | undefined>>
