// 印章: make one while its picture is seen, have the legal person's authorised, save it, look at its history.
import { all, get, pages, post, Problem, saveFile } from './access.js';
import { actButton, button, card, field, form, h, heading, longTable, narrow, note, picture, show, table, tag } from './dom.js';
import { linkPart, papersPart } from './authentication.js';
import { confirmDialog, confirmPart, kConfirmMarks, proof } from './confirm.js';
import { minute, t } from './text.js';

let open = null; // the seal whose page is shown

const kSettleMs = 300; // until somebody who types is asked no more
const path = (seal) => `/console/v1/seals/${seal.id}`;
const kindOf = { active: 'good', waiting: 'warn', refused: 'bad' };

// Of a seal without a number, the beginning of its id: its row, its page, its files and the form of a grant have the same.
export const idStart = (seal) => seal.id.slice(0, 8);

export const sealPicture = (id, kind) => picture(`/console/v1/seals/${id}/picture`, t(`seal.${kind}`), 'seal');

export async function sealsPage(context) {
  const { me, again } = context;
  if (context.isFresh) open = null;
  const top = heading('seals.title', 'seals.lead');
  if (!me.company.verified) return show(top, note(t('licences.unverified'), 'warn'));
  const seals = await all('/console/v1/seals', 'seals');
  const mayMake = me.person.roles.some((role) => role === 'administrator' || role === 'seal-administrator');
  const one = seals.find((seal) => seal.id === open);
  if (one) return showSeal(one, mayMake, context, top);
  const rows = seals.map((seal) => [h('span', { class: 'thumb' }, sealPicture(seal.id, seal.kind)), t(`seal.${seal.kind}`), seal.number || h('span', { class: 'code soft', title: t('seal.idStart') }, idStart(seal)), tag(t(`sealState.${seal.state}`), kindOf[seal.state]), { time: seal.madeMs },
    t(`confirmed.${seal.confirmedBy}`), { money: String(seal.uses) }, h('button', { type: 'button', class: 'plain', onclick: () => { open = seal.id; again(); } }, t('seal.show'))]);
  show(top, card(table(['seal.picture', 'seal.kind', 'seal.number', 'state', 'seal.made', 'seal.confirmed', '>seal.uses', ''], rows, 'seals.none')), mayMake ? makePart(context) : null);
}

const previewPath = ({ kind, style, number }) => `/console/v1/seals/preview?${new URLSearchParams({ kind, style: String(style), number })}`;

function makePart({ me, again }) {
  const request = (values) => ({ kind: values.kind, style: values.kind === 'legalPerson' ? Number(values.style) : 1, number: values.kind === 'legalPerson' ? '' : values.number });
  const confirm = confirmPart(me, '/console/v1/seals', () => request(Object.fromEntries(new FormData(document.querySelector('form')))), t('seal.code.hint'));
  // The legal person's seal is chosen among pictures.
  const style = h('div', { class: 'styles' }, field({ name: 'style', label: t('seal.style'), type: 'radio', value: '1', options: ['1', '2', '3'].map((one) => [one, t(`seal.style.${one}`)]) }));
  const number = field({ name: 'number', label: t('seal.number'), inputmode: 'numeric', clean: 'digits', hint: t('seal.number.hint') });
  style.hidden = true;
  const preview = h('figure', { class: 'preview' }, h('div', {}), h('figcaption', { class: 'hint' }, t('seal.preview')));
  const element = form([
    field({ name: 'kind', label: t('seal.kind'), type: 'select', options: ['company', 'legalPerson', 'finance', 'contract'].map((kind) => [kind, t(`seal.${kind}`)]) }),
    style, number, preview, confirm,
  ], 'seal.make', async (values) => {
    const { id } = await post('/console/v1/seals', { ...request(values), ...(await proof(me, '/console/v1/seals', () => request(values), values)) });
    if (values.kind === 'legalPerson') open = id;
    again();
  }, { ...kConfirmMarks, 'HF-779': ['number'] });
  let drawn = '';
  const draw = () => {
    const wanted = request(Object.fromEntries(new FormData(element)));
    if (wanted.number !== '' && !/^\d{13}$/.test(wanted.number)) return; // still being typed
    const next = previewPath(wanted);
    if (next === drawn) return;
    drawn = next;
    preview.firstChild.replaceChildren(picture(next, t('seal.preview.of', { kind: t(`seal.${wanted.kind}`) }), 'seal'));
  };
  let timer = 0;
  element.addEventListener('input', (event) => {
    if (event.target.name === 'code' || event.target.name === 'confirmBy') return;
    const isLegal = element.elements.kind.value === 'legalPerson';
    if (isLegal && style.hidden)
      [...style.querySelectorAll('.choice')].forEach((choice, i) => {
        choice.querySelector('img')?.remove();
        choice.querySelector('label').append(picture(previewPath({ kind: 'legalPerson', style: i + 1, number: '' }), '', 'seal small'));
      });
    style.hidden = !isLegal;
    number.hidden = isLegal;
    clearTimeout(timer);
    timer = setTimeout(draw, kSettleMs);
  });
  draw();
  return narrow(h('h2', {}, t('seals.make')), element);
}

