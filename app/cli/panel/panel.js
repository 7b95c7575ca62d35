// The tester's panel: every button is a call of the control API (emulator.js), or a few.
import { Emulator } from '/emulator.js';
import { lengthOf, texts, told } from '/panel_text.js';

const kDevices = { small: [320, 640], usual: [390, 844], large: [430, 932], tablet: [800, 1280] };
const kLookMs = 1500; // at the phone, while nothing else is done
const kFeedMs = 60_000; // a camera that has seen nothing by then is switched off
const kWrongPin = '284615';
const emulator = new Emulator(location.origin, location.hash.slice(1));
let english = !navigator.language.startsWith('zh');
let here = null, device = 'usual', lying = false, person = '', code = '', speaksEnglish = false, busy = false, watching = 0, last = null;

const t = (key) => texts[key][english ? 1 : 0];
// Why something was not done. What this page says itself stands in its language already; a browser tells of a window or of no answer in its own.
const reason = (problem) => (problem.status ? told(problem.message, english) : problem instanceof TypeError ? t('away') : problem instanceof DOMException ? t('notAllowed') : problem.message);
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
function h(name, settings = {}, ...children) {
  const element = Object.assign(document.createElement(name), settings);
  element.append(...children);
  return element;
}

const needed = () => here || Promise.reject(new Error(t('noPhone')));
const of = (act) => async () => act(await needed());
const create = (more) => async () => { here = (await emulator.create({ ...(person ? { person } : {}), ...more })).name; };
const createAt = (more) => async () => {
  const company = prompt(t('createAt.ask'), '江海机电设备有限公司');
  if (!company) throw new Error(t('nothingChosen'));
  here = (await emulator.create({ company, ...more })).name;
};
const phone = (name) => emulator.phone(name);
const size = async (one) => { const [w, hgt] = kDevices[device]; await phone(one).act({ do: 'resize', width: lying ? hgt : w, height: lying ? w : hgt }); };
const state = (to) => of((one) => phone(one).network(to));
const screen = (change) => of((one) => phone(one).screen(change));
const camera = (seen) => of((one) => phone(one).face(seen));
const finger = (found) => of((one) => phone(one).finger(found));
const power = (act) => of((one) => phone(one).power(act));
const operator = (word, more) => of((one) => phone(one).operator(word, more));
let handed = null; // what the operator gave for this phone's person: {phone, key, text}
const given = (word, key, member) => of(async (one) => { handed = { phone: one, key, text: (await phone(one).operator(word))[member] }; });
const face = (verdict, down = false) => () => emulator.faults({ face: { verdict, down } });
const play = (...lines) => of((one) => phone(one).play(lines));

const numberOf = (key) => Number(prompt(t(`${key}.ask`), '3')) || 0;
async function wrongPins(one) {
  const count = numberOf('wrongPins');
  if (!Number.isInteger(count) || count < 1 || count > 30) throw new Error(t('noNumber'));
  for (let typed = 1; typed <= count; typed++) { // each takes its time, and an answer is not waited for that long
    await phone(one).play([{ wrongPins: 1 }]);
    say(`${t('working')}${t('wrongPins')} ${typed}/${count}`);
  }
}
async function ofAState(act, known) {
  const name = prompt(known ? `${t('stateLoad.ask')} ${(await emulator.states()).join(', ')}` : t('stateSave.ask'), 'a');
  if (!name) throw new Error(t('nothingChosen'));
  await act(name);
}

// --- the camera: pictures one after the other, until one is a code of ours ---

