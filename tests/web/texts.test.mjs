// The pages' text is in the catalogues alone, and both have the same.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const folder = new URL('../../app/server/web/', import.meta.url);
const read = (name) => readFileSync(new URL(name, folder), 'utf8');
const names = readdirSync(folder);
const catalogues = { 'zh-CN': JSON.parse(read('zh-CN.json')), en: JSON.parse(read('en.json')) };

test('catalogues_keysAndPlaceholders_areTheSame', () => {
  assert.deepEqual(Object.keys(catalogues.en), Object.keys(catalogues['zh-CN']));
  const holes = (text) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
  for (const [key, text] of Object.entries(catalogues.en)) {
    assert.deepEqual(holes(text), holes(catalogues['zh-CN'][key]), key);
    assert.ok(text !== '' && catalogues['zh-CN'][key] !== '', key);
    if (key !== 'language.other') assert.ok(!/\p{Script=Han}/u.test(text), key);
  }
});

// No demo sentence: what is kept, how long and who sees it is said, paragraph by paragraph, and as much of it in each language.
test('agreementsAndLetters_areWhole_inBothLanguages', () => {
  const source = readFileSync(new URL('../../shield/enterprise/agreements.cpp', import.meta.url), 'utf8');
  const shown = [...source.split('applicationAgreements')[1].matchAll(/\{"(\w+)", (\d+)\}/g)].map((match) => match[1]); // the pages' own
  assert.deepEqual(shown, ['service', 'privacy', 'certificate', 'identity', 'order']);
  const keys = [...shown.map((id) => `agreement.${id}.text`), 'letter.authenticate.text', 'letter.legalSeal.text'];
  for (const key of keys) {
    const lines = Object.values(catalogues).map((texts) => texts[key].split('\n'));
    assert.equal(lines[0].length, lines[1].length, key);
    assert.ok(lines[0].length >= 4 && lines.flat().every((line) => line.trim() !== ''), key);
  }
});

test('auditEvent_each_hasItsText', () => {
  const source = readFileSync(new URL('../../shield/audit/record.cpp', import.meta.url), 'utf8');
  const named = (kind) => [...source.matchAll(new RegExp(`case ${kind}::\\w+: return "([a-z-]+)"`, 'g'))].map((match) => match[1]);
  const told = (stem) => Object.keys(catalogues.en).filter((key) => key.startsWith(stem)).map((key) => key.slice(stem.length));
  assert.ok(named('Event').length > 100 && named('By').length > 5);
  assert.deepEqual(told('auditEvent.').sort(), named('Event').sort());
  assert.deepEqual([...told('auditBy.'), 'person'].sort(), named('By').sort()); // of a person the name is told
});

test('pages_ownText_isNone', () => {
  for (const name of names.filter((one) => one.endsWith('.html'))) {
    // Without scripts there is no catalogue: that alone stands in the page, in both languages.
    const [noScript, said] = /<noscript><p>(.*)<\/p><\/noscript>/.exec(read(name));
    assert.ok(/\p{Script=Han}/u.test(said) && /[a-z]{4}/.test(said), name);
    const body = read(name).replace(noScript, '').replace(/^<!doctype html>/, '').replace(/<[^>]*>/g, '');
    assert.equal(body.trim(), '', name);
    for (const [, key] of read(name).matchAll(/data-(?:t|label)="([^"]+)"/g)) assert.ok(key in catalogues.en, `${name}: ${key}`);
    assert.ok(!/ style=| on\w+=|<script(?! type="module" src=)/.test(read(name)), name);
  }
});

test('modules_ownText_isNone', () => {
  for (const name of names.filter((one) => one.endsWith('.js'))) {
    const code = read(name).replace(/^\s*\/\/.*$/gm, '');
    assert.ok(!/\p{Script=Han}/u.test(code.replace('[^\\s。，]', '')), name);
    // No element is given a literal of words as its content.
    assert.ok(!/\bh\('\w+', \{[^{}]*\}, '[A-Za-z]{2,}/.test(code) && !/textContent = '[A-Za-z]/.test(code) && !/innerHTML/.test(code), name);
  }
});

test('keys_asked_areThere', () => {
  for (const name of names.filter((one) => one.endsWith('.js'))) {
    const code = read(name).replace(/^\s*\/\/.*$/gm, '');
    for (const [, key] of code.matchAll(/\bt\('([^']+)'/g)) assert.ok(key in catalogues.en, `${name}: ${key}`);
    for (const [, key] of code.matchAll(/'>?([a-z][A-Za-z]*(?:\.[A-Za-z0-9-]+)+)'/g)) assert.ok(key in catalogues.en, `${name}: ${key}`);
  }
});

test('keys_there_areAsked', () => {
  const code = names.filter((one) => /\.(js|html)$/.test(one)).map(read).join('\n');
  const stems = [...code.matchAll(/`([a-zA-Z.]+\.)\$\{/g)].map((match) => match[1]);
  for (const key of Object.keys(catalogues.en))
    assert.ok(code.includes(`'${key}'`) || code.includes(`'>${key}'`) || code.includes(`"${key}"`) || stems.some((stem) => key.startsWith(stem)), key);
});