async function lastLink(seal) {
  try {
    return await get(`${path(seal)}/link`);
  } catch (problem) {
    if (problem instanceof Problem && problem.status === 404) return null;
    throw problem;
  }
}

// An entry of the history: what happened, by whom; of a grant or a use, whom for what.
function entryRow(entry) {
  const { grant } = entry;
  const forWhat = !grant ? '' : [h('div', {}, t('sealEntry.for', { person: grant.person.name, purpose: grant.purpose, project: grant.project || t('sealGrant.anyProject') })),
    grant.untilMs ? h('div', { class: 'soft small' }, `${minute(grant.fromMs)} – ${minute(grant.untilMs)}`) : null,
    entry.event === 'used' ? h('div', { class: 'soft small' }, t('sealEntry.grantedBy', { name: grant.grantedBy ? grant.grantedBy.name : t('sealDoer.operator'), time: minute(grant.grantedMs) })) : null];
  return [{ time: entry.timeMs }, tag(t(`sealEntry.${entry.event}`), { used: 'good', refused: 'bad', retired: 'bad', grantEnded: 'warn' }[entry.event]),
    entry.by ? entry.by.name : t(`sealDoer.${entry.doer}`), h('div', {}, forWhat), entry.documentSm3 ? h('span', { class: 'code' }, entry.documentSm3.slice(0, 16)) : ''];
}

async function showSeal(seal, mayMake, { me, again }, top) {
  const isAdministrator = me.person.roles.includes('administrator');
  const act = (key, verb, kind) => actButton(key, async () => { await post(`${path(seal)}/${verb}`); again(); }, kind);
  const acts = !mayMake ? null : h('p', { class: 'row' }, seal.state === 'active' ? act('suspend', 'suspend') : null, seal.state === 'suspended' ? act('resume', 'resume') : null,
    seal.state === 'refused' ? act('seal.askAgain', 'ask-again', 'main') : null, seal.state === 'retired' ? null : button('seal.retire', () => confirmDialog(me, 'seal.retire', t('seal.retire.sure'), `${path(seal)}/retire`, () => ({}), async (shown) => { await post(`${path(seal)}/retire`, shown); again(); }), 'danger'));
  const history = await get(`${path(seal)}/history`);
  const authorise = seal.state !== 'waiting' || !isAdministrator ? null : [
    narrow(h('h2', {}, t('seal.authorise.link')), h('p', {}, t('seal.authorise.link.lead')), linkPart('legalSeal', seal.id, await lastLink(seal), again)),
    card(h('h2', {}, t('seal.authorise.letter')), await papersPart('legalSeal', seal.id, { me, again }))];
  // Each file leaves an entry in the history below.
  const save = (key, end) => actButton(key, async () => { await saveFile('POST', `${path(seal)}/${end}`); again(); });
  const files = h('p', { class: 'row' }, mayMake && seal.state === 'active' ? [save('seal.save.svg', 'file?as=svg'), save('seal.save.png', 'file?as=png'), save('seal.save.electronic', 'electronic')] : null,
    seal.confirmedBy === 'operator' ? null : actButton('confirmation.save', () => saveFile('GET', `${path(seal)}/confirmation`)));
  show(top, card(h('h2', {}, t(`seal.${seal.kind}`), ' ', tag(t(`sealState.${seal.state}`), kindOf[seal.state])),
    h('div', { class: 'beside' }, sealPicture(seal.id, seal.kind), h('div', {}, h('p', { class: 'soft' }, t(`seal.confirmedBy.${seal.confirmedBy}`, { time: minute(seal.madeMs) })),
      h('p', {}, t(seal.number ? 'seal.number' : 'seal.idStart'), ' ', h('span', { class: 'code' }, seal.number || idStart(seal))), files, mayMake ? h('p', { class: 'hint' }, t('seal.save.hint')) : null, acts)),
    h('p', {}, button('seal.back', () => { open = null; again(); }))), authorise,
  card(h('h2', {}, t('seal.history')), longTable(['sealEntry.time', 'sealEntry.event', 'sealEntry.by', 'sealEntry.what', 'seal.use.document'], history.entries.map(entryRow), 'seal.history.none',
    pages(`${path(seal)}/history`, history.next, ({ entries }) => entries.map(entryRow)))));
}
