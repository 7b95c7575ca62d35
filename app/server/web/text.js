// The language and its catalogue; money and dates as the person's own zone writes them.
const kLanguages = ['zh-CN', 'en'];

function chosen() {
  const asked = new URLSearchParams(location.search).get('lang');
  if (kLanguages.includes(asked)) localStorage.setItem('hufu-language', asked);
  const kept = localStorage.getItem('hufu-language');
  if (kLanguages.includes(kept)) return kept;
  return navigator.language.startsWith('zh') ? 'zh-CN' : 'en';
}

export const language = chosen();
export const isChinese = language === 'zh-CN';
export const textsOf = async (which) => (await fetch(`/web/${which}.json`)).json();
const texts = await textsOf(language);

// {name} is replaced.
export const filled = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));

// A text of the catalogue.
export function t(key, values = {}) {
  const text = texts[key];
  if (text === undefined) throw new Error(`no text: ${key}`);
  return filled(text, values);
}

export function otherLanguage() {
  return kLanguages.find((one) => one !== language);
}

export function switchLanguage() {
  localStorage.setItem('hufu-language', otherLanguage());
  location.reload();
}

export function money(cents) {
  const sign = cents < 0 ? '-' : '';
  const whole = Math.trunc(Math.abs(cents) / 100).toLocaleString('en-US');
  return `${sign}¥${whole}.${String(Math.abs(cents) % 100).padStart(2, '0')}`;
}

// "12.34" -> 1234; null for what is no amount.
export function centsOf(text) {
  const match = /^\s*(\d{1,9})(?:\.(\d{1,2}))?\s*$/.exec(text);
  return match ? Number(match[1]) * 100 + Number((match[2] || '').padEnd(2, '0')) : null;
}

// Names as the language sorts them.
export const byName = new Intl.Collator(language).compare;

export function day(ms) {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(ms);
}

export function minute(ms) {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(ms);
}

// Where a deadline is a matter of seconds.
export function second(ms) {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' }).format(ms);
}
