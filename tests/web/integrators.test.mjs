// The integrator's guide: each block of shell in it is run as it stands, in one terminal, against a real server. The blocks that only
// set what the operator hands out are replaced by what this server says.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { startDesk, startServer } from './server.mjs';

const guide = readFileSync(new URL('../../app/server/INTEGRATORS.md', import.meta.url), 'utf8');
const blocks = [...guide.matchAll(/```sh\n([\s\S]*?)```/g)].map((match) => match[1]);
let server, desk;

before(async () => {
  server = await startServer();
  desk = await startDesk(server, ['--loopback', '0']);
});
after(async () => {
  await desk?.stop();
  await server?.stop();
});

test('guide_everyRequest_isAnsweredAsItSays', async () => {
  const port = (await desk.say({ do: 'site' })).port;
  assert.ok(port > 0);
  const given = { HUFU: server.base, HUFU_PIN: server.ready.pin, HUFU_KEY: server.ready.relyingPartyKey, DESK: `http://127.0.0.1:${port}` };
  const run = blocks.filter((block) => !block.startsWith('export '));
  assert.ok(run.length >= 6 && blocks.length - run.length === 2);
  const script = ['set -euo pipefail', ...run.map((block, i) => `printf "\\n== ${i}\\n"\n${block}`)].join('\n');
  const done = spawnSync('bash', ['-c', script], { env: { ...process.env, ...given }, encoding: 'utf8', timeout: 60000 });
  assert.equal(done.status, 0, done.stdout + done.stderr);
  const said = done.stdout.split(/^== \d+$/m).slice(1);
  assert.match(said[0], /"status":"ok"/);
  assert.match(said[1], /"text":"HUFU:1:/);
  assert.match(said[1], /"state":"waiting"/);
  assert.match(said[2], /"status":409/);
  assert.equal([...said[3].matchAll(/BEGIN CERTIFICATE/g)].length, 2);
  assert.equal([...said[4].matchAll(/"status":404/g)].length, 2);
  const { console: link, validUntilMs } = JSON.parse(said[5]);
  assert.ok(link.startsWith(`${server.base}/console#/apply/`) && validUntilMs > Date.now());
  assert.equal(said[6].trim(), '');
  assert.match(said[7], /"status":404/);
  assert.match(said[8], /"access":"none"[\s\S]*"access":"asked"/);
  assert.deepEqual(await desk.say({ do: 'site' }), { ok: true, port, question: 'access', origin: 'tool://bid-maker' });
});

test('guide_filesItNames_areThere', () => {
  for (const [, name] of guide.matchAll(/`((?:app|shield|tests)\/[\w./]+\.\w+)`/g)) assert.ok(readFileSync(new URL(`../../${name}`, import.meta.url)), name);
});
