// Scanning with a shield on a page: the code that moves each second, how long it is still there, the digits that the phone shows,
// and what came of it. How it goes is hufu.js's; frames come finished from the server, and the page never holds what makes them.
import { ask, get, post, Problem, useWord } from './access.js';
import { button, drawn, field, form, h, note, problemNote } from './dom.js';
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

// The page's own end points know the scan by a cookie, and give the code with how it stands.
function backendOf(path, own) {
  let last = null;
  return {
    start: async () => {
      const { csrf } = await post(path);
      if (own) useWord(csrf);
      return { token: '' };
    },
    look: async () => (last = await get(path)),
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
async function scan(place, { path, finish, own = false }, rest) {
  leaveScan();
  const mine = (turn = new AbortController());
  const said = h('div', { 'aria-live': 'polite' });
  const code = h('div', {});
  const left = h('p', { class: 'hint', role: 'timer' });
  const stop = button('scan.stop', () => { leaveScan(); rest(); ask('DELETE', path).catch(() => {}); }, 'plain');
  place.replaceChildren(said, code, left, stop);
  const again = () => scan(place, { path, finish, own }, rest);
  const endWith = (element) => {
    place.replaceChildren(said);
    said.replaceChildren(element, button('scan.again', again, 'main'));
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
      say('digits', () => digits((text) => new Promise((right, wrong) => give({ text, right, wrong }))));
      if (!wasAsked) said.querySelector('input')?.focus();
      return new Promise((done) => { give = done; });
    },
  };
  try {
    for (;;) {
      const state = await logInByCode(backendOf(path, own), view, mine.signal);
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
function digits(send) {
  return h('div', {}, note(t('scan.digits.lead'), 'warn'),
    form([field({ name: 'digits', label: t('scan.digits'), inputmode: 'numeric', autocomplete: 'one-time-code', maxlength: 8, required: true })], 'next',
      (values) => send(values.digits), { 'HF-207': ['digits'] }));
}
