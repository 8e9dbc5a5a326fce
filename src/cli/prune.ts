import { Command } from 'commander'
import { countPrunable, pruneCallbacks } from '@/lib/llm-callbacks/prune-callbacks'
import { withDatabase } from './database'
import { print } from './failure'
import { formatCount } from './format-count'
import { sayProgress } from './progress'
import { readDuration } from './read-duration'

/** Senders try again within about a minute; what is younger than this may still be on its way to an admin. */
const olderThanMsMin = 60 * 60 * 1000

type PruneOptions = { olderThan: number; dryRun?: boolean; allowUnder1h?: boolean }

/** `callboard prune`: deletes old callbacks and keeps what makes a late retry of them a duplicate. */
export function pruneCommand(): Command {
  return new Command('prune')
    .description('delete callbacks received long ago; a late retry of one is still a duplicate')
    .requiredOption('--older-than <duration>', 'how long ago: 90m, 12h, 30d, 8w', readDuration)
    .option('--dry-run', 'say how many there are, and delete none')
    .option('--allow-under-1h', 'take a duration of less than an hour')
    .action(prune)
}

async function prune({ olderThan: olderThanMs, dryRun, allowUnder1h }: PruneOptions): Promise<void> {
  if (olderThanMs < olderThanMsMin && !allowUnder1h) {
    throw new Error(
      'Less than an hour would delete what has just come in. Nothing was deleted; --allow-under-1h insists.',
    )
  }
  if (dryRun) {
    const count = await withDatabase((db) => countPrunable(db, olderThanMs))
    print(`${formatCount(count)} would be deleted`)
    return
  }
  const onProgress = sayProgress('deleted')
  const pruned = await withDatabase((db) => pruneCallbacks(db, { olderThanMs, onProgress }))
  print(`${formatCount(pruned)} deleted`)
}
