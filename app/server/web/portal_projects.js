// The demo portal's bidding: projects with their opening hours, bids handed in, and the opening. Sealing and opening are begun here
// and done in the desk's window (hufu.js); what is uploaded the person chooses.
import { ask, get, getPiece, newKey, patiently, post, postOnce, Problem } from './access.js';
import { actButton, askSure, button, facts, field, form, h, heading, narrow, note, problemNote, refuse, show, Stopped, sureButton, table, tag } from './dom.js';
import { browserPermission, connect, findDesk, HufuTrouble } from './hufu.js';
import { isChinese, language, minute, second, t } from './text.js';

const kDayMs = 86400000;
let desk = null; // once the person has let this page use it
let computers = []; // of the person, as the portal knows them
let clockOffset = 0; // the portal's clock less what has passed since this page was loaded, which nobody sets
let comeBack = () => {}; // the log-in, once the visit is over

const kLookMs = 4 * 60000; // a visit ends 30 min after its last request
const now = () => performance.now() + clockOffset;
function size(bytes) {
  if (bytes < 1024 ** 2) return t('size.kib', { n: Math.ceil(bytes / 1024) });
  return bytes < 1024 ** 3 ? t('size.mib', { n: (bytes / 1024 ** 2).toFixed(1) }) : t('size.gib', { n: (bytes / 1024 ** 3).toFixed(2) });
}
const digest = (hex) => h('span', { class: 'code' }, hex.replace(/(.{8})(?=.)/g, '$1 '));

