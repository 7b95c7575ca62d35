// 印章授权: terms, then the company's seal is set on the document, by hand or by the keyboard. A draft waits for days.
import { all, ask, get, post, saveFile } from './access.js';
import { confirmPart, kConfirmMarks, proof } from './confirm.js';
import { actButton, bring, button, card, field, form, h, heading, narrow, note, problemNote, searchTable, show, sureButton, tag } from './dom.js';
import { idStart, sealPicture } from './seals.js';
import { byName, isChinese, minute, t } from './text.js';

let open = null; // the draft under the seal
let edited = null; // the grant whose terms are in the form

const kMinuteMs = 60000;
// Green is what can be used now.
export const standingTag = ({ standing }) => tag(t(`sealGrant.${standing}`), { active: 'good', draft: 'warn', early: 'warn', over: 'bad', personDisabled: 'bad', sealResting: 'bad' }[standing]);

// What a list of grants is looked through for.
const wordsOf = (grant) => [grant.personName, t(`seal.${grant.sealKind}`), grant.purpose, grant.project].join(' ');

// What was signed, word for word, whatever has become of the names in it since.
async function showDocument(grant) {
  const { text } = await get(`/console/v1/seal-grants/${grant.id}/document`);
  const dialog = h('dialog', { 'aria-label': t('sealGrant.document') }, h('h2', {}, t('sealGrant.document')), h('pre', {}, text),
    h('p', { class: 'row' }, grant.state === 'ended' ? confirmation(grant) : null, h('button', { type: 'button', onclick: () => dialog.close() }, t('support.close'))));
  document.body.append(dialog);
  dialog.addEventListener('close', () => dialog.remove());
  dialog.showModal();
}

// Those that have ended: folded, and asked for when somebody opens the fold.
function endedPart() {
  const place = h('div', { 'aria-live': 'polite' });
  const fold = h('details', {}, h('summary', {}, t('sealGrants.ended')), place);
  fold.addEventListener('toggle', async () => {
    if (!fold.open || place.firstChild) return;
    try {
      const ended = await all('/console/v1/seal-grants?state=ended', 'grants');
      const rowOf = (grant) => [grant.personName, t(`seal.${grant.sealKind}`), grant.purpose, grant.project || t('sealGrant.anyProject'), `${minute(grant.fromMs)} – ${minute(grant.untilMs)}`,
        actButton('sealGrant.document.show', () => showDocument(grant), 'plain')];
      place.replaceChildren(...[searchTable(['sealGrant.person', 'sealGrant.seal', 'sealGrant.purpose', 'sealGrant.project', 'sealGrant.period', ''], ended, rowOf, wordsOf, 'sealGrants.ended.none', true)].flat());
    } catch (problem) {
      place.replaceChildren(problemNote(problem));
    }
  });
  return card(fold);
}

const localText = (ms) => new Date(ms - new Date(ms).getTimezoneOffset() * kMinuteMs).toISOString().slice(0, 16);

// What the operator's service or a person's shield has signed, as a file to be checked.
const confirmation = (grant) => (grant.confirmedBy && grant.confirmedBy !== 'operator' ? actButton('confirmation.save', () => saveFile('GET', `/console/v1/seal-grants/${grant.id}/confirmation`), 'plain') : null);

