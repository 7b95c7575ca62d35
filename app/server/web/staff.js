// 组织机构: people, departments, roles; lists from CSV with a preview.
import { all, ask, get, newKey, post, postOnce } from './access.js';
import { actButton, bring, button, card, field, form, h, heading, narrow, note, refuse, searchTable, show, table, tag, typed } from './dom.js';
import { confirmDialog, confirmPart, kConfirmMarks, proof } from './confirm.js';
import { leavingPage, stopDialog } from './leaving.js';
import { byName, t } from './text.js';

const kRoles = ['administrator', 'seal-administrator', 'approver', 'bid-staff'];
const kTrusted = ['administrator', 'seal-administrator']; // whoever has one of these can let anybody act for the company
let edited = null; // the person whose form is open
let leaving = null; // the person who leaves
let imported = 0; // how many a list has just brought

export async function staffPage(context) {
  if (context.isFresh) edited = leaving = null;
  const staff = (await all('/console/v1/staff', 'staff')).filter((one) => one.state !== 'removed').sort((a, b) => byName(a.name, b.name));
  const leaver = staff.find((one) => one.id === leaving);
  if (leaver) return leavingPage(context.me, leaver, () => { leaving = null; context.again(); }, heading('staff.title', 'staff.lead'));
  const rowOf = (one) => [one.name, one.phoneMasked, one.staffNumber, one.department, one.roles.map((role) => t(`role.${role}`)).join(t('list.comma')),
    tag(t(`staff.${one.state}`), one.state === 'active' ? 'good' : 'warn'),
    h('span', { class: 'row' }, button('staff.edit', () => { edited = one; context.again(); }),
      standingButton(one, context),
      button('staff.leave', () => { leaving = one.id; context.again(); }, 'danger'))];
  const wordsOf = (one) => [one.name, one.phoneMasked, one.staffNumber, one.department, ...one.roles.map((role) => t(`role.${role}`)), t(`staff.${one.state}`)].join(' ');
  const entry = edited ? editPart(edited, context) : addPart(context);
  show(heading('staff.title', 'staff.lead'), imported ? note(t('staff.list.done', { count: imported }), 'good') : null, card(searchTable(['person.name', 'person.phone', 'staff.number', 'staff.department', 'staff.roles', 'state', ''], staff, rowOf, wordsOf, 'staff.none', context.isFresh)),
    entry, listPart(context));
  if (edited) bring(entry);
  imported = 0;
}

// Disables a person, or enables one again; an administrator's is confirmed.
function standingButton(one, { me, again }) {
  const verb = one.state === 'active' ? 'disable' : 'enable';
  const path = `/console/v1/staff/${one.id}`;
  const act = async (body) => { await post(`${path}/${verb}`, body); again(); };
  const isConfirmed = one.roles.includes('administrator');
  const question = t(`staff.${verb}.administrator`, { name: one.name });
  if (verb === 'enable') return isConfirmed ? button('staff.enable', () => confirmDialog(me, 'staff.enable', question, `${path}/standing`, () => ({ act: verb }), act)) : actButton('staff.enable', act);
  return actButton('staff.disable', async () => {
    const held = await get(`${path}/leaving`);
    const confirmed = isConfirmed ? { path: `${path}/standing`, wanted: () => ({ act: verb }) } : null;
    stopDialog(me, 'staff.disable', isConfirmed ? question : t('staff.disable.sure'), held.grant ? held : null, confirmed, act);
  }, 'danger');
}

const rolesOf = (element) => [...element.querySelectorAll('input[name=roles]:checked')].map((input) => input.value);
const rolesPart = (chosen) => h('fieldset', {}, h('legend', {}, t('staff.roles')), kRoles.map((role) =>
  [field({ name: 'roles', type: 'checkbox', label: t(`role.${role}`), value: role, checked: chosen.includes(role) }), h('p', { class: 'hint' }, t(`role.${role}.hint`))]));

function entryPart(one) {
  return [field({ name: 'name', label: t('person.name'), required: true, value: one.name, hint: one.id ? t('staff.name.kept') : null }),
    field({ name: 'phoneNumber', label: t('person.phone'), type: 'tel', required: !one.id, clean: 'digits', hint: one.id ? t('staff.phoneAgain', { masked: one.phoneMasked }) : null }),
    h('div', { class: 'pair' }, field({ name: 'staffNumber', label: t('staff.number'), value: one.staffNumber }), field({ name: 'department', label: t('staff.department'), value: one.department })),
    field({ name: 'birthday', label: t('staff.birthday'), type: 'date', hint: t(one.id ? 'staff.birthday.again' : 'staff.birthday.hint') }),
    rolesPart(one.roles || ['bid-staff'])];
}

