// Scanning with a shield on a page: the code that moves each second, how long it is still there, the digits that the phone shows,
// and what came of it. Frames come finished from the server; the page never holds what makes them.
import { ask, get, post, Problem, useWord } from './access.js';
import { button, drawn, field, form, h, note, problemNote } from './dom.js';
import { t } from './text.js';

const kShownMs = 180000; // a code that nobody scans is made anew until then
const kLookMs = 1000;

let turn = 0; // one scan at a time; a newer one, or another page, ends it
export function leaveScan() {
  turn++;
}

const seconds = (ms) => Math.ceil(ms / 1000);
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

// A button that gives way to the scan, and comes back when that is given up.
// In: path, of the scan's end points; finish(), after the approval; own: the scan has a word of its own, since nobody is logged in.
export function scanPlace(startKey, about, kind = '') {
  const place = h('div', {});
  const rest = () => place.replaceChildren(button(startKey, () => scan(place, about, rest), kind));
  rest();
  return place;
}

// What is said aloud stands apart from what changes each second.
async function scan(place, { path, finish, own = false }, rest) {
  const mine = ++turn;
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
  const start = async () => {
    const { csrf } = await post(path);
    if (own) useWord(csrf);
  };
  const begun = Date.now();
  let stage = '';
  try {
    await start();
    while (mine === turn) {
      const view = await get(path);
      if (mine !== turn) return;
      const next = view.state === 'claimed' && view.digitsWanted ? 'digits' : view.state;
      if (next === 'waiting') {
        if (next !== stage) said.replaceChildren(h('p', {}, t('scan.lead')));
        if (view.qr) code.replaceChildren(drawn(view.qr.size, view.qr.path, 'scan.qr'));
        left.textContent = t('scan.shown', { seconds: seconds(view.leftMs) });
      } else if (next === 'expired' && stage !== 'digits' && stage !== 'claimed' && Date.now() - begun < kShownMs) {
        await start();
        continue;
      } else if (next === 'approved') {
        place.replaceChildren(said);
        await finish();
        return;
      } else if (next === 'digits' || next === 'claimed') {
        if (next !== stage) {
          code.replaceChildren();
          said.replaceChildren(next === 'digits' ? digits(path) : note(t(stage === 'digits' ? 'scan.typed' : 'scan.claimed')));
          said.querySelector('input')?.focus();
        }
        left.textContent = t('scan.time', { seconds: seconds(view.leftMs) });
      } else {
        endWith(note(t(`scan.${next}`), 'warn'));
        return;
      }
      stage = next;
      await wait(kLookMs);
    }
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    if (mine === turn) endWith(problemNote(problem));
  }
}

function digits(path) {
  return h('div', {}, note(t('scan.digits.lead'), 'warn'),
    form([field({ name: 'digits', label: t('scan.digits'), inputmode: 'numeric', autocomplete: 'one-time-code', maxlength: 8, required: true })], 'next',
      (values) => post(`${path}/digits`, values), { 'HF-207': ['digits'] }));
}