export async function sealGrantsPage(context) {
  const { me, again } = context;
  if (context.isFresh) open = edited = null;
  const top = heading('sealGrants.title', 'sealGrants.lead');
  if (!me.company.verified) return show(top, note(t('licences.unverified'), 'warn'));
  const mayGrant = me.person.roles.some((role) => role === 'administrator' || role === 'seal-administrator'); // others look on
  const [grants, seals, people] = await Promise.all([all('/console/v1/seal-grants', 'grants'), all('/console/v1/seals', 'seals'), mayGrant ? all('/console/v1/people', 'people') : []]);
  grants.sort((a, b) => byName(a.personName, b.personName) || a.fromMs - b.fromMs);
  people.sort((a, b) => byName(a.name, b.name));
  const one = grants.find((grant) => grant.id === open);
  if (mayGrant && one && one.state === 'draft') return stampPart(one, seals, context, top);
  const act = (key, grant, verb) => actButton(key, async () => { await post(`/console/v1/seal-grants/${grant.id}/${verb}`); again(); });
  const rowOf = (grant) => [grant.personName, t(`seal.${grant.sealKind}`), grant.purpose, grant.project || t('sealGrant.anyProject'), `${minute(grant.fromMs)} – ${minute(grant.untilMs)}`,
    standingTag(grant),
    h('span', { class: 'row' }, grant.state === 'draft' ? null : actButton('sealGrant.document.show', () => showDocument(grant), 'plain'), confirmation(grant), !mayGrant ? null : [grant.state === 'draft' && !grant.over ? button('sealGrant.stamp', () => { open = grant.id; again(); }, 'main') : null,
      button('sealGrant.change', () => { edited = grant.id; again(); }),
      grant.state === 'active' ? act('suspend', grant, 'suspend') : null, grant.state === 'suspended' ? act('resume', grant, 'resume') : null,
      sureButton('end', 'sealGrant.end.sure', async () => { await post(`/console/v1/seal-grants/${grant.id}/end`); again(); })])];
  const usable = seals.filter((seal) => seal.state === 'active');
  const changed = grants.find((grant) => grant.id === edited) || null;
  show(top, card(searchTable(['sealGrant.person', 'sealGrant.seal', 'sealGrant.purpose', 'sealGrant.project', 'sealGrant.period', 'state', ''], grants, rowOf, wordsOf, 'sealGrants.none', context.isFresh)),
    !mayGrant ? null : usable.length === 0 ? note(t('sealGrants.noSeal'), 'warn') : termsPart(usable, people, changed, context), endedPart());
  const terms = document.getElementById('terms');
  if (changed && terms) bring(terms);
}

// Who or what a grant is of: nobody is chosen by itself, and where what was chosen cannot be granted any more nothing takes its place.
const choices = (options, present, gone) => (options.some(([value]) => value === present) ? options : [['', gone ?? t('choose')], ...options]);

// The terms of a new grant, or of one that is changed: what was granted then stops until the company's seal is set again.
function termsPart(seals, people, grant, { me, again }) {
  const now = Math.floor(me.nowMs / kMinuteMs) * kMinuteMs;
  const terms = grant || { person: '', seal: seals.length === 1 ? seals[0].id : '', purpose: '', project: '', fromMs: now, untilMs: now + 30 * 24 * 60 * kMinuteMs };
  // Two seals of one kind are told apart by their numbers, or as the list of seals does.
  const isAlone = (seal) => seals.filter((one) => one.kind === seal.kind).length === 1;
  const sealName = (seal) => (isAlone(seal) ? t(`seal.${seal.kind}`) : t('seal.numbered', { kind: t(`seal.${seal.kind}`), number: seal.number || idStart(seal) }));
  const persons = choices(people.map((one) => [one.id, one.name]), terms.person, grant && t('sealGrant.personGone', { name: grant.personName }));
  const usable = choices(seals.map((seal) => [seal.id, sealName(seal)]), terms.seal, grant && t('sealGrant.sealGone', { kind: t(`seal.${grant.sealKind}`) }));
  const part = narrow(h('h2', {}, grant ? t('sealGrant.changeOf', { name: grant.personName }) : t('sealGrants.new')), grant && grant.state !== 'draft' ? note(t('sealGrant.changeStops'), 'warn') : null, form([
    h('div', { class: 'pair' }, field({ name: 'person', label: t('sealGrant.person'), type: 'select', required: true, value: terms.person, options: persons }),
      field({ name: 'seal', label: t('sealGrant.seal'), type: 'select', required: true, value: terms.seal, options: usable })),
    field({ name: 'purpose', label: t('sealGrant.purpose'), required: true, value: terms.purpose }),
    field({ name: 'project', label: t('sealGrant.project'), hint: t('sealGrant.project.hint'), value: terms.project }),
    h('div', { class: 'pair' }, field({ name: 'fromMs', label: t('sealGrant.from'), type: 'datetime-local', required: true, value: localText(terms.fromMs) }),
      field({ name: 'untilMs', label: t('sealGrant.until'), type: 'datetime-local', required: true, value: localText(terms.untilMs) })),
  ], 'sealGrant.draftIt', async (values) => {
    const wanted = { seal: values.seal, person: values.person, purpose: values.purpose, project: values.project,
      fromMs: new Date(values.fromMs).getTime(), untilMs: new Date(values.untilMs).getTime() };
    if (grant) await ask('PUT', `/console/v1/seal-grants/${grant.id}`, wanted);
    open = grant ? grant.id : (await post('/console/v1/seal-grants', wanted)).id;
    edited = null;
    again();
  }, { 'HF-766': ['fromMs', 'untilMs'], 'HF-777': ['untilMs'], 'HF-778': ['untilMs'] }), grant ? h('p', {}, button('cancel', () => { edited = null; again(); })) : null);
  part.id = 'terms';
  return part;
}

