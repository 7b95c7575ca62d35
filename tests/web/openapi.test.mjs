// openapi.yaml parses, tells of every route in the server's source, its references lead somewhere, and its examples are what its
// schemas say. That each of its operations is served is tests/app/server/test_endpoints.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import Ajv2020 from 'ajv/dist/2020.js';
import { parse } from 'yaml';

const file = new URL('../../app/server/openapi.yaml', import.meta.url);
const api = parse(readFileSync(file, 'utf8'), { strict: true, uniqueKeys: true });
const methods = ['get', 'post', 'put', 'delete'];
const operations = Object.entries(api.paths).flatMap(([path, item]) => methods.filter((method) => item[method]).map((method) => ({ path, method, item, ...item[method] })));

function at(reference) {
  return reference.slice(2).split('/').reduce((node, name) => node?.[name.replaceAll('~1', '/')], api);
}
function eachReference(node, look) {
  if (node === null || typeof node !== 'object') return;
  if (typeof node.$ref === 'string') look(node.$ref);
  Object.values(node).forEach((child) => eachReference(child, look));
}

test('route_each_isTold', () => {
  const folder = new URL('../../app/server/', import.meta.url);
  const served = new Set();
  for (const name of readdirSync(folder).filter((one) => one.endsWith('.cpp'))) {
    const code = readFileSync(new URL(name, folder), 'utf8');
    for (const [, method, path] of code.matchAll(/"(GET|POST|PUT|DELETE)",\s*"(\/[^"]+)"/g)) served.add(`${method.toLowerCase()} ${path}`);
    for (const [, path] of code.matchAll(/addLogIn\(routes, "(\/[^"]+)"/g)) served.add(`post ${path}`);
  }
  served.delete('post /web/v1/qr'); // of the pages' own, like their files
  assert.deepEqual([...served].sort(), operations.map((one) => `${one.method} ${one.path}`).sort());
});

test('reference_each_leadsSomewhere', () => {
  let count = 0;
  eachReference(api, (reference) => { count++; assert.ok(reference.startsWith('#/') && at(reference), reference); });
  assert.ok(count > 100);
});

test('component_each_isUsed', () => {
  const used = new Set();
  eachReference(api, (reference) => used.add(reference));
  for (const [group, parts] of Object.entries(api.components)) {
    if (group === 'securitySchemes') continue;
    for (const name of Object.keys(parts)) assert.ok(used.has(`#/components/${group}/${name}`), `${group}/${name}`);
  }
});

test('operation_each_isWhole', () => {
  const ids = new Set(), tags = new Set(api.tags.map((tag) => tag.name));
  for (const one of operations) {
    const label = `${one.method} ${one.path}`;
    assert.ok(one.operationId && !ids.has(one.operationId), label);
    ids.add(one.operationId);
    assert.ok(one.summary?.endsWith('.') && one.tags.every((tag) => tags.has(tag)) && Array.isArray(one.security), label);
    for (const need of one.security) for (const name of Object.keys(need)) assert.ok(api.components.securitySchemes[name], label);
    assert.ok(Object.keys(one.responses).some((status) => status.startsWith('2')), label);
    const told = [...(one.item.parameters || []), ...(one.parameters || [])].map((one) => (one.$ref ? at(one.$ref) : one)).filter((one) => one.in === 'path').map((one) => one.name);
    assert.deepEqual(told.sort(), [...one.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort(), label);
  }
});

test('example_each_fitsItsSchema', () => {
  const ajv = new Ajv2020({ strict: false });
  ajv.addSchema(api, 'api');
  let count = 0;
  const check = (content, label) => {
    for (const media of Object.values(content || {})) {
      const examples = [...('example' in media ? [media.example] : []), ...Object.values(media.examples || {}).map((one) => one.value)];
      const schema = JSON.parse(JSON.stringify(media.schema || {}).replaceAll('"#/', '"api#/'));
      for (const example of examples) {
        count++;
        const fits = ajv.compile(schema);
        assert.ok(fits(example), `${label}: ${ajv.errorsText(fits.errors)}`);
      }
    }
  };
  for (const one of operations) {
    check(one.requestBody?.content, `${one.operationId}, request`);
    for (const [status, answer] of Object.entries(one.responses)) check((answer.$ref ? at(answer.$ref) : answer).content, `${one.operationId}, ${status}`);
  }
  assert.ok(count > 100);
});
