// Whom to ask, on every page; and a case that is sent to support, which the person reads first: nothing else goes along.
import { get, newKey, postOnce, recentCodes } from './access.js';
import { button, field, form, h, note, qr } from './dom.js';
import { isChinese, language, t } from './text.js';

const kKinds = [['Edg', 'Edge'], ['OPR', 'Opera'], ['Firefox', 'Firefox'], ['Chrome', 'Chrome'], ['Version', 'Safari']];
const kSystems = ['Windows', 'Android', 'iPhone', 'Mac OS', 'Linux'];

function browserName() {
  const agent = navigator.userAgent;
  for (const [word, name] of kKinds) {
    const version = new RegExp(`${word}/(\\d+)`).exec(agent);
    if (version) return `${name} ${version[1]}, ${kSystems.find((system) => agent.includes(system)) || 'other'}`;
  }
  return 'other';
}

const kSideMost = 1600; // pixels
const kPictureMost = 400 * 1024; // bytes

// Drawn anew, so that nothing which a camera or a program wrote into the file goes along, and small enough to be sent.
async function redrawn(file) {
  const image = await createImageBitmap(file);
  const scale = Math.min(1, kSideMost / Math.max(image.width, image.height));
  const canvas = h('canvas', { width: Math.max(1, Math.round(image.width * scale)), height: Math.max(1, Math.round(image.height * scale)) });
  const pen = canvas.getContext('2d');
  pen.fillStyle = 'white'; // under what is transparent
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  for (const quality of [0.85, 0.6, 0.4]) {
    const blob = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', quality));
    if (blob && blob.size <= kPictureMost) return blob;
  }
  return null;
}

const hexOf = async (blob) => [...new Uint8Array(await blob.arrayBuffer())].map((byte) => byte.toString(16).padStart(2, '0')).join('');

// The page's name alone: an address may hold a secret (the legal representative's link).
const pageName = () => [location.pathname.slice(1), /^#\/([a-z-]+)$/.exec(location.hash)?.[1]].filter(Boolean).join('-').replace(/[^A-Za-z0-9-]+/g, '-').slice(0, 32) || 'nowhere';
// What looks like a phone's, a person's or an account's number is not sent; the server leaves out the same.
const withoutNumbers = (words) => words.replace(/[0-9](?:[ -]?[0-9]){10,}[xX]?/g, (number) => number.replace(/[0-9xX]/g, '*'));
const reportOf = (words, codes) => ({ page: pageName(), language, browser: browserName(), codes, words: withoutNumbers(words) });

function openCase() {
  const preview = h('pre', { class: 'small', tabindex: '0' });
  const words = field({ name: 'words', label: t('support.words'), type: 'textarea', maxlength: 300, hint: t('support.words.hint') });
  const codes = recentCodes(); // of before: what goes wrong meanwhile, this case's own sending too, was not shown
  const look = () => { preview.textContent = JSON.stringify(reportOf(words.querySelector('textarea').value, codes), null, 1); };
  words.addEventListener('input', () => { key = newKey(); look(); });
  let sent = null; // the picture that goes along
  let key = newKey(); // sent again after a lost answer, it is the same case
  const shown = h('div', { 'aria-live': 'polite' });
  const file = field({ name: 'file', label: t('support.picture'), type: 'file', accept: 'image/png,image/jpeg', hint: t('support.picture.hint') });
  file.addEventListener('change', async (event) => {
    sent = null;
    key = newKey();
    shown.replaceChildren();
    if (!event.target.files[0]) return;
    sent = await redrawn(event.target.files[0]).catch(() => null);
    if (!sent) return shown.replaceChildren(note(t('support.picture.bad'), 'bad'));
    const image = h('img', { src: URL.createObjectURL(sent), alt: t('support.picture.preview'), class: 'shot' });
    image.addEventListener('load', () => URL.revokeObjectURL(image.src));
    shown.replaceChildren(image, button('support.picture.remove', () => { sent = null; key = newKey(); file.querySelector('input').value = ''; shown.replaceChildren(); }));
  });
  const close = () => { dialog.close(); dialog.remove(); };
  const body = h('div', {}, h('p', {}, t('support.lead')), form([words, file, h('h3', {}, t('support.preview')), preview, shown], 'support.send', async (values) => {
    const { number } = await postOnce('/support/v1/cases', { ...reportOf(values.words, codes), ...(sent ? { picture: await hexOf(sent) } : {}) }, key);
    body.replaceChildren(note(t('support.sent', { number }), 'good'), h('p', {}, t('support.sent.next')));
    body.querySelector('.note').focus();
  }));
  const dialog = h('dialog', { 'aria-label': t('support.ask') }, h('h2', {}, t('support.ask')), body, h('p', {}, button('support.close', close)));
  document.body.append(dialog);
  dialog.addEventListener('close', () => dialog.remove());
  look();
  dialog.showModal();
}

// By the phone or on this computer.
async function openChat(address) {
  const dialog = h('dialog', { 'aria-label': t('support.chat') }, h('h2', {}, t('support.chat')), await qr(address, 'support.chat.qr'),
    h('p', {}, h('a', { href: address, target: '_blank', rel: 'noopener' }, address)), h('p', {}, button('support.close', () => dialog.close())));
  document.body.append(dialog);
  dialog.addEventListener('close', () => dialog.remove());
  dialog.showModal();
}

let settings = null;
// For where nothing but support goes on. before: what else a press does.
export const supportButton = (before) => button('support.ask', () => { before(); openCase(); }, 'main');

export async function supportFoot() {
  const foot = document.getElementById('foot');
  const ask = button('support.ask', openCase);
  foot.replaceChildren(ask);
  settings ??= get('/support/v1').catch(() => null);
  const told = await settings;
  if (!told || !ask.isConnected) return;
  const text = (name) => (told[name] ? h('span', {}, t(`support.${name}`, { text: told[name][isChinese ? 'zh' : 'en'] })) : null);
  foot.prepend(...[text('person'), text('group'), text('hotline'), text('hours'), told.chat ? button('support.chat', () => openChat(told.chat)) : null].filter(Boolean));
}
