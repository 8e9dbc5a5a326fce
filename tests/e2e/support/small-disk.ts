import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Database } from '@/db/client'
import { postgresOsUser } from '@/server/postgres/os-user'

/** The callbacks' table and its indexes on a disk of their own. */
export type SmallDisk = {
  /** Takes what is left of it: nothing more fits. */
  fill(): Promise<void>
  /** Gives it room again. */
  grow(): Promise<void>
  remove(): Promise<void>
}

/**
 * Puts `llm_callbacks` on a tmpfs of 24 MiB, where this user may mount one; elsewhere a trigger says what PostgreSQL says on a
 * full disk (SQLSTATE 53100), and a disk is full when it is told so.
 */
export async function moveToSmallDisk(db: Database, name: string): Promise<SmallDisk> {
  const folder = mkdtempSync(path.join(tmpdir(), 'callboard-disk-'))
  if (!mount(folder, 'size=24m')) {
    rmSync(folder, { recursive: true })
    return pretendedDisk(db)
  }
  const osUser = postgresOsUser()
  if (osUser) chownSync(folder, osUser.uid, osUser.gid)
  chmodSync(folder, 0o700)
  const run = (statement: string) => db.$client.query(statement)
  await run(`create tablespace ${name} location '${folder}'`)
  await run(`alter table llm_callbacks set tablespace ${name}`)
  const { rows } = await db.$client.query("select indexname from pg_indexes where tablename = 'llm_callbacks'")
  for (const { indexname } of rows) await run(`alter index ${indexname} set tablespace ${name}`)
  await run(`create table ballast (bytes bytea) tablespace ${name}`)
  await run('alter table ballast alter bytes set storage external')
  return {
    async fill() {
      for (const bytes of [1_000_000, 50_000, 1_000]) {
        while (await run(`insert into ballast select decode(repeat('00', ${bytes}), 'hex')`).then(isDone, isFull));
      }
    },
    async grow() {
      mount(folder, 'remount,size=128m')
    },
    async remove() {
      await run('drop table ballast')
      await run('drop table llm_callbacks cascade')
      await run(`drop tablespace ${name}`)
      spawnSync('umount', [folder])
      rmSync(folder, { recursive: true })
    },
  }
}

function mount(folder: string, options: string): boolean {
  return spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'ignore' }).status === 0
}

const isDone = () => true

function isFull(error: { code?: string }): boolean {
  if (error.code !== '53100') throw error
  return false
}

async function pretendedDisk(db: Database): Promise<SmallDisk> {
  await db.$client.query(`
    create function disk_is_full() returns trigger language plpgsql as
    $$ begin raise exception 'no space left on device' using errcode = '53100'; end $$`)
  const drop = async () => {
    await db.$client.query('drop trigger if exists disk_is_full on llm_callbacks')
  }
  return {
    async fill() {
      await db.$client.query(
        'create trigger disk_is_full before insert on llm_callbacks for each row execute function disk_is_full()',
      )
    },
    grow: drop,
    remove: drop,
  }
}
