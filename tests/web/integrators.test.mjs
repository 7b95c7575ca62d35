// The integrator's guide: each block of shell in it is run as it stands, in one terminal, against a real server. The blocks that only
// set what the operator hands out are replaced by what this server says. The commands of the program that it names in its sentences
// are run afterwards, where the files lie that the blocks have fetched.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startDesk, startServer } from './server.mjs';

const guide = readFileSync(new URL('../../app/server/INTEGRATORS.md', import.meta.url), 'utf8');
const blocks = [...guide.matchAll(/```sh\n([\s\S]*?)```/g)].map((match) => match[1]);
let server, desk;
const folder = mkdtempSync(join(tmpdir(), 'hufu-guide-'));

before(async () => {
  server = await startServer();
  desk = await startDesk(server, ['--loopback', '0']);
});
after(async () => {
  await desk?.stop();
  await server?.stop();
  rmSync(folder, { recursive: true });
});

test('guide_everyRequest_isAnsweredAsItSays', async () => {
  const port = (await desk.say({ do: 'site' })).port;
  assert.ok(port > 0);
  const given = { HUFU: server.base, HUFU_PIN: server.ready.pin, HUFU_KEY: server.ready.relyingPartyKey, DESK: `http://127.0.0.1:${port}` };
  const run = blocks.filter((block) => !block.startsWith('export '));
  assert.ok(run.length >= 6 && blocks.length - run.length === 2);
  const script = ['set -euo pipefail', ...run.map((block, i) => `printf "\\n== ${i}\\n"\n${block}`)].join('\n');
  const done = spawnSync('bash', ['-c', script], { cwd: folder, env: { ...process.env, ...given }, encoding: 'utf8', timeout: 60000 });
  assert.equal(done.status, 0, done.stdout + done.stderr);
  const said = done.stdout.split(/^== \d+$/m).slice(1);
  assert.match(said[0], /"status":"ok"/);
  assert.match(said[1], /"text":"HUFU:1:/);
  assert.match(said[1], /"state":"waiting"/);
  assert.match(said[2], /"status":409/);
  for (const name of ['root.pem', 'issuing.pem']) assert.match(readFileSync(join(folder, name), 'utf8'), /BEGIN CERTIFICATE/);
  for (const name of ['issuing.crl', 'root.crl']) assert.ok(readFileSync(join(folder, name)).length > 100);
  assert.equal([...said[4].matchAll(/"status":404/g)].length, 2);
  assert.match(said[5], /"status":404/);
  const { console: link, validUntilMs } = JSON.parse(said[6]);
  assert.ok(link.startsWith(`${server.base}/console#/apply/`) && validUntilMs > Date.now());
  assert.equal(said[7].trim(), '');
  assert.match(said[8], /"status":404/);
  assert.match(said[9], /"access":"none"[\s\S]*"access":"asked"/);
  assert.deepEqual(await desk.say({ do: 'site' }), { ok: true, port, question: 'access', origin: 'tool://bid-maker' });
});

// Of files that are none: the program understands each word, reads what was fetched, and says only that these are not what they should be.
test('guide_everyCommandOfTheProgram_hasTheRightWords', () => {
  const commands = [...guide.matchAll(/`hufu ([^`]+)`/g)].map(([, words]) => words.split(/\s+/));
  assert.equal(commands.length, 3);
  for (const name of ['FILE', 'RECEIPT']) writeFileSync(join(folder, name), 'neither a bid nor a receipt');
  const key = '0432c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7bc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0';
  for (const words of commands) {
    const done = spawnSync(process.env.HUFU, words.map((word) => (word === 'KEY' ? key : word)), { cwd: folder, encoding: 'utf8', timeout: 60000 });
    assert.equal(done.status, 3, `hufu ${words.join(' ')}\n${done.stdout}${done.stderr}`);
    assert.match(done.stderr, new RegExp(`^HF-650  ${words.includes('receipt') ? 'RECEIPT' : 'FILE'}\n`));
  }
});

test('guide_filesItNames_areThere', () => {
  for (const [, name] of guide.matchAll(/`((?:app|shield|tests)\/[\w./]+\.\w+)`/g)) assert.ok(readFileSync(new URL(`../../${name}`, import.meta.url)), name);
});