const kMarks = { 'HF-763': ['phoneNumber', 'staffNumber'] };
const entryOf = (values, element) => ({ name: values.name, phoneNumber: values.phoneNumber, staffNumber: values.staffNumber, department: values.department, birthday: (values.birthday || '').replaceAll('-', ''), roles: rolesOf(element) });

// A person's form. What makes or unmakes an administrator, makes a seal administrator, or changes the log-in of either is confirmed like a
// hand-over.
// send(entry): a promise.
function entryForm(one, path, submitKey, me, send) {
  const entry = () => entryOf(typed(element), element);
  const confirmed = h('div', {}, note(t('staff.administrator.confirm'), 'warn'), confirmPart(me, path, entry));
  const element = form([entryPart(one), confirmed], submitKey, async (values) => {
    if (rolesOf(element).length === 0) return refuse(element, 'roles', t('staff.noRole'));
    await send({ ...entryOf(values, element), ...(confirmed.hidden ? {} : await proof(me, path, entry, values)) });
  }, { ...kMarks, ...kConfirmMarks });
  const look = () => {
    const [was, is] = [one.roles || [], rolesOf(element)];
    const gains = kTrusted.some((role) => is.includes(role) && !was.includes(role));
    const loses = was.includes('administrator') && !is.includes('administrator');
    const another = kTrusted.some((role) => is.includes(role)) && element.elements.phoneNumber.value.trim();
    confirmed.hidden = !gains && !loses && !another;
    const { code } = element.elements;
    if (code) code.required = !confirmed.hidden && !confirmed.querySelector('input[value=face]')?.checked;
  };
  element.addEventListener('input', look);
  look();
  return element;
}

function addPart({ me, again }) {
  let key = newKey();
  const element = entryForm({}, '/console/v1/staff', 'staff.add', me, async (entry) => {
    await postOnce('/console/v1/staff', entry, key);
    again();
  });
  element.addEventListener('input', () => { key = newKey(); }); // another person is another act
  return narrow(h('h2', {}, t('staff.add')), element);
}

function editPart(one, { me, again }) {
  const path = `/console/v1/staff/${one.id}`;
  return narrow(h('h2', {}, t('staff.editOf', { name: one.name })), entryForm(one, path, 'save', me, async (entry) => {
    await ask('PUT', path, entry);
    edited = null;
    again();
  }), h('p', {}, button('cancel', () => { edited = null; again(); })));
}

function listPart({ again }) {
  const place = h('div', { 'aria-live': 'polite' });
  // A file is read here, as UTF-8 or as what office programs write in China, and shown in the field before anything is sent.
  const file = field({ name: 'file', label: t('staff.list.file'), type: 'file', accept: '.csv,.txt,text/csv', hint: t('staff.list.file.hint') });
  file.addEventListener('change', async (event) => {
    if (!event.target.files[0]) return;
    const bytes = await event.target.files[0].arrayBuffer();
    let text;
    try {
      text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch {
      text = new TextDecoder('gb18030').decode(bytes);
    }
    event.target.form.elements.list.value = text;
    place.replaceChildren();
  });
  return card(h('h2', {}, t('staff.list')), form([file, field({ name: 'list', label: t('staff.list.text'), type: 'textarea', required: true, hint: t('staff.list.hint') })], 'staff.list.preview', async ({ list }) => {
    place.replaceChildren();
    const { people } = await ask('POST', '/console/v1/staff-list/preview', list);
    const good = people.every((one) => one.faults.length === 0);
    place.replaceChildren(table(['>staff.list.line', 'person.name', 'person.phone', 'staff.number', 'staff.department', 'staff.roles', 'staff.list.faults'],
      people.map((one) => [{ money: String(one.line) }, one.text ? h('span', { class: 'code' }, one.text) : one.name, one.phoneNumber, one.staffNumber, one.department, one.roles.map((role) => t(`role.${role}`)).join(t('list.comma')),
        one.faults.length ? tag(one.faults.map((fault) => t(`listFault.${fault}`)).join(t('list.comma')), 'bad') : tag(t('staff.list.good'), 'good')]), 'staff.none'),
    good ? actButton('staff.list.import', async () => {
      ({ added: imported } = await ask('POST', '/console/v1/staff-list', list));
      again();
    }, 'main') : h('p', { class: 'soft' }, t('staff.list.bad')));
  }), place);
}
