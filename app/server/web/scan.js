// Scanning with a shield on a page: the code that moves each second, how long it is still there, the digits that the phone shows,
// and what came of it. How it goes is hufu.js's; frames come finished from the server, and the page never holds what makes them.
import { ask, get, post, Problem, useWord } from './access.js';
import { button, drawn, field, form, h, note, problemNote, Stopped } from './dom.js';
import { logInByCode } from './hufu.js';
import { t } from './text.js';

const kShownMs = 180000; // a code that nobody scans is made anew until then

let turn = null; // one scan at a time; a newer one, or another page, ends it
export function leaveScan() {
  turn?.abort();
  turn = null;
}

const seconds = (ms) => Math.ceil(ms / 1000);

// A button that gives way to the scan, and comes back when that is given up.
// In: path, of the scan's end points; finish(), after the approval; own: the scan has a word of its own, since nobody is logged in.
export function scanPlace(startKey, about, kind = '') {
  const place = h('div', {});
  const rest = () => place.replaceChildren(button(startKey, () => scan(place, about, rest), kind));
  rest();
  return place;
}

const kConfirmation = '/console/v1/confirmation';

// The person's own shield confirms what is about to be done. path: whose end point /shield asks for it; wanted(): what is confirmed. It
// is done once the phone has signed; Stopped: the person gave it up.
export function confirmByShield(path, wanted) {
  return new Promise((done, stop) => {
    const place = h('div', {});
    const what = h('div', { class: 'field' });
    let isDone = false;
    const dialog = h('dialog', { 'aria-label': t('confirm.shield') }, h('h2', {}, t('confirm.shield')), what, place);
    dialog.addEventListener('close', () => {
      leaveScan();
      dialog.remove();
      if (isDone) return done();
      ask('DELETE', kConfirmation).catch(() => {});
      return stop(new Stopped());
    });
    document.body.append(dialog);
    dialog.showModal();
    scan(place, {
      path: kConfirmation,
      begin: () => post(`${path}/shield`, wanted()),
      seen: ({ words, statementSm3 }) => what.replaceChildren(h('p', {}, h('strong', {}, words)), h('p', { class: 'hint' }, t('confirm.shield.sm3'), ' ', h('span', { class: 'code' }, statementSm3.replace(/(.{8})(?=.)/g, '$1 ')))),
      finish: async () => { isDone = true; dialog.close(); },
      digitsKey: 'confirm.shield.digits',
    }, () => dialog.close());
  });
}

// The page's own end points know the scan by a cookie, or by who is logged in, and give the code with how it stands. begin(): asks for
// the code, which the path itself does where it is left out; seen(look): each look.
function backendOf({ path, own = false, begin = () => post(path), seen = () => {} }) {
  let last = null;
  return {
    start: async () => {
      const begun = await begin();
      if (own) useWord(begun.csrf);
      return { token: '' };
    },
    look: async () => {
      last = await get(path);
      seen(last);
      return last;
    },
    frame: () => last.qr,
    digits: async (token, typed) => {
      try {
        await post(`${path}/digits`, { digits: typed.text });
        typed.right();
        return true;
      } catch (problem) {
        typed.wrong(problem);
        if (problem instanceof Problem && (problem.code === 'HF-207' || problem.status === 0)) return false;
        throw problem;
      }
    },
  };
}

// What is said aloud stands apart from what changes each second.
async function scan(place, ways, rest) {
  const { path, finish, digitsKey = 'scan.digits.lead' } = ways;
  leaveScan();
  const mine = (turn = new AbortController());
  const said = h('div', { 'aria-live': 'polite' });
  const code = h('div', {});
  const left = h('p', { class: 'hint', role: 'timer' });
  const stop = button('scan.stop', () => { leaveScan(); rest(); if (!ways.begin) ask('DELETE', path).catch(() => {}); }, 'plain'); // a dialog's end does it
  place.replaceChildren(said, code, left, stop);
  const again = () => scan(place, ways, rest);
  const endWith = (element) => {
    place.replaceChildren(said);
    said.replaceChildren(element, h('p', { class: 'row' }, button('scan.again', again, 'main'), ways.begin ? button('cancel', rest) : null));
  };
  const begun = Date.now();
  let stage = '';
  const say = (next, element) => {
    if (next !== stage) said.replaceChildren(element());
    stage = next;
  };
  let give = null; // what the form has typed, to whoever waits for it
  const view = {
    show: (qr, look) => {
      say('waiting', () => h('p', {}, t('scan.lead')));
      if (qr) code.replaceChildren(drawn(qr.size, qr.path, 'scan.qr'));
      left.textContent = t('scan.shown', { seconds: seconds(look.leftMs) });
    },
    claimed: (look) => {
      code.replaceChildren();
      const next = ['digits', 'typed'].includes(stage) ? 'typed' : 'claimed';
      if (!look.digitsWanted) say(next, () => note(t(`scan.${next}`)));
      left.textContent = t('scan.time', { seconds: seconds(look.leftMs) });
    },
    askDigits: () => {
      const wasAsked = stage === 'digits';
      say('digits', () => digits(digitsKey, (text) => new Promise((right, wrong) => give({ text, right, wrong }))));
      if (!wasAsked) said.querySelector('input')?.focus();
      return new Promise((done) => { give = done; });
    },
  };
  try {
    for (;;) {
      const state = await logInByCode(backendOf(ways), view, mine.signal);
      if (mine.signal.aborted) return;
      if (state === 'expired' && (stage === '' || stage === 'waiting') && Date.now() - begun < kShownMs) continue;
      place.replaceChildren(said);
      if (state === 'approved') return await finish();
      return endWith(note(t(`scan.${state}`), 'warn'));
    }
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    if (!mine.signal.aborted) endWith(problemNote(problem));
  }
}

// In: send, of what was typed: a promise that fails with why it was not taken.
function digits(leadKey, send) {
  return h('div', {}, note(t(leadKey), 'warn'),
    form([field({ name: 'digits', label: t('scan.digits'), inputmode: 'numeric', autocomplete: 'one-time-code', maxlength: 8, required: true })], 'next',
      (values) => send(values.digits), { 'HF-207': ['digits'] }));
}
