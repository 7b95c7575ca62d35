// The tester's panel: every button is one call of the control API (emulator.js).
import { Emulator } from '/emulator.js';
import { texts } from '/panel_text.js';

const kDevices = { '320×640': [320, 640], '360×800': [360, 800], '390×844': [390, 844], '430×932': [430, 932], '800×1280': [800, 1280] };
const emulator = new Emulator(location.origin, location.hash.slice(1));
let english = !navigator.language.startsWith('zh');
let here = null, device = '390×844', lying = false, messages = [], person = '', code = '', speaksEnglish = false;

const t = (key) => texts[key][english ? 1 : 0];
function h(name, settings = {}, ...children) {
  const element = Object.assign(document.createElement(name), settings);
  element.append(...children);
  return element;
}

const needed = () => here || Promise.reject(new Error(t('noPhone')));
const of = (act) => async () => act(await needed());
const create = (more) => async () => { here = (await emulator.create({ ...(person ? { person } : {}), ...more })).name; };
const phone = (name) => emulator.phone(name);
const size = async (one) => { const [w, hgt] = kDevices[device]; await phone(one).act({ do: 'resize', width: lying ? hgt : w, height: lying ? w : hgt }); };
const state = (to) => of((one) => phone(one).network(to));
const operator = (word, more) => of((one) => phone(one).operator(word, more));
const face = (verdict, down = false) => () => emulator.faults({ face: { verdict, down } });

const groups = {
  phone: { select: 'person', create: create({}), createNew: create({ state: 'new' }), tomorrow: create({ expiresInDays: 1 }), kill: of((one) => phone(one).power('kill')), restart: of((one) => phone(one).power('restart')),
    clone: of(async (one) => { here = (await phone(one).clone()).name; }), wipe: of(async (one) => { await phone(one).remove(); here = null; }) },
  person: { field: 'code', scan: of((one) => phone(one).scan({ text: code })), answer: of((one) => phone(one).answer({ text: code })), approve: of((one) => phone(one).approve()), refuse: of((one) => phone(one).refuse()),
    notMine: of((one) => phone(one).refuse({ notMine: true })), wrongPin: of((one) => phone(one).pin('284615')) },
  sms: { inbox: of(async (one) => { messages = await phone(one).messages(); }), smsDown: () => emulator.faults({ sms: { down: true } }), smsLate: () => emulator.faults({ sms: { delayMs: 120000 } }), smsGood: () => emulator.faults({ sms: { down: false, delayMs: 0 } }), list: 'messages' },
  clock: { jump1: () => emulator.jump('1 min'), jump30: () => emulator.jump('30 min'), jump3h: () => emulator.jump('3 h'), jump24h: () => emulator.jump('24 h'), jump1y: () => emulator.jump('365 d') },
  network: { netGood: state('good'), netCut: state('cut'), netSlow: state('slow'), netLose: state('loseNext'), netGarble: state('garbleNext') },
  face: { faceSeen: face(null), faceNotLive: face('notLive'), faceOther: face('otherPerson'), faceDown: face(null, true) },
  server: { serverKill: () => emulator.server('kill'), serverStart: () => emulator.server('start'), serverPause: () => emulator.server('pause'), serverResume: () => emulator.server('resume'),
    freeze: operator('freeze'), unfreeze: operator('unfreeze'), revoke: operator('revoke'), seatOver: operator('renew-seat', { days: 0 }), seatGood: operator('renew-seat') },
  screen: { select: 'device', rotate: of(async (one) => { lying = !lying; await size(one); }), speak: of((one) => { speaksEnglish = !speaksEnglish; return phone(one).act({ do: 'language', value: speaksEnglish ? 'en' : 'zh_CN' }); }) },
};

function say(text, bad = false) {
  document.getElementById('said').textContent = text;
  document.getElementById('said').className = bad ? 'bad' : '';
}

// One act after the other, as the API does them.
async function doIt(key, act) {
  document.querySelectorAll('button').forEach((one) => { one.disabled = true; });
  say(t('working') + t(key));
  try {
    await act();
    say(t('done') + t(key));
  } catch (problem) {
    say(`${t(key)}: ${problem.message}`, true);
  }
  await draw();
}

let people = [];
function choices() {
  const select = h('select', { onchange: (event) => { person = event.target.value; }, ariaLabel: t('person') }, h('option', { value: '' }, '13800138000 张三'),
    ...people.map((one) => h('option', { value: one.phoneNumber, selected: one.phoneNumber === person }, `${one.phoneNumber} ${one.name} · ${one.outcome}`)));
  return h('div', { className: 'row' }, select);
}
function models() {
  const select = h('select', { ariaLabel: t('model'), onchange: (event) => { device = event.target.value; doIt('model', of(size)); } }, ...Object.keys(kDevices).map((one) => h('option', { selected: one === device }, one)));
  return h('div', { className: 'row' }, h('p', {}, t('model.why')), select);
}
function drawGroups() {
  document.getElementById('groups').replaceChildren(...Object.entries(groups).map(([name, acts]) => h('section', {}, h('h2', {}, t(name)), ...Object.entries(acts).map(([key, act]) => {
    if (key === 'select') return act === 'person' ? choices() : models();
    if (key === 'field') return h('div', { className: 'row' }, h('p', {}, t('code.why')), h('input', { value: code, ariaLabel: t('code'), oninput: (event) => { code = event.target.value.trim(); } }));
    if (key === 'list') return h('ol', {}, ...(messages.length ? messages.map((one) => h('li', {}, one.text)) : [h('li', {}, t('none'))]));
    return h('div', { className: 'row' }, h('button', { type: 'button', id: key, onclick: () => doIt(key, act) }, t(key)), h('p', {}, t(`${key}.why`)));
  }))));
}

async function drawPhones() {
  const phones = await emulator.ask('GET', '/phones').then((all) => all.phones);
  if (!phones.some((one) => one.phone === here)) here = phones.length ? phones.at(-1).phone : null;
  document.getElementById('phones').replaceChildren(...phones.map((one) => h('button', { type: 'button', ariaPressed: String(one.phone === here), onclick: () => { here = one.phone; messages = []; draw(); } }, `${one.phone} ${one.person.phoneNumber}`)));
  const seen = phones.find((one) => one.phone === here);
  document.getElementById('page').textContent = seen ? t('pageIs') + (seen.runs ? seen.page : t('off')) : t('noPhone');
  const picture = document.getElementById('picture');
  picture.alt = t('phoneShows');
  picture.hidden = !seen?.runs;
  if (seen?.runs) picture.src = URL.createObjectURL(await phone(here).picture());
}

async function draw() {
  document.documentElement.lang = english ? 'en' : 'zh-CN';
  document.title = t('title');
  document.querySelectorAll('[data-t]').forEach((one) => { one.textContent = t(one.dataset.t); });
  Object.assign(document.getElementById('language'), { textContent: t('other'), disabled: false });
  drawGroups();
  try {
    await drawPhones();
  } catch (problem) {
    say(problem.status === 401 ? t('noAccess') : problem.message, true);
  }
}

document.getElementById('language').onclick = () => { english = !english; draw(); };
await draw();
people = await emulator.people().catch(() => []);
await draw();
