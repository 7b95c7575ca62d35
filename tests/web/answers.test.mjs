// What the real server answers is what openapi.yaml says: every GET is asked once, with what the demo has, and each body held against
// its schema. That the examples fit theirs is openapi.test.mjs.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { after, before, test } from 'node:test';
import Ajv2020 from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { startServer } from './server.mjs';

const api = parse(readFileSync(new URL('../../app/server/openapi.yaml', import.meta.url), 'utf8'));
const creditCode = '91110108MA0DEM0P1T'; // of the demo company
const nobody = '9'.repeat(32);
// What a path or a query wants, where a name alone does not say it.
const known = { phone: '13800138000', kind: 'company' };
// Of whom another program asks: a desk, a relying party, a legal representative, a phone that scans; their tests hold those answers.
const others = ['desk', 'party', 'scanPage', 'portalScanPage', 'applicantPage'];

let server, ajv, token, portal;

function ask(method, path, headers = {}, body) {
  return new Promise((done, failed) => {
    const text = body === undefined ? '' : JSON.stringify(body);
    const sent = request(`${server.base}${path}`, { method, rejectUnauthorized: false, headers: { ...(text ? { 'content-type': 'application/json' } : {}), ...headers } }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => done({ status: answer.statusCode, headers: answer.headers, type: (answer.headers['content-type'] || '').split(';')[0], text: Buffer.concat(parts).toString('utf8') }));
    });
    sent.on('error', failed);
    sent.end(text);
  });
}

async function must(method, path, headers, body) {
  const answer = await ask(method, path, headers, body);
  assert.ok(answer.status < 300, `${method} ${path}: ${answer.status} ${answer.text}`);
  return answer.text ? JSON.parse(answer.text) : null;
}

function at(reference) {
  return reference.slice(2).split('/').reduce((node, name) => node?.[name.replaceAll('~1', '/')], api);
}
const whole = (node) => (node.$ref ? at(node.$ref) : node);

before(async () => {
  server = await startServer();
  ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema(api, 'api');
  await must('POST', '/console/v1/codes', {}, { creditCode, phoneNumber: server.ready.phoneNumber });
  const [newest] = (await must('GET', `/outside/sms?phone=${server.ready.phoneNumber}`)).messages.slice(-1);
  const [code] = newest.text.match(/\d{6}/);
  ({ token } = await must('POST', '/console/v1/sessions', {}, { creditCode, phoneNumber: server.ready.phoneNumber, code }));
  const bearer = { authorization: `Bearer ${token}` };
  await must('POST', '/console/v1/staff', bearer, { name: '王五', phoneNumber: '13700137001', staffNumber: 'X1', roles: ['bid-staff'] });
  const opened = await ask('POST', '/portal/v1/accounts', { origin: server.base }, { account: 'supplier-answers', password: 'correct horse' });
  portal = { cookie: (opened.headers['set-cookie'] || []).map((one) => one.split(';')[0]).join('; ') };
});
after(() => server?.stop());

test('answer_ofEachGet_isWhatTheFileSays', async () => {
  const ids = new Map(); // of the things in a list, by the list's path
  const operations = Object.entries(api.paths).filter(([, item]) => item.get).map(([path, item]) => ({ path, security: item.get.security, responses: item.get.responses, parameters: [...(item.parameters || []), ...(item.get.parameters || [])].map(whole) }));
  let held = 0;
  const good = [];
  for (const one of operations.sort((a, b) => a.path.length - b.path.length)) {
    const names = one.security.flatMap((need) => Object.keys(need));
    if (names.some((name) => others.includes(name)) || one.path.startsWith('/legal/')) continue;
    const headers = names.includes('console') ? { authorization: `Bearer ${token}` } : names.includes('portalPage') ? portal : {};
    const list = [...ids.keys()].filter((path) => one.path.startsWith(`${path}/{`)).pop();
    const filled = one.path.replace(/\{\w+\}/g, () => ids.get(list) ?? nobody);
    const query = one.parameters.filter((parameter) => parameter.in === 'query' && parameter.required).map((parameter) => `${parameter.name}=${known[parameter.name]}`).join('&');
    const answer = await ask('GET', query ? `${filled}?${query}` : filled, headers);
    const which = `GET ${filled}: ${answer.status}`;
    const told = one.responses[String(answer.status)];
    assert.ok(told, `${which} is not told of: ${answer.text.slice(0, 200)}`);
    const media = whole(told).content?.[answer.type];
    assert.ok(media, `${which}: ${answer.type} is not told of`);
    if (!answer.type.endsWith('json')) continue;
    const body = JSON.parse(answer.text);
    const fits = ajv.compile(JSON.parse(JSON.stringify(media.schema).replaceAll('"#/', '"api#/')));
    assert.ok(fits(body), `${which}: ${ajv.errorsText(fits.errors)}: ${answer.text.slice(0, 300)}`);
    held++;
    if (answer.status !== 200) continue;
    good.push(one.path);
    const first = Object.values(body).find((value) => Array.isArray(value) && value[0]?.id);
    if (first && !one.path.includes('{')) ids.set(one.path, first[0].id);
  }
  assert.ok(held >= 45 && good.length >= 38, `${held} held, ${good.length} of them good: ${good.join(' ')}`);
});