async function look(frames) {
  const one = await needed();
  const mine = ++watching, until = Date.now() + kFeedMs;
  for await (const frame of frames) {
    if (mine !== watching || Date.now() > until) break;
    try {
      await phone(one).scan(frame);
      last = frame;
      return;
    } catch (problem) {
      if (!problem.message.includes('no code of ours')) throw problem;
    }
    await drawPhones();
  }
  throw new Error(t('nothingSeen'));
}
const pictures = async function* pictures(files) {
  const sorted = [...files].filter((one) => one.type.startsWith('image/')).sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
  for (const file of sorted) yield new Uint8Array(await file.arrayBuffer());
};
const shownWindow = async function* shownWindow() {
  const stream = await navigator.mediaDevices.getDisplayMedia({ video: true });
  const video = h('video', { srcObject: stream, muted: true });
  try {
    await video.play();
    for (;; await pause(300)) {
      const canvas = h('canvas', { width: video.videoWidth, height: video.videoHeight });
      canvas.getContext('2d').drawImage(video, 0, 0);
      yield { image: canvas.toDataURL('image/png').split(',')[1] };
    }
  } finally {
    stream.getTracks().forEach((track) => track.stop());
  }
};
const chosen = (settings) => new Promise((done, failed) => {
  const input = h('input', { type: 'file', accept: 'image/*', ...settings, onchange: () => done(look(pictures(input.files))), oncancel: () => failed(new Error(t('nothingChosen'))) });
  input.click();
});
const again = () => (last ? look([last]) : Promise.reject(new Error(t('nothingYet'))));

const groups = {
  phone: { select: 'person', create: create({}), createNew: create({ state: 'new' }), unfinished: create({ state: 'unfinished' }), renewed: create({ state: 'renewed' }), tomorrow: create({ expiresInDays: 1 }), expired: create({ expiresInDays: 0 }), createAt: createAt({}), withBids: create({ bids: 3, opensInHours: 2 }), several: create({ shields: [{ company: '江海机电设备有限公司' }] }), kill: power('kill'), restart: power('restart'), fill: power('fill'), free: power('free'),
    clone: of(async (one) => { here = (await phone(one).clone()).name; }), wipe: of(async (one) => { await phone(one).remove(); here = null; }) },
  camera: { field: 'code', scan: of(async () => look([{ text: code }])), cameraDesk: play({ scan: 'desk' }), cameraWindow: () => look(shownWindow()), cameraFile: () => chosen({}), cameraFolder: () => chosen({ webkitdirectory: true, multiple: true }),
    stale: play({ photo: 'panel.png' }, { wait: 5000 }, { scan: 'panel.png' }), replay: again, foreign: play({ draw: 'panel.png' }, { scan: 'panel.png' }) },
  person: { deskEnrol: play({ desk: { do: 'enrol', name: 'Hufu 测试电脑' } }), deskLogIn: play({ desk: { do: 'login' } }), deskKill: play({ desk: 'kill' }), deskStart: play({ desk: 'start' }), answer: of((one) => phone(one).answer({ text: code })), approve: of((one) => phone(one).approve()), refuse: of((one) => phone(one).refuse()),
    notMine: of((one) => phone(one).refuse({ notMine: true })), smsCode: play({ sms: 'type' }), smsWrong: play({ sms: 'wrong' }), rightPin: play({ pin: '739154' }), wrongPin: of((one) => phone(one).pin(kWrongPin)), wrongPins: of(wrongPins) },
  sms: { smsDown: () => emulator.faults({ sms: { down: true } }), smsLate: () => emulator.faults({ sms: { delayMs: 120000 } }), smsGood: () => emulator.faults({ sms: { down: false, delayMs: 0 } }) },
  clock: { jump1: () => emulator.jump('1 min'), jump5: () => emulator.jump('5 min'), jump30: () => emulator.jump('30 min'), jump3h: () => emulator.jump('3 h'), jump24h: () => emulator.jump('24 h'), jump1y: () => emulator.jump('1 y') },
  network: { netGood: state('good'), netCut: state('cut'), netSlow: state('slow'), netLose: state('loseNext'), netGarble: state('garbleNext') },
  finger: { fingerSeen: finger('recognised'), fingerRefused: finger('refused'), fingerChanged: finger('changed'), fingerAbsent: finger('absent') },
  face: { cameraLive: camera('live'), cameraPhoto: camera('photograph'), cameraOther: camera('other'), faceSeen: face(null), faceNotLive: face('notLive'), faceOther: face('otherPerson'), faceDown: face(null, true) },
  server: { serverKill: () => emulator.server('kill'), serverStart: () => emulator.server('start'), serverPause: () => emulator.server('pause'), serverResume: () => emulator.server('resume'),
    stateSave: () => ofAState((name) => emulator.save(name)), stateLoad: () => ofAState((name) => emulator.load(name), true),
    serverFill: () => emulator.server('fill'), serverFree: () => emulator.server('free') },
  operator: { freeze: operator('freeze'), unfreeze: operator('unfreeze'), revoke: operator('revoke'), seatOver: operator('renew-seat', { days: 0 }), seatGood: operator('renew-seat'),
    recover: given('recover', 'handed.code', 'code'), nextGrant: given('next-grant', 'handed.link', 'activation') },
  screen: { select: 'device', rotate: of(async (one) => { lying = !lying; await size(one); }), speak: of((one) => { speaksEnglish = !speaksEnglish; return phone(one).act({ do: 'language', value: speaksEnglish ? 'en' : 'zh_CN' }); }),
    picturesForbidden: screen({ pictures: false }), picturesAllowed: screen({ pictures: true }), recorderOn: screen({ recorded: true }), recorderOff: screen({ recorded: false }) },
};
const kNeedTheDesk = new Set(['cameraDesk', 'stale', 'deskEnrol', 'deskLogIn', 'wrongPins']);

