import { builtInSlug } from '@/lib/sources/source'
import { receiveRequest } from '../receive-request'

function receive(request: Request): Promise<Response> {
  return receiveRequest(request, builtInSlug)
}

export {
  receive as DELETE,
  receive as GET,
  receive as HEAD,
  receive as OPTIONS,
  receive as PATCH,
  receive as POST,
  receive as PUT,
}
