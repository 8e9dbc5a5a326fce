export * from './auth'
export * from './callboard-migrations'
export * from './llm-callbacks'
export * from './sources'
