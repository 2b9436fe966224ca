// Every browser test against one running demo market: node all.mjs URL ARTIFACTS [OUT]. Ends with `N passed, N failed`.
import { spawn } from 'node:child_process';
import { appendFileSync, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [url = 'http://127.0.0.1:8080', artifacts = '', out = ''] = process.argv.slice(2);
const here = dirname(fileURLToPath(import.meta.url));
let passed = 0;
let failed = 0;

for (const file of ['shopper.mjs', 'trouble.mjs', 'seller.mjs']) {
  if (!existsSync(join(here, file))) continue;
  const last = await run(file);
  const sum = /^(\d+) passed, (\d+) failed$/.exec(last);
  if (!sum) {
    failed++;
    console.log(`FAIL  ${file} did not come to its end`);
    continue;
  }
  passed += Number(sum[1]);
  failed += Number(sum[2]);
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);

// Passes on what a test says and gives back its last line.
function run(file) {
  return new Promise(done => {
    const child = spawn(process.execPath, [join(here, file)], {
      env: { ...process.env, ETALASE_URL: url, ETALASE_ARTIFACTS: artifacts }, stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.on('data', data => {
      text += data;
      process.stdout.write(data);
      if (out) { try { appendFileSync(out, data); } catch { /* a folder, or nowhere: the output is on the screen */ } }
    });
    child.on('close', () => done(text.trimEnd().split('\n').at(-1) ?? ''));
  });
}