function countdown(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (n) => String(n).padStart(2, '0');
  const rest = `${two(Math.floor(seconds / 3600) % 24)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  const days = Math.floor(seconds / 86400);
  if (days === 0) return rest;
  return days === 1 ? t('bidding.day', { rest }) : t('bidding.days', { days, rest });
}

// The portal's clock, and how long until the opening. atOpening is called once, and so is atLastDay, if that begins meanwhile. As long as
// somebody sees it the portal is asked for its time now and then, which keeps the visit, too; and at once after this computer has slept.
function clock(project, atOpening, atLastDay) {
  const time = h('strong', { class: 'clock' });
  const left = h('span', { class: 'soft' });
  const { openingMs } = project;
  let was = !project.opened; // as the portal said
  let isFar = now() < openingMs - kDayMs;
  let lookAt = performance.now() + kLookMs;
  const ahead = () => Date.now() - performance.now(); // what a sleep, or whoever sets the clock, changes
  let wasAhead = ahead();
  const look = async () => {
    try {
      await fetchKeepingTime(`/portal/v1/projects/${project.id}`);
    } catch (problem) {
      if (problem.status === 401 && time.isConnected) comeBack();
      lookAt = performance.now() + 30000;
    }
  };
  const tick = () => {
    if (!time.isConnected) return;
    time.textContent = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' }).format(now());
    left.textContent = now() < openingMs ? t('bidding.left', { time: countdown(openingMs - now()) }) : t('bidding.opened');
    if (was && now() >= openingMs) {
      was = false;
      setTimeout(() => time.isConnected && atOpening(), 500);
    }
    if (isFar && now() >= openingMs - kDayMs) {
      isFar = false;
      atLastDay();
    }
    const hasSlept = Math.abs(ahead() - wasAhead) > 2000;
    if (hasSlept || (performance.now() >= lookAt && document.visibilityState === 'visible')) {
      wasAhead = ahead();
      lookAt = performance.now() + kLookMs;
      look();
    }
    setTimeout(tick, 1000 - (now() % 1000));
  };
  setTimeout(tick);
  return h('div', { class: 'card narrow', role: 'timer' }, h('p', {}, t('bidding.clock')), h('p', {}, time), h('p', {}, left));
}

async function fetchKeepingTime(path) {
  const asked = performance.now();
  const answer = await get(path);
  clockOffset = answer.nowMs - (asked + performance.now()) / 2;
  return answer;
}

// --- what goes on while the page turns ---------------------------------------------------------------------------------------

const news = new Map(); // of each project: a part of its page that stays when the rest is made anew
function newsOf(id) {
  if (!news.has(id)) news.set(id, h('div', { 'aria-live': 'polite' }));
  return news.get(id);
}

// Says how something stands: in its place, and where the page has turned meanwhile, in the project's news.
function teller(id, place) {
  const line = h('div', {});
  return (...told) => {
    if (place.isConnected) return place.replaceChildren(...told);
    line.replaceChildren(...told);
    if (!line.isConnected) newsOf(id).append(line);
  };
}

const isHere = (id) => location.hash === `#/projects/${id}`;

// The page as it is by now. Where the portal does not answer it is asked until it does, as long as somebody looks at this page.
async function showAnew(id, wait = () => {}, isTurn = false) {
  try {
    await patiently(() => showProject(id, isTurn), () => isHere(id), wait);
  } catch (problem) {
    if (!isHere(id)) return;
    if (problem.status !== 401) throw problem;
    await comeBack();
  }
}

// After something was done: it is done, whether or not the page can be made anew.
async function showDone(id, words) {
  if (!isHere(id)) return;
  try {
    await showAnew(id);
  } catch (problem) {
    newsOf(id).replaceChildren(note(words, 'good'), problemNote(problem));
  }
}

// The opening hour has come.
async function turn(id, state) {
  try {
    await showAnew(id, () => state.replaceChildren(note(t('bidding.turning'), 'warn')), true);
  } catch (problem) {
    state.replaceChildren(problemNote(problem));
  }
}

// --- the desk of this computer ---------------------------------------------------------------------------------------------

const kQuietS = 30; // how long a desk is quiet that does not say it itself
const waitText = (seconds) => (seconds < 100 ? t('desk.seconds', { n: seconds }) : t('desk.minutes', { n: Math.ceil(seconds / 60) }));

function deskTrouble(trouble) {
  if (!(trouble instanceof HufuTrouble)) return problemNote(trouble);
  if (trouble.reason === 'failed' && trouble.problem) return problemNote(new Problem(0, trouble.problem)); // it says itself what to do
  return h('div', { class: 'note bad', role: 'alert' }, h('p', {}, t(`desk.trouble.${trouble.reason}`, { time: waitText(trouble.seconds ?? kQuietS) }), ' ', trouble.code ? h('span', { class: 'code' }, trouble.code) : null),
    trouble.reason === 'notFound' ? h('p', {}, h('a', { href: '#/client' }, t('desk.get'))) : null);
}

// What a code means; an older desk gives the code alone.
const codeNote = (one) => (one.problem ? problemNote(new Problem(0, one.problem)) : h('p', { class: 'code' }, one.code));

// How an act goes; of one that has failed: why, what to do, and where it is tried again.
function actWords(one) {
  if (one.percent !== undefined) return [note(t('desk.percent', { percent: one.percent }))];
  return [note(t(one.state === 'failed' && one.over ? 'desk.failed.over' : `desk.state.${one.state}`)), ...(one.code ? [codeNote(one)] : [])];
}

// tell says how the act goes; look() says anew of this computer what is known once its desk has let the page in.
async function withDesk(tell, look, act) {
  try {
    const mine = await connectDesk(tell);
    look();
    const done = await act(mine, (one) => tell(...actWords(one)));
    if (done.state === 'done') {
      tell(note(t(`desk.done.${done.act}`), 'good'), h('ul', {}, done.files.map((file) => h('li', {}, file.name, file.code ? codeNote(file) : null))));
    }
  } catch (trouble) {
    if (trouble instanceof HufuTrouble && trouble.reason !== 'busy') desk = null;
    tell(deskTrouble(trouble));
  }
}

// Whether this computer opens each of these envelopes now. In: bids, one's own that are shut. What is kept of this computer is said of
// all of one's own, whichever page has looked. mine: the desk, which may be given up meanwhile.
async function lookAt(mine, bids) {
  const list = await get('/portal/v1/projects').catch(() => null);
  const all = list ? shutOf(list.projects) : [];
  const keysOf = (bid) => (bid.readers || []).join(',');
  const status = await mine.status();
  const answers = new Map();
  for (const keys of new Set([...bids, ...all].map(keysOf).filter(Boolean))) answers.set(keys, await mine.status({ keys: keys.split(',') }));
  const worst = (some) => some.map((bid) => answers.get(keysOf(bid))).find((one) => one && !one.canOpen) ?? status;
  const kept = list && status.computer && status.serverReached && await ask('PUT', `/portal/v1/computers/${status.computer.id}`, { name: status.computer.name, canOpen: worst(all).canOpen }).catch(() => null);
  if (kept) computers = kept.computers;
  return worst(bids);
}

// Which of one's computers are ready, as far as a page on them has looked.
function showComputers() {
  const place = document.getElementById('computers');
  if (!place) return;
  const forget = (one) => actButton('computers.forget', async () => { await ask('DELETE', `/portal/v1/computers/${one.id}`); computers = computers.filter((other) => other.id !== one.id); showComputers(); }, 'plain');
  place.replaceChildren(h('h2', {}, t('computers')), h('p', { class: 'soft' }, t('computers.lead')),
    table(['computers.name', 'state', 'computers.seen', ''], computers.map((one) => [one.name, tag(t(one.canOpen ? 'computers.ready' : 'computers.notReady'), one.canOpen ? 'good' : 'bad'), minute(one.seenMs), forget(one)]), 'computers.none'));
}

async function computersPart() {
  ({ computers } = await get('/portal/v1/computers'));
  setTimeout(showComputers);
  return h('section', { id: 'computers' });
}

// Is this computer ready? Asks nobody anything by itself: where the browser would ask the person first, there is a button for it.
// In: bids, one's own and colleagues', that are shut. isUrgent: say what is missing.
async function deskState(place, isUrgent, bids = []) {
  const check = () => actButton('desk.check', () => checkDesk(place, isUrgent, bids), 'main');
  const cannot = (key) => place.replaceChildren(note(t(key), 'bad'), check());
  try {
    const isUnasked = !desk && (await browserPermission()) === 'prompt';
    if (isUnasked) return place.replaceChildren(isUrgent ? note(t('desk.unasked'), 'warn') : tag(t('desk.unknown')), ' ', actButton('desk.check', () => checkDesk(place, isUrgent, bids), isUrgent ? 'main' : 'plain'));
    if (!desk) {
      const found = await findDesk();
      if (found && (await found.access()) === 'allowed') desk = found;
    }
    const status = desk ? await lookAt(desk, bids) : null;
    showComputers();
    if (status?.canOpen) place.replaceChildren(tag(t('desk.ready'), 'good'));
    else if (isUrgent && status?.problem) place.replaceChildren(h('p', {}, t('desk.cannot')), problemNote(new Problem(0, status.problem)), check()); // the desk knows why
    else if (isUrgent) cannot(!status ? 'desk.cannot.noDesk' : !status.enrolled ? 'desk.cannot.notEnrolled' : !status.serverReached ? 'desk.cannot.noServer' : 'desk.cannot.noKey');
    else place.replaceChildren(tag(t(status ? 'desk.connected' : 'desk.unknown')));
  } catch (trouble) {
    desk = null;
    if (isUrgent) cannot('desk.cannot.noDesk');
    else place.replaceChildren();
  }
}

async function connectDesk(tell) {
  // The person may have removed this site meanwhile, and is asked again; or the desk has ended, and another is looked for.
  if (desk && (await desk.access().catch(() => null)) !== 'allowed') desk = null;
  desk ??= await connect({
    onPrompt: (words) => tell(note(words[isChinese ? 'zh' : 'en'], 'warn')),
    onQuestion: () => tell(note(t('desk.question'))),
  });
  return desk;
}

async function checkDesk(place, isUrgent, bids) {
  try {
    await connectDesk((...told) => place.replaceChildren(...told));
    await deskState(place, isUrgent, bids);
  } catch (trouble) {
    place.replaceChildren(deskTrouble(trouble));
  }
}

// --- uploads ---------------------------------------------------------------------------------------------------------------

const kTryMs = 5 * 60000; // 10 min without a piece end an upload
const kTurnMs = 30 * 60000; // the portal judges few at once; the hour at which it was handed in stands meanwhile
const kPieceLeast = 64 * 1024;
const kWholeInARow = 4; // pieces that arrive before larger ones are tried again
const begun = new WeakMap(); // of a file: what for, how it was then, and the path of its upload, which goes on where it stood

// What a browser answers for a file that was written to, moved or deleted since it was chosen: until it is chosen anew it stays unreadable.
class FileChanged extends Error {}

// Read before it is sent: a request whose body cannot be read looks like one without an answer. was: size and time of the file when its upload began.
async function pieceOf(file, offset, most, was) {
  const end = Math.min(offset + most, file.size);
  const piece = await file.slice(offset, end).arrayBuffer().catch(() => null);
  if (!piece || piece.byteLength !== end - offset || file.size !== was.size || file.lastModified !== was.lastModified) throw new FileChanged();
  return new Blob([piece]);
}

// In pieces, each once more where it was cut off, and smaller where nothing was answered, since a bad line may carry no large one, or the portal was away for a moment; from the beginning, where the portal has it no longer.
// signal stops all but the last request: whether that was taken only its answer tells. Returns: the bid.
async function upload(project, file, more, progress, wait, signal) {
  const what = JSON.stringify([project.id, more]);
  const key = newKey();
  const tried = (act) => patiently(act, (ms) => ms < kTryMs, wait, signal);
  const received = async (path) => (await tried(() => get(path, signal))).received;
  const begin = async () => {
    const was = { size: file.size, lastModified: file.lastModified };
    const { upload: id, pieceMost } = await patiently(() => postOnce(`/portal/v1/projects/${project.id}/uploads`, { size: file.size, ...more }, key, signal), (ms) => ms < 15000, wait, signal);
    return { what, was, pieceMost, piece: pieceMost, wholeInARow: 0, path: `/portal/v1/uploads/${id}` };
  };
  const attempt = async () => {
    let offset = 0;
    if (begun.get(file)?.what === what) offset = await received(begun.get(file).path);
    else begun.set(file, await begin());
    const going = begun.get(file), { path, was } = going;
    while (offset < was.size) {
      offset = await tried(async () => {
        const piece = await pieceOf(file, offset, going.piece, was);
        try {
          return (await ask('PUT', `${path}/${offset}`, piece, {}, signal)).received;
        } catch (problem) {
          if (problem.status === 0) {
            going.piece = Math.min(going.piece, Math.max(kPieceLeast, Math.floor(going.piece / 2)));
            going.wholeInARow = 0;
          }
          if (problem.status !== 409) throw problem;
          return (await get(path, signal)).received; // it had arrived, and the answer was lost
        }
      });
      if (++going.wholeInARow % kWholeInARow === 0) going.piece = Math.min(going.pieceMost, going.piece * 2);
      progress(Math.floor((offset * 100) / was.size));
    }
    return patiently(() => post(path, {}), (ms, problem) => ms < (problem.status === 503 ? kTurnMs : kTryMs), wait, signal);
  };
  for (;;) {
    const wasBegun = begun.get(file)?.what === what;
    try {
      const taken = await attempt();
      begun.delete(file);
      return taken;
    } catch (problem) {
      if (problem instanceof FileChanged || [400, 404, 409, 413, 422].includes(problem.status)) begun.delete(file); // refused, or gone
      if (problem.status !== 404 || !wasBegun) throw problem;
    }
  }
}

// What the portal would refuse after the whole upload, and a page sees at once. In: kind, one of kKinds; null: any. Returns: the key of what is wrong.
const kKinds = {
  '.hufu': { isSo: (head) => head.startsWith('HUFU-ENV'), elseKey: 'bidding.noEnvelope' },
  '.pdf': { isSo: (head) => head.includes('%PDF-'), elseKey: 'bidding.noPdf' },
};
async function unfit(file, kind) {
  if (file.size === 0) return 'bidding.empty';
  if (!kind) return null;
  const head = await file.slice(0, 1024).arrayBuffer().catch(() => null); // what cannot be read is told by the upload
  return !head || kKinds[kind].isSo(String.fromCharCode(...new Uint8Array(head))) ? null : kKinds[kind].elseKey;
}

// In: more, told with the upload; of a file where it is a function. isSure(values), whether the person means it.
function uploadForm(project, labelKey, submitKey, accept, more, extra = [], isSure = async () => true) {
  const bar = h('progress', { max: '100', value: '0', hidden: true, 'aria-label': t('bidding.progress') });
  let stopper = null; // of the upload under way
  const stop = h('button', { type: 'button', hidden: true, onclick: () => stopper.abort(new Stopped()) }, t('bidding.stop'));
  const said = h('div', { 'aria-live': 'polite' });
  return [form([field({ name: 'file', label: t(labelKey), type: 'file', accept, required: true }), ...extra], submitKey, async (values, element) => {
    if (values.file.size > project.fileMost) return refuse(element, 'file', t('bidding.tooLarge', { size: size(values.file.size), most: size(project.fileMost) }));
    const file = element.elements.file.files[0]; // the same one each time that the button is pressed
    const wrong = await unfit(file, accept);
    if (wrong) return refuse(element, 'file', t(wrong));
    if (!(await isSure(values))) return;
    newsOf(project.id).replaceChildren(); // what goes on comes back with its next word
    stopper = new AbortController();
    const { signal } = stopper;
    bar.hidden = stop.hidden = false;
    const { file: { name }, ...rest } = values;
    const extras = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== '')); // what was left empty is not told
    const tell = teller(project.id, said);
    const goOn = () => { if (signal.aborted) throw signal.reason; };
    const progress = (percent) => {
      goOn();
      bar.value = percent;
      if (said.isConnected) said.replaceChildren();
      else tell(note(t('bidding.uploading', { name, percent })));
    };
    try {
      await upload(project, file, { ...(typeof more === 'function' ? more(file) : more), ...extras }, progress, () => { goOn(); tell(note(t('bidding.waiting'), 'warn')); }, signal);
    } catch (problem) {
      said.replaceChildren();
      if (problem === signal.reason) return tell(note(t('bidding.stopped', { name }), 'warn'));
      if (problem instanceof FileChanged) {
        if (!said.isConnected) return tell(note(t('bidding.fileChanged', { name }), 'bad'));
        element.elements.file.value = ''; // chosen anew it is read anew
        return refuse(element, 'file', t('bidding.fileChanged', { name }));
      }
      if (said.isConnected) throw problem;
      return tell(h('p', {}, t('bidding.notUploaded', { name })), problemNote(problem));
    } finally {
      bar.hidden = stop.hidden = true;
    }
    if (!said.isConnected) tell(note(t('bidding.uploaded', { name }), 'good'));
    await showDone(project.id, t('bidding.uploaded', { name }));
  }), said, bar, stop];
}

