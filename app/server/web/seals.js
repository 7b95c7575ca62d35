// 印章: make one, have the legal person's authorised, look at the history.
import { all, get, post, Problem } from './access.js';
import { actButton, button, card, codeButton, field, form, h, heading, narrow, note, show, table, tag, withButton } from './dom.js';
import { linkPart, papersPart } from './authentication.js';
import { minute, t } from './text.js';

let open = null; // the seal whose page is shown

export async function sealsPage(context) {
  const { me, again } = context;
  const top = heading('seals.title', 'seals.lead');
  if (!me.company.verified) return show(top, note(t('licences.unverified'), 'warn'));
  const seals = await all('/console/v1/seals', 'seals');
  const mayMake = me.person.roles.some((role) => role === 'administrator' || role === 'seal-administrator');
  const one = seals.find((seal) => seal.id === open);
  if (one) return showSeal(one, mayMake, context, top);
  const rows = seals.map((seal) => [t(`seal.${seal.kind}`), seal.number, tag(t(`sealState.${seal.state}`), { active: 'good', waiting: 'warn', refused: 'bad' }[seal.state]), minute(seal.madeMs),
    t(`confirmed.${seal.confirmedBy}`), { money: String(seal.uses) }, h('button', { type: 'button', class: 'plain', onclick: () => { open = seal.id; again(); } }, t('seal.show'))]);
  show(top, card(table(['seal.kind', 'seal.number', 'state', 'seal.made', 'seal.confirmed', '>seal.uses', ''], rows, 'seals.none')), mayMake ? makePart(context) : null);
}

function makePart({ again }) {
  const request = (values) => ({ kind: values.kind, style: Number(values.style), number: values.kind === 'legalPerson' ? '' : values.number });
  const code = withButton(field({ name: 'code', label: t('code.label'), inputmode: 'numeric', required: true, maxlength: 6, hint: t('seal.code.hint') }),
    codeButton(() => post('/console/v1/seals/code', request(Object.fromEntries(new FormData(document.querySelector('form')))))));
  const style = field({ name: 'style', label: t('seal.style'), type: 'select', options: ['1', '2', '3'].map((one) => [one, t(`seal.style.${one}`)]) });
  const number = field({ name: 'number', label: t('seal.number'), inputmode: 'numeric', maxlength: 13, hint: t('seal.number.hint') });
  style.hidden = true;
  const element = form([
    field({ name: 'kind', label: t('seal.kind'), type: 'select', options: ['company', 'legalPerson', 'finance', 'contract'].map((kind) => [kind, t(`seal.${kind}`)]) }),
    style, number, code,
  ], 'seal.make', async (values) => {
    const { id } = await post('/console/v1/seals', { ...request(values), code: values.code });
    if (values.kind === 'legalPerson') open = id;
    again();
  }, { 'HF-402': ['code'], 'HF-403': ['code'], 'HF-100': ['number'] });
  element.elements.kind.addEventListener('change', (event) => {
    style.hidden = event.target.value !== 'legalPerson';
    number.hidden = !style.hidden;
  });
  return narrow(h('h2', {}, t('seals.make')), element);
}

async function lastLink(seal) {
  try {
    return await get(`/console/v1/seals/${seal.id}/link`);
  } catch (problem) {
    if (problem instanceof Problem && problem.status === 404) return null;
    throw problem;
  }
}

async function showSeal(seal, mayMake, { me, again }, top) {
  const isAdministrator = me.person.roles.includes('administrator');
  const act = (key, verb, kind) => actButton(key, async () => { await post(`/console/v1/seals/${seal.id}/${verb}`); again(); }, kind);
  const acts = !mayMake ? null : h('p', { class: 'row' }, seal.state === 'active' ? act('suspend', 'suspend') : null, seal.state === 'suspended' ? act('resume', 'resume') : null,
    seal.state === 'refused' ? act('seal.askAgain', 'ask-again', 'main') : null, seal.state === 'retired' ? null : act('seal.retire', 'retire', 'danger'));
  const { uses } = await get(`/console/v1/seals/${seal.id}/history`);
  const authorise = seal.state !== 'waiting' || !isAdministrator ? null : [
    narrow(h('h2', {}, t('seal.authorise.link')), h('p', {}, t('seal.authorise.link.lead')), linkPart('legalSeal', seal.id, await lastLink(seal), again)),
    card(h('h2', {}, t('seal.authorise.letter')), await papersPart('legalSeal', seal.id, again))];
  show(top, card(h('h2', {}, t(`seal.${seal.kind}`), ' ', tag(t(`sealState.${seal.state}`))), h('p', { class: 'soft' }, t('seal.confirmedBy', { how: t(`confirmed.${seal.confirmedBy}`), time: minute(seal.madeMs) })), acts,
    h('p', {}, button('seal.back', () => { open = null; again(); }))), authorise,
  card(h('h2', {}, t('seal.history')), table(['seal.use.time', 'sealGrant.purpose', 'sealGrant.project', 'seal.use.document'],
    uses.map((use) => [minute(use.timeMs), use.purpose, use.project, h('span', { class: 'code' }, use.documentSm3.slice(0, 16))]), 'seal.history.none')));
}
