// hufu emulator serve on a folder of its own, beside the hufu-server under test.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { Emulator } from '../../app/cli/panel/emulator.js';
import { scanned } from './server.mjs';

process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'; // the emulator's own server; a phone pins the key

async function start(words, environment = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'hufu-emulator-')), sockets = await mkdtemp(join(tmpdir(), 'hufu-sockets-'));
  const child = spawn(join(dirname(process.env.HUFU_SERVER), 'hufu'), [...words, '--data', folder], { stdio: ['ignore', 'pipe', openSync(join(folder, 'emulator.log'), 'w')], env: { ...process.env, TMPDIR: sockets, ...environment } });
  const line = await new Promise((done, failed) => {
    createInterface({ input: child.stdout }).once('line', done);
    child.once('exit', () => failed(new Error('hufu has ended')));
  });
  const stop = async () => {
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    await ended;
    const left = (await readdir(sockets)).filter((name) => /^hufu-[0-9a-f]{32}$/.test(name));
    await Promise.all([folder, sockets].map((one) => rm(one, { recursive: true })));
    assert.deepEqual(left, []); // the control sockets of phones and desks, killed ones among them
  };
  return { folder, line, stop };
}

export async function startEmulator() {
  const { folder, line, stop } = await start(['emulator', 'serve']);
  const ready = JSON.parse(line);
  const stopWhole = async () => {
    const runs = await fetch(`${ready.server}/healthz`).then((answer) => answer.ok, () => false);
    const log = runs ? '' : await readFile(join(folder, 'server.log'), 'utf8').catch(String);
    await stop();
    assert.ok(runs, `the server had ended, or answered nobody any more:\n${log.slice(-3000)}`); // else nobody learns why test after test fails
  };
  return Object.assign(new Emulator(ready.url, ready.token), { ready, folder, stop: stopWhole });
}

// A virtual phone looks at what codeNow() shows, until the page that is to come of it is there.
export function scanAt(phone, codeNow, next = 'approve') {
  const close = async () => {
    await phone.act({ do: 'click', name: 'errorClose' });
    await phone.waitPage('home');
  };
  return scanned({ look: async () => phone.scan(await codeNow()), at: () => phone.page(), says: () => phone.read('errorCode'), close }, next);
}

// With the windows of desk and phone; in memory alone, or the phone's eye would see the desk's code before a test shows it another.
export async function startSim(words = ['--language', 'en']) {
  const { folder, line, stop } = await start(['sim', '--panel', ...words], { QT_QPA_PLATFORM: 'offscreen', QT_QUICK_BACKEND: 'software' });
  const panel = line.match(/http:\S+$/)[0], url = new URL(panel);
  return Object.assign(new Emulator(url.origin, url.hash.slice(1)), { panel, folder, stop });
}