function say(text, bad = false) {
  document.getElementById('said').textContent = text;
  document.getElementById('said').className = bad ? 'bad' : '';
}

// One act after the other, as the API does them.
async function doIt(key, act) {
  busy = true;
  watching++;
  document.querySelectorAll('#groups button').forEach((one) => { one.disabled = true; });
  say(t('working') + t(key));
  await looking;
  try {
    await act();
    say(t('done') + t(key));
  } catch (problem) {
    const why = !kNeedTheDesk.has(key) ? null : /the desk does not run|need a phone and a desk/.test(problem.message) ? 'noDesk' : problem.message.includes('the desk shows no code') ? 'noCode' : null;
    say(`${t(key)}: ${why ? t(why) : reason(problem)}`, true);
  }
  busy = false;
  await draw();
}

let people = [];
function choices() {
  const select = h('select', { onchange: (event) => { person = event.target.value; }, ariaLabel: t('person.choice') }, h('option', { value: '' }, '13800138000 张三'),
    ...people.map((one) => h('option', { value: one.phoneNumber, selected: one.phoneNumber === person }, `${one.phoneNumber} ${one.name} · ${texts[`outcome.${one.outcome}`] ? t(`outcome.${one.outcome}`) : one.outcome}`)));
  return h('div', { className: 'row' }, h('p', { className: 'wide' }, t('person.why')), select);
}
function models() {
  const select = h('select', { ariaLabel: t('model'), onchange: (event) => { device = event.target.value; doIt('model', of(size)); } },
    ...Object.entries(kDevices).map(([one, [w, hgt]]) => h('option', { value: one, selected: one === device }, `${t(`device.${one}`)} ${w}×${hgt}`)));
  return h('div', { className: 'row' }, h('p', { className: 'wide' }, t('model.why')), select);
}
function drawGroups() {
  document.getElementById('groups').replaceChildren(...Object.entries(groups).map(([name, acts]) => h('section', {}, h('h2', {}, t(name)), ...Object.entries(acts).map(([key, act]) => {
    if (key === 'select') return act === 'person' ? choices() : models();
    if (key === 'field') return h('div', { className: 'row' }, h('p', { className: 'wide' }, t('code.why')), h('input', { value: code, ariaLabel: t('code'), oninput: (event) => { code = event.target.value.trimStart(); } }));
    return h('div', { className: 'row' }, h('button', { type: 'button', id: key, onclick: () => doIt(key, act) }, t(key)), h('p', {}, t(`${key}.why`)));
  }))));
}

// --- the phone: what it shows, what is in its shade; touched and typed on ---

const when = (ms) => new Date(ms).toLocaleString(english ? 'en-GB' : 'zh-CN');

// What stands there already stays: a look each 1.5 s takes no selection away, and has nothing read out again.
function drawAnew(id, ...parts) {
  const place = document.getElementById(id);
  const anew = h('div', {}, ...parts);
  if (place.textContent !== anew.textContent) place.replaceChildren(...anew.childNodes);
}

