// 电脑: the computers that may ask the people's phones, those that wait for an administrator, and the rule for that.
import { all, ask, get, post } from './access.js';
import { actButton, card, field, form, h, heading, narrow, searchTable, show, sureButton, tag } from './dom.js';
import { confirmPart, kConfirmMarks, proof } from './confirm.js';
import { minute, t } from './text.js';

export async function desksPage({ me, again, isFresh }) {
  const [desks, { approves }] = await Promise.all([all('/console/v1/desks', 'desks'), get('/console/v1/desk-rule')]);
  const path = (desk) => `/console/v1/desks/${desk.id}`;
  const rowOf = (desk) => [h('span', {}, desk.name, h('br', {}), h('span', { class: 'soft small code' }, desk.desk)), desk.person, desk.network, minute(desk.enrolledMs),
    tag(t(desk.waits ? 'desks.waits' : 'desks.enrolled'), desk.waits ? 'warn' : 'good'),
    h('span', { class: 'row' }, desk.waits ? actButton('desks.approve', async () => { await post(`${path(desk)}/approval`); again(); }) : null,
      sureButton('desks.remove', 'desks.remove.sure', async () => { await ask('DELETE', path(desk)); again(); }))];
  const wordsOf = (desk) => [desk.name, desk.desk, desk.person, desk.network, t(desk.waits ? 'desks.waits' : 'desks.enrolled')].join(' ');
  const chosen = (element) => ({ approves: element.elements.approves.checked });
  const element = form([field({ name: 'approves', type: 'checkbox', label: t('desks.rule.approve'), checked: approves }),
    confirmPart(me, '/console/v1/desk-rule', () => chosen(element))], 'save', async (values) => {
    await ask('PUT', '/console/v1/desk-rule', { ...chosen(element), ...(await proof(me, '/console/v1/desk-rule', () => chosen(element), values)) });
    again();
  }, kConfirmMarks);
  show(heading('desks.title', 'desks.lead'), card(searchTable(['desks.name', 'desks.person', 'desks.network', 'desks.since', 'state', ''], desks, rowOf, wordsOf, 'desks.none', isFresh)),
    me.company.verified ? narrow(h('h2', {}, t('desks.rule')), h('p', { class: 'soft' }, t('desks.rule.hint')), element) : null);
}
