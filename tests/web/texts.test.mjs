// The pages' text is in the catalogues alone, and both have the same; the tester's panel has its own.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { lengthOf, problems, texts, told } from '../../app/cli/panel/panel_text.js';

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

// One thing, one word, wherever a person reads of it: pages, phone and desk, errors, panel, SMS.
test('texts_inChinese_callOneThingByOneWord', () => {
  const words = { 激活: '开通', 启用手机盾: '开通手机盾', 身份验证: '身份核验', 身份认证: '身份核验', 验证身份: '核验身份', 人脸核验: '刷脸', 人脸验证: '刷脸' };
  const places = ['app/server/web/zh-CN.json', 'qml/translations/hufu_zh_CN.ts', 'app/catalogue/catalogue.json', 'app/cli/panel/panel_text.js', 'shield/enterprise/enrolment.cpp', 'shield/enterprise/policies.cpp'];
  for (const place of places) {
    const text = readFileSync(new URL(`../../${place}`, import.meta.url), 'utf8');
    for (const [other, word] of Object.entries(words)) assert.ok(!text.includes(other), `${place}: ${other} is ${word}`);
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

// The shield and its PIN have one name each, on the pages as on the phone; a password is the portal's, or asked of nobody.
test('shieldAndPin_haveOneNameEach', () => {
  for (const [key, text] of Object.entries(catalogues['zh-CN'])) {
    assert.ok(!text.includes('电子盾'), key);
    assert.ok(!text.includes('密码') || key.startsWith('portal.') || key === 'support.words.hint', key);
  }
  for (const [key, text] of Object.entries(catalogues.en)) assert.ok(!/electronic shield/i.test(text), key);
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
    // hufu.js goes to other people's sites, without the catalogues.
    const code = read(name).replace(/^\s*\/\/.*$/gm, '').replace(name === 'hufu.js' ? /^export const kPromptWords = \{[^}]*\};$/m : '', '');
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

// --- the tester's panel -------------------------------------------------------------------------------------

// 400 is for a program that asks for what there is not; a button does not, but for the name that a tester types.
test('panel_eachProblemThatItsProgramsTell_isThereInChinese', () => {
  const source = (name) => readFileSync(new URL(`../../app/${name}.cpp`, import.meta.url), 'utf8');
  const isTold = (name, pattern) => {
    const said = [...source(name).matchAll(pattern)].map((match) => match[1].replaceAll('\\"', '"').replace(/ $/, ' %1'));
    assert.ok(said.length > 1, name);
    for (const english of said) assert.ok(english in problems, `${name}: ${english}`);
  };
  const kBecause = /because\([^;\n]*?QStringLiteral\("((?:[^"\\]|\\.)*)"/g;
  for (const name of ['cli/emulator', 'cli/hands', 'cli/script_player']) isTold(name, kBecause);
  isTold('cli/script_player', /unknown\(QStringLiteral\("((?:[^"\\]|\\.)*)"/g);
  isTold('cli/emulator', /failed\((?:404|409|500), QStringLiteral\("((?:[^"\\]|\\.)*)"/g);
  isTold('cli/emulator_word', /refusal\(\d+, "([^"]*)"/g);
  isTold('cli/program', /failure\("([^"]*)"/g);
  for (const name of ['control/control', 'phone/remote', 'desk/remote']) isTold(name, /Answer::failed\("([^"]*)"/g);
  const answered = /config\.errorResponse = [^;]*;/.exec(source('cli/emulator_word'))[0];
  for (const [, english] of answered.matchAll(/"([^"]+)"/g)) assert.ok(english in problems, english);
  for (const [english, chinese] of Object.entries(problems)) {
    assert.ok(/\p{Script=Han}/u.test(chinese), english);
    assert.deepEqual([...chinese.matchAll(/%\d/g)].map(String).sort(), [...english.matchAll(/%\d/g)].map(String).sort(), english);
  }
});

test('panel_problemInAProblem_isToldInOneLanguage', () => {
  const nested = 'line 2: the phone, on page home: no such control on this page';
  assert.equal(told(nested, true), 'the phone, on page home: no such control on this page');
  assert.equal(told(nested, false), '手机停在 home 页：这一页没有要点的东西。');
  assert.equal(told('the program, on page scan, could not {"do":"click","name":"x"}: the control is disabled', false), '程序停在 scan 页，做不到 {"do":"click","name":"x"}：现在还不能点。');
  assert.equal(told('the program, on page scan, could not {"do":"scanImage"}: no code of ours in the picture (HF-212)', false), '程序停在 scan 页，做不到 {"do":"scanImage"}：画面里没有我们的二维码（HF-212）。');
  assert.equal(told('the desk says HF-504 instead of HF-201', false), '电脑端显示 HF-504，而不是 HF-201。');
  assert.equal(told('something that nobody has thought of', false), `${texts.otherProblem[0]}something that nobody has thought of`);
});

test('panel_lengthOfTime_isInDaysHoursAndMinutes', () => {
  const minute = 60_000, hour = 60 * minute, day = 24 * hour;
  assert.deepEqual([365 * day, day + hour + minute, 3 * hour, 1000, 366 * day + 5 * minute].map((ms) => lengthOf(ms, true)), ['365 days', '1 day 1 hour 1 minute', '3 hours', '0 minutes', '366 days 5 minutes']);
  assert.equal(lengthOf(365 * day + 3 * hour, false), '365天 3小时');
});

test('panel_text_isThereInBothLanguagesAndAsked', () => {
  const code = ['panel.js', 'panel.html'].map((name) => readFileSync(new URL(`../../app/cli/panel/${name}`, import.meta.url), 'utf8')).join('\n');
  for (const [key, both] of Object.entries(texts)) assert.ok(both.length === 2 && both.every((text) => text !== ''), key);
  for (const [, key] of code.matchAll(/\bt\('([^']+)'\)|data-t="([^"]+)"/g)) if (key) assert.ok(key in texts, key);
});
