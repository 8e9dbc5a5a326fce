import { readEnvironment } from './src/env'
import { nextConfig } from './src/next-config'

export default nextConfig(readEnvironment().publicUrl)
