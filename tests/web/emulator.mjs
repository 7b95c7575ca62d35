// hufu emulator serve on a folder of its own, beside the hufu-server under test.
import { spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { Emulator } from '../../app/cli/panel/emulator.js';

export async function startEmulator() {
  const folder = await mkdtemp(join(tmpdir(), 'hufu-emulator-'));
  const child = spawn(join(dirname(process.env.HUFU_SERVER), 'hufu'), ['emulator', 'serve', '--data', folder], { stdio: ['ignore', 'pipe', openSync(join(folder, 'emulator.log'), 'w')] });
  const ready = JSON.parse(await new Promise((done, failed) => {
    createInterface({ input: child.stdout }).once('line', done);
    child.once('exit', () => failed(new Error('hufu emulator has ended')));
  }));
  return Object.assign(new Emulator(ready.url, ready.token), {
    ready,
    folder,
    async stop() {
      const ended = new Promise((done) => child.once('exit', done));
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true });
    },
  });
}