// --- pages -----------------------------------------------------------------------------------------------------------------

async function showList() {
  news.clear(); // what went on when one was last there is told; what goes on says so again
  const { projects } = await fetchKeepingTime('/portal/v1/projects');
  const state = h('div', { 'aria-live': 'polite' });
  const mine = await computersPart();
  show(heading('bidding.projects', 'bidding.lead'), state,
    table(['bidding.number', 'bidding.name', 'bidding.opening', 'state', '>bidding.bids'], projects.map((one) => [
      one.number, h('a', { href: `#/projects/${one.id}` }, one.name), minute(one.openingMs),
      tag(t(one.opened ? 'bidding.isOpened' : 'bidding.isOpen'), one.opened ? '' : 'good'), { money: String(one.bids) }]), 'bidding.none'),
    narrow(h('h2', {}, t('bidding.publish')), h('p', {}, t('bidding.publish.lead')), form([
      field({ name: 'number', label: t('bidding.number'), required: true, maxlength: '60' }),
      field({ name: 'name', label: t('bidding.name'), required: true, maxlength: '120' }),
      field({ name: 'opening', label: t('bidding.opening'), type: 'datetime-local', step: '1', required: true }),
    ], 'bidding.publish', async ({ number, name, opening }, element) => {
      const openingMs = new Date(opening).getTime();
      if (openingMs <= now()) return refuse(element, 'opening', t('bidding.publish.over'));
      const { id } = await post('/portal/v1/projects', { number, name, openingMs });
      location.hash = `#/projects/${id}`;
    }, { 'HF-100': ['number', 'name', 'opening'], 'HF-618': ['opening'], 'HF-905': ['number'] })), mine);
  deskState(state, isDue(projects), shutOf(projects));
}

