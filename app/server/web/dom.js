// Elements, forms and what every page shows. Text comes from the catalogue or from the server, never as markup.
import { Problem, post } from './access.js';
import { supportFoot } from './support.js';
import { minute, otherLanguage, switchLanguage, t } from './text.js';

// What a person gives up is no failure, and nothing is said of it.
export class Stopped extends Error {}

export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'value') element.value = value;
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const button = (key, onclick, kind = '') => h('button', { type: 'button', class: kind, onclick }, t(key));
export const tag = (text, kind = '') => h('span', { class: `tag ${kind}` }, text);
export const note = (text, kind = '') => h('div', { class: `note ${kind}` }, h('p', {}, text));
// A text of the catalogue in several paragraphs, a line each.
export const paragraphs = (text) => text.split('\n').map((line) => h('p', { class: 'small' }, line));
// An agreement in force, to be read where it is accepted.
export const agreement = (one) => h('details', {}, h('summary', {}, t('agreement.read', { name: t(`agreement.${one.id}`), version: one.version })), paragraphs(t(`agreement.${one.id}.text`)));
export const card = (...children) => h('section', { class: 'card' }, ...children);
export const narrow = (...children) => h('section', { class: 'card narrow' }, ...children);
export const heading = (key, leadKey) => [h('h1', {}, t(key)), leadKey ? h('p', { class: 'lead' }, t(leadKey)) : null];

export function show(...children) {
  const main = document.getElementById('main');
  const had = document.activeElement !== document.body;
  main.replaceChildren(...children.flat(Infinity).filter(Boolean));
  // What had the focus is gone: who works by the keyboard goes on at the page's head and not before the navigation.
  const head = main.querySelector('h1, h2');
  if (!had || document.activeElement !== document.body || !head) return;
  head.tabIndex = -1;
  head.focus({ preventScroll: true });
}

// Where a page can log in without leaving what was typed, the message that the session is over brings the button for it.
// way(): that button; null: there is no log-in for who is here.
let logInAgain = () => null;
export function whenTheSessionIsOver(way) {
  logInAgain = way;
}

const kWaits = ['HF-410', 'HF-729']; // not wrong, only not yet there, or there already

export function problemNote(problem) {
  if (!(problem instanceof Problem)) throw problem;
  // To a person at a form, a request that is out of form is a slip in a field.
  if (problem.code === 'HF-100')
    return h('div', { class: 'note bad', role: 'alert', tabindex: '-1' }, h('p', {}, t(problem.fields.length ? 'form.unfit' : 'form.unfit.some'), ' ', h('span', { class: 'code' }, problem.code)));
  const again = problem.code === 'HF-109' ? logInAgain() : null;
  return h('div', { class: kWaits.includes(problem.code) ? 'note' : 'note bad', role: 'alert', tabindex: '-1' },
    h('p', {}, h('strong', {}, problem.title), ' ', problem.code ? h('span', { class: 'code' }, problem.code) : null),
    problem.detail ? h('p', {}, problem.detail) : null,
    again ? h('p', { class: 'row' }, again) : problem.steps.length ? h('ol', {}, problem.steps.map((step) => h('li', {}, step))) : null);
}

// A list of definitions: [key of the catalogue, value] each.
export const facts = (pairs, kind = '') => h('dl', { class: kind }, pairs.map(([key, value]) => [h('dt', {}, t(key)), h('dd', {}, value)]));

// In: keys of the column heads; rows of cells. A cell is a text or an element; {money} stands right, {time} (ms) in one line.
export function table(keys, rows, emptyKey) {
  if (rows.length === 0) return h('p', { class: 'soft' }, t(emptyKey));
  // On a narrow screen a row is a list, and each cell brings its head.
  const head = (i) => (keys[i] ? t(keys[i].replace('>', '')) : '');
  const cell = (value, i) => {
    if (value?.money) return h('td', { class: 'money', 'data-head': head(i) }, value.money);
    if (value?.time) return h('td', { class: 'time', 'data-head': head(i) }, h('span', {}, minute(value.time)));
    const isEmpty = value === '' || value === null || value === undefined || value.money === '';
    return h('td', { class: isEmpty ? 'none' : null, 'data-head': head(i) }, h('span', {}, isEmpty ? '' : value));
  };
  return h('div', { class: 'scroll' }, h('table', {},
    h('thead', {}, h('tr', {}, keys.map((key) => (key.startsWith('>') ? h('th', { class: 'money', scope: 'col' }, t(key.slice(1))) : h('th', { scope: 'col' }, key ? t(key) : ''))))),
    h('tbody', {}, rows.map((row) => h('tr', {}, row.map(cell))))));
}

