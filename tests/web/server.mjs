// The real hufu-server on a folder of its own, with stand-ins and the demo company; and a browser that trusts it.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { openSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

export async function startServer() {
  const folder = await mkdtemp(join(tmpdir(), 'hufu-web-'));
  const log = join(folder, 'server.log');
  const child = spawn(process.env.HUFU_SERVER, ['--data', join(folder, 'data'), '--outside', '--seed', 'demo'], { stdio: ['ignore', 'pipe', openSync(log, 'w')] });
  const first = await new Promise((done, failed) => {
    createInterface({ input: child.stdout }).once('line', done);
    child.once('exit', () => failed(new Error('hufu-server has ended')));
  });
  const said = (word) => execFileSync(process.env.HUFU_SERVER, [word, '--data', join(folder, 'data')], { encoding: 'utf8' }).trim().split('\n').filter(Boolean).map((line) => JSON.parse(line));
  return {
    folder,
    ready: JSON.parse(first),
    base: `https://127.0.0.1:${JSON.parse(first).port}`,
    logText: () => readFile(log, 'utf8'),
    // What the operator reads, beside the running server.
    cases: () => said('cases'),
    invoices: () => said('invoices'),
    casePicture: (number) => execFileSync(process.env.HUFU_SERVER, ['case-picture', number, '--data', join(folder, 'data')]),
    async stop() {
      const ended = new Promise((done) => child.once('exit', done));
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}

export function startBrowser() {
  return chromium.launch({ executablePath: process.env.HUFU_CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
}

// For a program with windows: on the display that there is (run.sh: Xvfb), or without one.
export function windowEnvironment() {
  return { ...process.env, QT_QPA_PLATFORM: process.env.HUFU_QT_PLATFORM || 'offscreen', QT_QUICK_BACKEND: 'software' };
}

// The real hufu-desk of that server, and the socket by which a test presses its buttons. In: link, empty: it asks for one.
export async function startDesk(server, words = [], link = server.ready.desk) {
  const folder = await mkdtemp(join(tmpdir(), 'hufu-web-desk-'));
  const socketPath = join(folder, 'control');
  const child = spawn(process.env.HUFU_DESK, ['--data', join(folder, 'data'), '--server', link, '--control', socketPath, '--language', 'en', ...words],
    { stdio: ['ignore', 'ignore', openSync(join(folder, 'desk.log'), 'w')], env: windowEnvironment() });
  let socket, lines;
  const reach = async () => {
    socket?.destroy();
    socket = null;
    for (let tries = 0; !socket; tries++) {
      socket = await new Promise((done) => {
        const candidate = connect(socketPath, () => done(candidate)).once('error', () => done(null));
      });
      if (!socket && (tries > 150 || child.exitCode !== null)) throw new Error(`hufu-desk has not started: ${await readFile(join(folder, 'desk.log'), 'utf8')}`);
      if (!socket) await new Promise((done) => setTimeout(done, 200));
    }
    socket.on('error', () => {});
    lines = createInterface({ input: socket })[Symbol.asyncIterator]();
  };
  await reach();
  const say = async (word) => {
    socket.write(`${JSON.stringify(word)}\n`);
    return JSON.parse((await lines.next()).value);
  };
  const must = async (word) => {
    const answer = await say(word);
    if (!answer.ok) throw new Error(`the desk cannot ${JSON.stringify(word)}: ${JSON.stringify(answer)}`);
    return answer;
  };
  return {
    say,
    must,
    // Its first window, which has asked for the link, gives way to its own, and that listens anew.
    async begun() {
      for (let tries = 0; tries < 50; tries++) {
        await reach();
        const answer = await say({ do: 'page' }).catch(() => null);
        if (answer && answer.page !== 'link') return answer.page;
        await new Promise((done) => setTimeout(done, 200));
      }
      throw new Error('the desk has not gone on with its link');
    },
    page: (page, ms = 30000) => must({ do: 'waitPage', page, ms }).catch(async (trouble) => {
      trouble.message += ` ${(await say({ do: 'read', name: 'errorCode', property: 'text' })).value ?? ''}`;
      throw trouble;
    }),
    click: (name) => must({ do: 'click', name }),
    type: (name, text) => must({ do: 'type', name, text }),
    shot: (file) => must({ do: 'shot', file }),
    // Until the act under way has come to something.
    async done() {
      for (let tries = 0; tries < 200; tries++) {
        const task = await say({ do: 'task' });
        if (task.state === 'done' || task.state === 'failed') return task;
        await new Promise((done) => setTimeout(done, 100));
      }
      throw new Error(`the desk has not finished: ${JSON.stringify(await say({ do: 'task' }))}`);
    },
    // Until its window asks something of the person.
    async asked(question) {
      for (let tries = 0; tries < 100; tries++) {
        const site = await say({ do: 'site' });
        if (site.question === question) return site;
        await new Promise((done) => setTimeout(done, 100));
      }
      throw new Error(`the desk has not asked: ${question}`);
    },
    async stop() {
      const ended = new Promise((done) => child.once('exit', done));
      socket.destroy();
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}

// A picture of the code that a page shows at this moment; when the page draws the next one meanwhile, of that one.
export async function codeOn(page) {
  for (let tries = 1; ; tries++) {
    try {
      return await page.locator('svg.qr').screenshot();
    } catch (trouble) {
      if (tries === 5 || !/not attached|not visible/.test(trouble.message)) throw trouble;
    }
  }
}

// A phone looks at a code until it has come to the page `next`. Where it says that the code has grown too old on the way to it, as on a
// busy machine, a person closes that and looks again. In: phone: look(), takes what lies before it now; at(), its page; says(), the
// code of its error page; close(), that page.
export async function scanned(phone, next = 'approve') {
  for (let tries = 1; ; tries++) {
    await phone.look();
    let page = await phone.at();
    for (let waited = 0; page !== next && page !== 'error' && waited < 300; waited++) {
      await new Promise((done) => setTimeout(done, 100));
      page = await phone.at();
    }
    if (page === next) return;
    const code = page === 'error' ? await phone.says() : '';
    if (code !== 'HF-201' || tries === 3) throw new Error(`the phone shows ${page} ${code} instead of ${next}`);
    await phone.close();
  }
}
