// `npm test`: everything. Unit and integration tests on a real PostgreSQL, then the browser tests on the built product.
// `npm test -- --only unit` (or e2e) runs one half; the last line is `N passed, N failed`.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { ensureBrowser } from './browser.mjs'
import { casesIn, leftToLater, sections } from './cases.mjs'
import { ensureBuilt, ensureInstalled, root, say } from './prepare.mjs'

const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : null
const reports = mkdtempSync(path.join(tmpdir(), 'callboard-reports-'))
const total = { passed: 0, failed: 0 }
const passedTitles = []
const failures = []

ensureInstalled()
if (only !== 'e2e') runVitest()
if (only !== 'unit') {
  ensureBuilt()
  runPlaywright(await ensureBrowser())
}
rmSync(reports, { recursive: true, force: true })
if (only === null) countCases()
for (const failure of failures) say(failure)
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1)

function runVitest() {
  say('Unit and integration tests')
  const file = path.join(reports, 'vitest.json')
  const status = runTool('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`])
  const report = readReport(file)
  const results = report?.testResults?.flatMap((tests) => tests.assertionResults) ?? []
  passedTitles.push(...results.filter((result) => result.status === 'passed').map((result) => result.fullName))
  for (const { name, message, assertionResults } of report?.testResults ?? []) {
    const file = path.relative(root, name)
    // Of the file itself, which could not be loaded, or what its tests need.
    if (message) failures.push(describeFailure(file, 'the whole file', message))
    for (const { status, fullName, failureMessages } of assertionResults) {
      if (status === 'failed') failures.push(describeFailure(file, fullName, failureMessages[0]))
    }
  }
  count(status, { passed: report?.numPassedTests ?? 0, failed: report?.numFailedTests ?? 0 })
}

function runPlaywright(browser) {
  say(`Browser tests, in ${browser}`)
  const file = path.join(reports, 'playwright.json')
  const status = runTool('playwright', ['test'], { CHROMIUM_PATH: browser, PLAYWRIGHT_JSON_OUTPUT_NAME: file })
  const report = readReport(file)
  const stats = report?.stats
  const specs = report?.suites?.flatMap(specsOf) ?? []
  passedTitles.push(...specs.filter((spec) => spec.ok).map((spec) => spec.title))
  for (const spec of specs.filter(isFlaky)) say(`Passed only when run again: ${spec.file} › ${spec.title}`)
  for (const { file, title, ok, tests } of specs) {
    if (!ok) failures.push(describeFailure(file, title, tests.flatMap(({ results }) => results).at(-1)?.error?.message))
  }
  count(status, { passed: (stats?.expected ?? 0) + (stats?.flaky ?? 0), failed: stats?.unexpected ?? 0 })
}

/** What failed is said again at the end: of a long log often only that is kept. */
function describeFailure(file, title, message) {
  const reason = stripVTControlCharacters(message ?? 'no reason given').split('\n')[0]
  return `Failed: ${file} › ${title}: ${reason}`
}

function isFlaky({ tests }) {
  return tests.some((test) => test.status === 'flaky')
}

function specsOf({ specs = [], suites = [] }) {
  return [...specs, ...suites.flatMap(specsOf)]
}

/** A case of tests/CASES.md that no passed test names counts as a failure: it may be named by one that was never run. */
function countCases() {
  const proven = new Set(passedTitles.flatMap(casesIn))
  const all = Object.values(sections).flatMap((cases) => cases.map(([number]) => number))
  const unproven = all.filter((number) => !proven.has(number) && !(number in leftToLater))
  say(`Cases: ${proven.size} of ${all.length} proven, ${Object.keys(leftToLater).length} left to later`)
  if (unproven.length > 0) say(`No passed test names case ${unproven.join(', ')}`)
  total.failed += unproven.length
}

/** A run that failed without a failed test (a crash, an error outside of tests) counts as one failure. */
function count(status, { passed, failed }) {
  total.passed += passed
  total.failed += failed === 0 && status !== 0 ? 1 : failed
}

function runTool(name, parameters, variables = {}) {
  const command = path.join(root, 'node_modules', '.bin', name)
  return spawnSync(command, parameters, { cwd: root, stdio: 'inherit', env: { ...process.env, ...variables } }).status
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}