// A table that grows: the rows of the beginning, and a button for those that follow. next(): a promise of {rows, isLast}; null: these are all.
export function longTable(keys, rows, emptyKey, next) {
  const element = table(keys, rows, emptyKey);
  if (!next) return element;
  const more = actButton('list.more', async () => {
    const { rows: added, isLast } = await next();
    if (added.length) element.querySelector('tbody').append(...table(keys, added, emptyKey).querySelectorAll('tbody tr'));
    if (isLast) more.remove();
  });
  return [element, h('p', {}, more)];
}

// A part of the page that a button somewhere on it has opened: it comes into view, and the keyboard goes on there.
export function bring(part) {
  part.scrollIntoView({ block: 'start' });
  const head = part.querySelector('h2');
  head.tabIndex = -1;
  head.focus({ preventScroll: true });
}

const kRows = 50; // of a long list, at a time
const lookedFor = new Map(); // of which list, by the text of its being empty: {word, made}, as long as the person is on its page

// A table of many: what is looked for is typed above it, and so many rows are made at a time. rowOf(item): its cells; wordsOf(item):
// the text that is looked in.
export function searchTable(keys, items, rowOf, wordsOf, emptyKey, isFresh) {
  if (isFresh || items.length <= kRows) lookedFor.delete(emptyKey);
  const state = lookedFor.get(emptyKey) || { word: '', made: kRows };
  lookedFor.set(emptyKey, state);
  const place = h('div', {});
  const count = h('p', { class: 'hint', 'aria-live': 'polite' });
  const fill = () => {
    const word = state.word.trim().toLowerCase();
    const found = word ? items.filter((item) => wordsOf(item).toLowerCase().includes(word)) : items;
    const next = async () => {
      const rows = found.slice(state.made, state.made + kRows).map(rowOf);
      state.made += kRows;
      return { rows, isLast: state.made >= found.length };
    };
    place.replaceChildren(...[longTable(keys, found.slice(0, state.made).map(rowOf), word ? 'list.nothing' : emptyKey, found.length > state.made ? next : null)].flat());
    count.textContent = t('list.count', { found: found.length, all: items.length });
  };
  fill();
  if (items.length <= kRows) return place;
  const search = field({ name: 'search', label: t('list.search'), type: 'search', value: state.word, oninput: (event) => { Object.assign(state, { word: event.target.value, made: kRows }); fill(); } });
  search.append(count);
  return [search, place];
}

export function steps(keys, current) {
  return h('ol', { class: 'steps' }, keys.map((key, i) => h('li', { class: i < current ? 'done' : '', 'aria-current': i === current ? 'step' : null }, t(key))));
}

// What people paste is brought into form before it is looked at: blanks at either end go, from numbers all of them, from sums the currency and full-width forms, too, and from codes
// those and the small letters. A password stays as it is.
const kClean = { digits: (text) => text.replace(/[\s-]/g, ''), money: (text) => text.normalize('NFKC').replace(/[\s\u00a5\u5143]/g, ''), code: (text) => text.replace(/\s/g, '').toUpperCase() };
function clean(input) {
  if (!['text', 'tel', 'email'].includes(input.type)) return;
  input.value = (kClean[input.dataset.clean] || ((text) => text.trim()))(input.value);
}

// What is wrong with the first of these inputs, in the page's own words.
function faultOf(input) {
  const { valueMissing, rangeUnderflow, rangeOverflow } = input.validity;
  if (valueMissing) return t('form.missing');
  return rangeUnderflow || rangeOverflow ? t('form.range', { least: input.min, most: input.max }) : t('form.unfit');
}

