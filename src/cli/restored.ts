import { Command } from 'commander'
import { renewFeedEpoch } from '@/lib/llm-callbacks/feed/renew-feed-epoch'
import { withDatabase } from './database'
import { print } from './failure'

/** `callboard restored`: tells a database that it was put back to an earlier state. */
export function restoredCommand(): Command {
  return new Command('restored')
    .description('say that the database was restored from a copy, so that browsers and scripts start the feed anew')
    .action(async () => {
      await withDatabase(renewFeedEpoch)
      print('The feed has a new epoch: every cursor from before is answered with reset. Nothing else was changed.')
    })
}