async function stampPart(grant, seals, { me, again }, top) {
  const path = `/console/v1/seal-grants/${grant.id}`;
  const { text } = await get(`${path}/document`);
  const companySeal = seals.find((seal) => seal.kind === 'company' && seal.state === 'active');
  const later = button('sealGrant.back', () => { open = null; again(); });
  if (!companySeal) return show(top, note(t('sealGrants.noSeal'), 'warn'), later);
  let isSet = false;
  const said = h('p', { class: 'soft', 'aria-live': 'polite' }, t('sealGrant.drop'));
  const spot = h('div', { class: 'spot' });
  const paper = h('div', { class: 'drop paper' }, h('pre', {}, text), spot, said);
  const set = () => {
    isSet = true;
    document.querySelector('#main form .note')?.remove();
    paper.classList.add('set');
    spot.replaceChildren(sealPicture(companySeal.id, 'company'));
    said.textContent = t('sealGrant.set');
  };
  const stamp = h('button', { type: 'button', class: 'stamp', draggable: 'true', onclick: set, 'aria-label': t('sealGrant.stamp.label') }, sealPicture(companySeal.id, 'company'));
  stamp.addEventListener('dragstart', (event) => event.dataTransfer.setData('text/plain', companySeal.id));
  paper.addEventListener('dragover', (event) => { event.preventDefault(); paper.classList.add('over'); });
  paper.addEventListener('dragleave', () => paper.classList.remove('over'));
  paper.addEventListener('drop', (event) => {
    event.preventDefault();
    paper.classList.remove('over');
    if (event.dataTransfer.getData('text/plain') === companySeal.id) set(); // something else was dropped
  });
  show(top, card(h('h2', {}, t('sealGrant.document')), isChinese ? null : h('p', { class: 'hint' }, t('sealGrant.document.language')), paper, h('p', { class: 'row' }, stamp, h('span', { class: 'soft' }, t('sealGrant.stamp.hint'))),
    form(confirmPart(me, path, () => ({})), 'sealGrant.grant', async (values, element) => {
      if (!isSet) {
        element.firstChild.replaceChildren(note(t('sealGrant.notSet'), 'bad'));
        stamp.focus();
        return;
      }
      await post(`${path}/grant`, { stamp: companySeal.id, ...(await proof(me, path, () => ({}), values)) });
      open = null;
      again();
    }, kConfirmMarks), h('p', { class: 'row' }, button('sealGrant.change', () => { edited = grant.id; open = null; again(); }), later)));
}