let fields = 0;
// field: {name, label, type, hint, value, options: [[value, text]], required, clean: 'digits' | 'money' | 'code', …attributes}
export function field({ name, label, type = 'text', hint, value, options, clean: way, ...attributes }) {
  const id = `f${++fields}`;
  const hintId = hint ? `${id}h` : null;
  if (type === 'checkbox')
    return h('div', { class: 'choice' }, h('input', { id, name, type, value: value ?? 'on', ...attributes }), h('label', { for: id }, label));
  if (type === 'radio')
    return h('fieldset', {}, h('legend', {}, label), options.map(([one, text], i) =>
      h('div', { class: 'choice' }, h('input', { id: `${id}${i}`, name, type, value: one, checked: one === value, ...attributes }), h('label', { for: `${id}${i}` }, text))));
  const common = { id, name, 'aria-describedby': hintId, 'data-clean': way, pattern: type === 'tel' ? '\\+?[0-9]{5,20}' : null, ...attributes };
  const input = type === 'select' ? h('select', common, options.map(([one, text]) => h('option', { value: one, selected: one === value }, text)))
    : type === 'textarea' ? h('textarea', common, value || '')
    : h('input', { type, value: value ?? '', ...common });
  return h('div', { class: 'field' }, h('label', { for: id }, label), attributes.extra ? h('div', { class: 'with' }, input, attributes.extra) : input, hint ? h('p', { class: 'hint', id: hintId }, hint) : null);
}

// An input with a button beside it.
export function withButton(fieldElement, buttonElement) {
  const input = fieldElement.querySelector('input');
  const box = h('div', { class: 'with' });
  input.replaceWith(box);
  box.append(input, buttonElement);
  return fieldElement;
}

// One input, or the boxes of one name.
function mark(input) {
  for (const one of input instanceof RadioNodeList ? input : [input]) one?.setAttribute('aria-invalid', 'true');
}

// What the page itself finds wrong: said where the server's refusals are said.
export function refuse(element, name, text) {
  mark(element.elements[name]);
  element.firstChild.replaceChildren(h('div', { class: 'note bad', role: 'alert' }, h('p', {}, text)));
  const input = element.elements[name];
  (input instanceof RadioNodeList ? input[0] : input).focus();
}

// What stands in a form now, cleaned.
export function typed(element) {
  for (const input of element.elements) clean(input);
  return Object.fromEntries(new FormData(element));
}

// Another language is another loading of the page. What stands in the forms then is laid aside for that moment, without passwords and
// files, and each form that comes up with the same fields takes its own back.
const kTyped = 'hufu-typed';
const placeNow = () => location.pathname + location.hash;
const isKept = (input) => input.name && !['password', 'file', 'hidden'].includes(input.type);
const namesOf = (element) => [...element.elements].filter((input) => input.name).map((input) => (['radio', 'checkbox'].includes(input.type) ? `${input.name}=${input.value}` : input.name)).join();

function layAside() {
  const forms = [...document.querySelectorAll('form')].map((element) => ({ names: namesOf(element), inputs: [...element.elements].map((input) => (isKept(input) ? { value: input.value, checked: input.checked } : null)) }));
  sessionStorage.setItem(kTyped, JSON.stringify({ place: placeNow(), forms }));
}

function laidAside() {
  const { place, forms } = JSON.parse(sessionStorage.getItem(kTyped) || '{}');
  sessionStorage.removeItem(kTyped);
  return place === placeNow() ? forms : [];
}
const aside = laidAside();

function takeBack(element) {
  const at = aside.findIndex((one) => one.names === namesOf(element));
  if (at < 0) return;
  const [{ inputs }] = aside.splice(at, 1);
  inputs.forEach((kept, i) => {
    const input = element.elements[i];
    if (!kept || !input || (input.value === kept.value && input.checked === kept.checked)) return;
    if (!['radio', 'checkbox'].includes(input.type)) input.value = kept.value;
    input.checked = kept.checked;
    for (const event of ['input', 'change']) input.dispatchEvent(new Event(event, { bubbles: true }));
  });
}

// A form that keeps what was typed: on a refusal only its message is added, and the focus goes there.
// submit(values, form): a promise. Marked is the input that the server names; where it names none, marks = {code: [input names]}.
// kind: of its button; danger for what cannot be taken back.
export function form(children, submitKey, submit, marks = {}, kind = 'main') {
  const place = h('div', { 'aria-live': 'polite' });
  const press = h('button', { type: 'submit', class: kind }, t(submitKey));
  const element = h('form', { novalidate: true, autocomplete: 'off' }, place, children, h('div', { class: 'row' }, press));
  element.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (press.disabled) return;
    for (const input of element.elements) input.removeAttribute('aria-invalid');
    const values = typed(element);
    const missing = [...element.elements].filter((input) => input.name && !input.checkValidity());
    if (missing.length) {
      missing.forEach((input) => input.setAttribute('aria-invalid', 'true'));
      place.replaceChildren(h('div', { class: 'note bad', role: 'alert' }, h('p', {}, faultOf(missing[0]))));
      missing[0].focus();
      return;
    }
    press.disabled = true;
    try {
      place.replaceChildren();
      await submit(values, element);
    } catch (problem) {
      if (problem instanceof Stopped) return;
      const told = problemNote(problem);
      place.replaceChildren(told);
      const named = problem.fields.filter((name) => element.elements[name]);
      for (const name of named.length ? named : marks[problem.code] || []) mark(element.elements[name]);
      told.focus();
    } finally {
      press.disabled = false;
    }
  });
  setTimeout(() => takeBack(element)); // by then the page listens to its fields
  return element;
}