async function drawInbox() {
  const all = here ? await phone(here).messages() : [];
  drawAnew('inbox', ...(all.length ? all.map((one) => h('li', {}, h('time', { dateTime: new Date(one.arrivedMs).toISOString() }, when(one.arrivedMs)), ` ${one.text}`)) : [h('li', {}, t('inbox.none'))]));
}
async function drawShade(runs) {
  const all = runs ? await phone(here).notifications() : [];
  document.getElementById('shade').replaceChildren(...(all.length ? all.slice(0, 4).map((one) => h('li', { className: one.kind }, ['opening', 'certificate'].includes(one.kind) ? `${t(one.kind)}${when(one.atMs)} · ${one.text}` : one.text)) : [h('li', {}, t('none'))]));
}
async function drawPhones() {
  const { phones, server } = await emulator.ask('GET', '/phones');
  if (!phones.some((one) => one.phone === here)) here = phones.length ? phones.at(-1).phone : null;
  document.getElementById('phones').replaceChildren(...phones.map((one) => h('button', { type: 'button', ariaPressed: String(one.phone === here), onclick: () => { here = one.phone; draw(); } }, `${one.phone} ${one.person.phoneNumber}`)));
  document.getElementById('links').replaceChildren(...['console', 'portal', 'outside'].map((name) => h('a', { href: `${server}/${name}`, target: '_blank', rel: 'noopener' }, t(`link.${name}`))));
  const seen = phones.find((one) => one.phone === here);
  document.getElementById('page').textContent = seen ? t('pageIs') + (seen.runs ? seen.page : t('off')) : t('noPhone');
  const picture = document.getElementById('picture');
  picture.alt = t('phoneShows');
  picture.hidden = !seen?.runs;
  if (seen?.runs) {
    URL.revokeObjectURL(picture.src);
    picture.src = URL.createObjectURL(await phone(here).picture());
  }
  const glass = seen?.runs ? await phone(here).screen() : {};
  document.getElementById('glass').textContent = glass.blank ? t('glass.blank') : glass.forbids ? t('glass.forbids') : '';
  await drawShade(seen?.runs);
  drawAnew('handed', ...(handed && handed.phone === here ? [t(handed.key), h('code', {}, handed.text)] : []));
  const { unixMs, aheadMs } = await emulator.clock().catch(() => ({}));
  if (unixMs) await drawInbox(); // the server knows them
  document.getElementById('now').textContent = !unixMs ? t('serverAway') : `${t('clockIs')}${when(unixMs)}${aheadMs ? ` (${t('ahead')} ${lengthOf(aheadMs, english)})` : ''}`;
}
const touched = (act) => async (event) => {
  if (!here || busy) return;
  event.preventDefault();
  busy = true;
  await act(event).catch((problem) => say(reason(problem), true));
  busy = false;
  await watch();
};
const picture = document.getElementById('picture');
picture.onclick = touched(({ offsetX, offsetY }) => phone(here).tap(offsetX / picture.clientWidth, offsetY / picture.clientHeight));
let typing = Promise.resolve(); // one key behind the other, however fast they come
picture.onkeydown = (event) => {
  const text = { Backspace: '\b', Enter: '\n' }[event.key] || (event.key.length === 1 && !event.ctrlKey && !event.metaKey ? event.key : '');
  if (!text || !here) return;
  event.preventDefault();
  typing = typing.then(() => phone(here).keys(text)).catch((problem) => say(reason(problem), true)).then(watch);
};

let looking = Promise.resolve(); // what an act waits for, lest the phone be gone in the middle of a look
const watch = () => (looking = looking.then(lookOnce)); // two at a time would wait for each other's picture in the browser's cache
async function lookOnce() {
  try {
    await drawPhones();
  } catch (problem) {
    if (problem.status === 401) say(t('noAccess'), true);
    else document.getElementById('page').textContent = reason(problem); // what an act has said stays
  }
}
async function draw() {
  document.documentElement.lang = english ? 'en' : 'zh-CN';
  document.title = t('title');
  document.querySelectorAll('[data-t]').forEach((one) => { one.textContent = t(one.dataset.t); });
  Object.assign(document.getElementById('language'), { textContent: t('other') });
  drawGroups();
  await watch();
}

document.getElementById('language').onclick = () => { english = !english; say(''); draw(); };
await draw();
people = await emulator.people().catch(() => []);
await draw();
for (;;) {
  await pause(kLookMs);
  if (!busy && !document.hidden) await watch();
}
