// How an act is confirmed: with the person's own shield, once there is one; before, and while it cannot sign, by a code to one's own
// phone, or by face where the company's application knows the person.
import { post } from './access.js';
import { faceCheck } from './application.js';
import { button, codeButton, field, form, h, withButton } from './dom.js';
import { confirmByShield } from './scan.js';
import { t } from './text.js';

export const kConfirmMarks = { 'HF-402': ['code'], 'HF-403': ['code'] };

// For a form. path: of the end points that begin it (shield, code, face); wanted(): what is confirmed, as it stands in the form then.
export function confirmPart(me, path, wanted, hint) {
  if (me.person.shield) return [h('div', { class: 'field' }, h('p', { class: 'hint' }, t('confirm.shield.then')))];
  const code = withButton(field({ name: 'code', label: t('code.label'), inputmode: 'numeric', required: true, maxlength: 6, hint }), codeButton(() => post(`${path}/code`, wanted())));
  const { faceServices } = me.person;
  if (faceServices.length === 0) return [code];
  const face = h('div', { class: 'face' }, faceCheck(faceServices, (provider) => post(`${path}/face`, { ...wanted(), provider })), h('p', { class: 'hint' }, t('confirm.face.then')));
  const method = field({ name: 'confirmBy', label: t('confirm.how'), type: 'radio', value: 'sms', options: [['sms', t('confirm.sms')], ['face', t('confirm.face')]] });
  face.hidden = true;
  method.addEventListener('change', (event) => {
    const isFace = event.target.value === 'face';
    face.hidden = !isFace;
    code.hidden = isFace;
    code.querySelector('input').required = !isFace;
  });
  return [method, code, face];
}

// For a button whose act is confirmed: a dialog with what is asked, the proof, and the way back. act(proof): a promise.
export function confirmDialog(me, key, question, path, wanted, act) {
  const dialog = h('dialog', { 'aria-label': t(key) }, h('h2', {}, t(key)), h('p', {}, question), form(confirmPart(me, path, wanted), key, async (values) => {
    await act(await proof(me, path, wanted, values));
    dialog.close();
  }, kConfirmMarks, 'danger'), h('p', {}, button('cancel', () => dialog.close())));
  document.body.append(dialog);
  dialog.addEventListener('close', () => dialog.remove());
  dialog.showModal();
}

// What is sent along with the act: a promise, since a shield is asked only now that the form is whole.
export async function proof(me, path, wanted, values) {
  if (!me.person.shield) return values.confirmBy === 'face' ? { face: true } : { code: values.code };
  await confirmByShield(path, wanted);
  return { shield: true };
}