// A button that asks for a code: says how long until the next, and what went wrong.
export function codeButton(send) {
  const press = button('code.send', async () => {
    press.disabled = true;
    press.parentElement.parentElement.querySelector('.note')?.remove();
    try {
      const { resendAfterMs } = await send();
      const end = Date.now() + resendAfterMs;
      const tick = () => {
        const left = Math.ceil((end - Date.now()) / 1000);
        press.textContent = left > 0 ? t('code.wait', { seconds: left }) : t('code.again');
        press.disabled = left > 0;
        if (left > 0) setTimeout(tick, 1000);
      };
      tick();
    } catch (problem) {
      press.disabled = false;
      press.parentElement.parentElement.prepend(problemNote(problem));
    }
  });
  return press;
}

// A button whose act may be refused: the message stands above the place where it is.
export function actButton(key, act, kind = '') {
  const press = button(key, async () => {
    press.disabled = true;
    document.querySelector('#main > .note.act')?.remove();
    try {
      await act();
    } catch (problem) {
      if (problem instanceof Stopped) return;
      const told = problemNote(problem);
      told.classList.add('act');
      document.getElementById('main').prepend(told);
      told.focus();
    } finally {
      press.disabled = false;
    }
  }, kind);
  return press;
}

// For what cannot be taken back: asks once more, and what is near at hand then is the way back. In: question, its text; act(), if it is wanted;
// no(), if it is not.
export function askSure(key, question, act, no = () => {}) {
  let isWanted = false;
  const dialog = h('dialog', { 'aria-label': t(key) }, h('p', {}, question), h('p', { class: 'row' },
    h('button', { type: 'button', autofocus: true, onclick: () => dialog.close() }, t('cancel')),
    actButton(key, async () => { isWanted = true; dialog.close(); await act(); }, 'danger')));
  document.body.append(dialog);
  dialog.addEventListener('close', () => {
    dialog.remove();
    if (!isWanted) no();
  });
  dialog.showModal();
}

// In: values, of the question's text.
export const sureButton = (key, questionKey, act, values = {}) => button(key, () => askSure(key, t(questionKey, values), act), 'danger');

export async function qr(text, labelKey) {
  const { size, path } = await post('/web/v1/qr', { text });
  return drawn(size, path, labelKey);
}

export function drawn(size, path, labelKey) {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  svg.setAttribute('viewBox', `0 0 ${size} ${size}`);
  svg.setAttribute('class', 'qr');
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', t(labelKey));
  svg.setAttribute('shape-rendering', 'crispEdges');
  const dark = document.createElementNS(space, 'path');
  dark.setAttribute('d', path);
  svg.append(dark);
  return svg;
}

// A picture of the server's. Where it cannot be drawn, its name stands there.
export function picture(path, name, kind = '') {
  const image = h('img', { src: path, alt: name, class: kind, draggable: 'false', loading: 'lazy' });
  image.addEventListener('error', () => image.replaceWith(h('span', { class: 'soft' }, name)));
  return image;
}

// What stands on every page.
export function dress(titleKey, tools = []) {
  document.documentElement.lang = t('language.tag');
  document.title = t(titleKey);
  for (const element of document.querySelectorAll('[data-t]')) element.textContent = t(element.dataset.t);
  for (const element of document.querySelectorAll('[data-label]')) element.setAttribute('aria-label', t(element.dataset.label));
  document.getElementById('tools').replaceChildren(
    h('button', { type: 'button', class: 'plain', lang: otherLanguage(), onclick: () => { layAside(); switchLanguage(); } }, t('language.other')), ...tools);
  supportFoot();
}
