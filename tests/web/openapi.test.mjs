// Each openapi.yaml parses, tells of every route in the source beside it, its references lead somewhere, and its examples are what
// its schemas say. That each of the server's operations is served is tests/app/server/test_endpoints; of the desk's, test_loopback.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import Ajv2020 from 'ajv/dist/2020.js';
import { parse } from 'yaml';

const methods = ['get', 'post', 'put', 'delete'];

// sources: which files of the folder have its routes; atLeast: so many references, and examples.
function judge(label, folder, sources, atLeast) {
  const api = parse(readFileSync(new URL('openapi.yaml', folder), 'utf8'), { strict: true, uniqueKeys: true });
  const operations = Object.entries(api.paths).flatMap(([path, item]) => methods.filter((method) => item[method]).map((method) => ({ path, method, item, ...item[method] })));

  function at(reference) {
    return reference.slice(2).split('/').reduce((node, name) => node?.[name.replaceAll('~1', '/')], api);
  }
  function eachReference(node, look) {
    if (node === null || typeof node !== 'object') return;
    if (typeof node.$ref === 'string') look(node.$ref);
    Object.values(node).forEach((child) => eachReference(child, look));
  }

  test(`${label}: route_each_isTold`, () => {
    const served = new Set();
    for (const name of readdirSync(folder).filter(sources)) {
      const code = readFileSync(new URL(name, folder), 'utf8');
      for (const [, method, path] of code.matchAll(/"(GET|POST|PUT|DELETE)",\s*"(\/[^"]+)"/g)) served.add(`${method.toLowerCase()} ${path}`);
      for (const [, path] of code.matchAll(/addLogIn\(routes, "(\/[^"]+)"/g)) served.add(`post ${path}`);
    }
    for (const own of ['post /web/v1/qr', 'get /favicon.ico']) served.delete(own); // of the pages' own, like their files
    assert.deepEqual([...served].sort(), operations.map((one) => `${one.method} ${one.path}`).sort());
  });

  test(`${label}: reference_each_leadsSomewhere`, () => {
    let count = 0;
    eachReference(api, (reference) => { count++; assert.ok(reference.startsWith('#/') && at(reference), reference); });
    assert.ok(count >= atLeast, String(count));
  });

  test(`${label}: component_each_isUsed`, () => {
    const used = new Set();
    eachReference(api, (reference) => used.add(reference));
    for (const [group, parts] of Object.entries(api.components)) {
      if (group === 'securitySchemes') continue;
      for (const name of Object.keys(parts)) assert.ok(used.has(`#/components/${group}/${name}`), `${group}/${name}`);
    }
  });

  test(`${label}: operation_each_isWhole`, () => {
    const ids = new Set(), tags = new Set(api.tags.map((tag) => tag.name));
    for (const one of operations) {
      const which = `${one.method} ${one.path}`;
      assert.ok(one.operationId && !ids.has(one.operationId), which);
      ids.add(one.operationId);
      assert.ok(one.summary?.endsWith('.') && one.tags.every((tag) => tags.has(tag)) && Array.isArray(one.security), which);
      for (const need of one.security) for (const name of Object.keys(need)) assert.ok(api.components.securitySchemes[name], which);
      assert.ok(Object.keys(one.responses).some((status) => status.startsWith('2')), which);
      const told = [...(one.item.parameters || []), ...(one.parameters || [])].map((one) => (one.$ref ? at(one.$ref) : one)).filter((one) => one.in === 'path').map((one) => one.name);
      assert.deepEqual(told.sort(), [...one.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort(), which);
    }
  });

  // Where an answer says what comes next, that can be asked for; and what can be asked for after something, says where it goes on.
  test(`${label}: page_withNext_isAskedForByAfter`, () => {
    const whole = (node) => (node?.$ref ? whole(at(node.$ref)) : node);
    const members = (schema) => {
      const { properties = {}, allOf = [], oneOf = [], anyOf = [] } = whole(schema) || {};
      return [...Object.keys(properties), ...[...allOf, ...oneOf, ...anyOf].flatMap(members)];
    };
    for (const one of operations) {
      const which = `${one.method} ${one.path}`;
      const after = [...(one.item.parameters || []), ...(one.parameters || [])].map(whole).filter((parameter) => parameter.in === 'query' && parameter.name === 'after');
      const hasNext = Object.entries(one.responses).some(([status, response]) => status.startsWith('2') && Object.values(whole(response).content || {}).some((media) => members(media.schema).includes('next')));
      assert.equal(after.length, hasNext ? 1 : 0, which);
      assert.ok(after.every((parameter) => !parameter.required), which); // the first page is after nothing
    }
  });

  test(`${label}: example_each_fitsItsSchema`, () => {
    const ajv = new Ajv2020({ strict: false });
    ajv.addSchema(api, 'api');
    let count = 0;
    const check = (content, which) => {
      for (const media of Object.values(content || {})) {
        const examples = [...('example' in media ? [media.example] : []), ...Object.values(media.examples || {}).map((one) => one.value)];
        const schema = JSON.parse(JSON.stringify(media.schema || {}).replaceAll('"#/', '"api#/'));
        for (const example of examples) {
          count++;
          const fits = ajv.compile(schema);
          assert.ok(fits(example), `${which}: ${ajv.errorsText(fits.errors)}`);
        }
      }
    };
    for (const one of operations) {
      check(one.requestBody?.content, `${one.operationId}, request`);
      for (const [status, answer] of Object.entries(one.responses)) check((answer.$ref ? at(answer.$ref) : answer).content, `${one.operationId}, ${status}`);
    }
    assert.ok(count >= atLeast, String(count));
  });
}

judge('server', new URL('../../app/server/', import.meta.url), (name) => name.endsWith('.cpp'), 101);
judge('desk', new URL('../../app/desk/', import.meta.url), (name) => name === 'loopback_api.cpp', 10);
judge('emulator', new URL('../../app/cli/', import.meta.url), (name) => name === 'emulator_word.cpp', 30);