// Is there a bid of one's own to open within the day, or one whose hour has come?
const isDue = (projects) => projects.some((one) => one.shut.length > 0 && one.openingMs - now() < kDayMs);
const shutOf = (projects) => projects.flatMap((one) => one.shut.map((readers) => ({ readers })));

// Asked as soon as one has logged in: whether this computer is ready.
export function deskPart() {
  const state = h('div', { 'aria-live': 'polite' });
  setTimeout(async () => {
    const { projects } = await fetchKeepingTime('/portal/v1/projects').catch(() => ({ projects: [] }));
    await deskState(state, isDue(projects), shutOf(projects));
  });
  return state;
}

function save(blob, name) {
  const link = h('a', { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

function saveReceipt(receipt, id, receiptKey) {
  save(new Blob([JSON.stringify({ ...receipt, publicKey: receiptKey }, null, 1)], { type: 'application/json' }), `receipt-${id}.json`);
}

// What was handed in, as it was, piece by piece. The browser keeps the pieces, not this page.
async function download(project, bid, progress) {
  const pieces = [];
  for (let offset = 0; offset < bid.size; offset += pieces.at(-1).size) {
    pieces.push(await patiently(() => getPiece(`/portal/v1/projects/${project.id}/bids/${bid.id}/envelope/${offset}`), (ms) => ms < kTryMs));
    progress(Math.floor(((offset + pieces.at(-1).size) * 100) / bid.size));
  }
  save(new Blob(pieces), `${bid.fileName}.hufu`);
}

// One's own, and those of colleagues that one can open.
function nearBids(project, bids, receiptKey) {
  const fetchAgain = (bid, said) => actButton('bidding.download', async () => {
    try {
      await download(project, bid, (percent) => said.replaceChildren(note(t('desk.percent', { percent }))));
    } finally {
      said.replaceChildren();
    }
  }, 'plain');
  return narrow(h('h2', {}, t('bidding.own')), bids.length === 0 ? h('p', { class: 'soft' }, t('bidding.own.none')) : bids.map((bid) => {
    const said = h('div', {});
    return h('div', { class: 'bid' }, bid.own ? null : h('p', { class: 'soft' }, t('bidding.byColleague')),
      facts([['bidding.file', bid.fileName], ['bidding.company', `${bid.company} · ${bid.person}`], ['bidding.received', second(bid.receivedMs)], ['bidding.size', size(bid.size)], ['bidding.sm3', digest(bid.sm3)],
        ['state', bid.withdrawnMs ? tag(t('bidding.withdrawn'), 'bad') : bid.openedMs ? tag(t('bidding.isOpened'), 'good') : tag(t('bidding.sealed'), 'good')]]),
      h('div', { class: 'row' }, bid.own ? button('bidding.receipt', () => saveReceipt(bid.receipt, bid.id, receiptKey), 'plain') : null, fetchAgain(bid, said),
        bid.opened?.receipt ? button('bidding.openedReceipt', () => saveReceipt(bid.opened.receipt, `${bid.id}-opened`, receiptKey), 'plain') : null,
        bid.own && !project.opened && !bid.withdrawnMs ? sureButton('bidding.withdraw', 'bidding.withdraw.sure', async () => { await ask('DELETE', `/portal/v1/projects/${project.id}/bids/${bid.id}`); await showDone(project.id, t('bidding.withdrawn')); }, { name: bid.fileName }) : null), said);
  }));
}

function handIn(project, bids, place, look) {
  const replaceable = bids.filter((bid) => !bid.withdrawnMs);
  const choice = replaceable.length ? [field({ name: 'replaces', label: t('bidding.replaces'), type: 'select', options: [['', t('bidding.replaces.none')], ...replaceable.map((bid) => [bid.id, bid.fileName])] })] : [];
  const element = uploadForm(project, 'bidding.envelope', 'bidding.handIn', '.hufu', {}, choice);
  return [narrow(h('h2', {}, t('bidding.step.seal')), h('p', {}, t('bidding.step.seal.lead')), actButton('bidding.seal', () => withDesk(teller(project.id, place), look, (one, tell) => one.seal({ project: { id: project.number, name: project.name }, openingMs: project.openingMs }, tell)), 'main'), place),
    narrow(h('h2', {}, t('bidding.step.handIn')), h('p', {}, t('bidding.step.handIn.lead')), element)];
}

const kPrice = '([0-9]+|[0-9]{1,3}(,[0-9]{3})+)(\\.[0-9]{1,2})?';

// What is read out stays: a bid without a price, or with a wrong one, too.
const isReadOut = ({ price }) => new Promise((resolve) => {
  askSure('bidding.readOut', price ? t('bidding.readOut.sure', { price }) : t('bidding.readOut.none'), () => resolve(true), () => resolve(false));
});

const isNear = (bid) => bid.own || bid.reads;

function opening(project, bids, place, look) {
  const shut = bids.filter((bid) => isNear(bid) && !bid.openedMs && !bid.withdrawnMs);
  const columns = ['bidding.company', 'bidding.file', 'bidding.received', 'bidding.openedAt', 'bidding.openedSm3', '>bidding.price'];
  const rows = bids.filter((bid) => !bid.withdrawnMs).map((bid) => [bid.company, bid.fileName, second(bid.receivedMs), bid.openedMs ? second(bid.openedMs) : tag(t('bidding.shut')), bid.opened ? digest(bid.opened.sm3) : '', { money: bid.opened?.price || '' }]);
  return [h('h2', {}, t('bidding.table')), h('p', { class: 'soft' }, t('bidding.table.lead')), table(columns, rows, 'bidding.table.none'),
    shut.length ? [narrow(h('h2', {}, t('bidding.step.open')), h('p', {}, t('bidding.step.open.lead')), actButton('bidding.open', () => withDesk(teller(project.id, place), look, (one, tell) => one.open({ project: { id: project.number, name: project.name } }, tell)), 'main'), place),
      shut.map((bid) => narrow(h('h2', {}, bid.fileName), uploadForm(project, 'bidding.openedFile', 'bidding.readOut', null, { opens: bid.id }, [field({ name: 'price', label: t('bidding.price'), hint: t('bidding.price.hint'), maxlength: '32', clean: 'money', pattern: kPrice, inputmode: 'decimal' })], isReadOut)))] : null];
}

// Each once, who has put several seals on, too.
const signersOf = (one) => [...new Set(one.signers)].join(t('list.comma'));

function documentsPart(project, documents, receiptKey) {
  const takeBack = (one) => sureButton('bidding.document.takeBack', 'bidding.document.takeBack.sure', async () => { await ask('DELETE', `/portal/v1/projects/${project.id}/documents/${one.id}`); await showDone(project.id, t('bidding.withdrawn')); }, { name: one.fileName });
  const own = documents.filter((one) => one.own).map((one) => h('div', { class: 'bid' },
    facts([['bidding.file', one.fileName], ['bidding.signers', signersOf(one)], ['bidding.received', second(one.receivedMs)], ['bidding.size', size(one.size)], ['bidding.document.sm3', digest(one.sm3)]]),
    h('div', { class: 'row' }, button('bidding.receipt', () => saveReceipt(one.receipt, one.id, receiptKey), 'plain'), project.opened ? null : takeBack(one))));
  const rows = documents.map((one) => [one.fileName, signersOf(one), second(one.receivedMs), digest(one.sm3)]);
  return [narrow(h('h2', {}, t('bidding.documents')), h('p', {}, t('bidding.documents.lead')), own,
    project.opened ? null : uploadForm(project, 'bidding.document.file', 'bidding.document.handIn', '.pdf', (file) => ({ document: file.name }))),
    project.opened ? [h('h2', {}, t('bidding.documents.table')), table(['bidding.file', 'bidding.signers', 'bidding.received', 'bidding.document.sm3'], rows, 'bidding.documents.none')] : null];
}

// isTurn: by itself, while somebody was at it.
async function showProject(id, isTurn = false) {
  const { project: shown, bids, documents, fileMost, receiptKey } = await fetchKeepingTime(`/portal/v1/projects/${id}`);
  const project = { ...shown, fileMost };
  const state = h('div', { 'aria-live': 'polite' });
  const place = h('div', { class: 'acts', 'aria-live': 'polite' });
  const near = bids.filter(isNear);
  const shut = near.filter((bid) => !bid.withdrawnMs && !bid.openedMs);
  const look = () => deskState(state, shut.length > 0, shut);
  const mine = await computersPart();
  if (!isHere(id)) return; // the person has gone on
  const told = [...document.querySelectorAll('#main > .note.act, #main form .note.bad, #main .acts > .note.bad')]; // why something did not work
  show(h('p', {}, h('a', { href: '#/projects' }, t('bidding.projects'))), h('h1', {}, project.name), h('p', { class: 'lead' }, project.number, ' · ', t('bidding.opensAt', { time: minute(project.openingMs) })),
    clock(project, () => turn(id, state), look), state, newsOf(id),
    project.opened ? opening(project, bids, place, look) : handIn(project, near.filter((bid) => bid.own), place, look), nearBids(project, near, receiptKey), documentsPart(project, documents, receiptKey), mine);
  if (isTurn) newsOf(id).append(...told);
  // From the upload on: whoever has handed something in shall know whether this computer opens it.
  look();
}

// whenOver(): the visit is over.
export async function projectsPart(whenOver) {
  comeBack = whenOver;
  const [, , id] = location.hash.split('/');
  await (id ? showProject(id) : showList());
}
