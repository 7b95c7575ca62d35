// Requests to the server. A refusal becomes a Problem; a change brings the page's own word (Hufu-Csrf) along, and each request the language
// (Hufu-Language), in which the server writes to the person.
import { isChinese, language, t } from './text.js';

export class Problem extends Error {
  constructor(status, body) {
    super(body.code || String(status));
    this.status = status;
    this.code = body.code || '';
    this.title = (isChinese ? body.titleZh : body.title) || t('problem.noAnswer');
    this.detail = (isChinese ? body.detailZh : body.detail) || '';
    this.steps = (isChinese ? body.stepsZh : body.steps) || [];
    this.fields = (body.errors || []).map((one) => one.field); // the members of the request that are out of form
    if (/^HF-\d{3}$/.test(this.code)) codes = [this.code, ...codes.filter((one) => one !== this.code)].slice(0, 10);
  }
}

// What went wrong since the page was opened, the latest first.
let codes = [];
export const recentCodes = () => codes;

let word = '';
export function useWord(csrf) {
  word = csrf;
}

// In: signal; once it is given the request ends with its reason.
export async function ask(method, path, body, headers = {}, signal = undefined) {
  const request = { method, headers: { 'Hufu-Language': language, ...headers }, credentials: 'same-origin', signal };
  if (word && method !== 'GET') request.headers['Hufu-Csrf'] = word;
  if (body !== undefined) {
    const isRaw = typeof body === 'string' || body instanceof Blob;
    request.headers['Content-Type'] = isRaw ? 'application/octet-stream' : 'application/json';
    request.body = isRaw ? body : JSON.stringify(body);
  } else if (method !== 'GET') {
    request.headers['Content-Type'] = 'application/json';
    request.body = '{}';
  }
  let answer, text;
  try {
    answer = await fetch(path, request);
    text = await answer.text();
  } catch {
    if (signal?.aborted) throw signal.reason;
    throw new Problem(0, {});
  }
  let json = null;
  try {
    json = text ? JSON.parse(text) : null;
  } catch {
    json = null;
  }
  if (!answer.ok) throw new Problem(answer.status, json || {});
  return json;
}

// A piece of a file, as it is.
export async function getPiece(path) {
  let answer, piece;
  try {
    answer = await fetch(path, { headers: { 'Hufu-Language': language }, credentials: 'same-origin' });
    piece = await answer.blob();
  } catch {
    throw new Problem(0, {});
  }
  if (!answer.ok) throw new Problem(answer.status, await piece.text().then(JSON.parse).catch(() => ({})));
  return piece;
}

// A file that the server makes, for the person to keep.
export async function saveFile(method, path) {
  let answer;
  try {
    answer = await fetch(path, { method, headers: { 'Hufu-Language': language, ...(method === 'GET' ? {} : { 'Hufu-Csrf': word, 'Content-Type': 'application/json' }) }, body: method === 'GET' ? undefined : '{}', credentials: 'same-origin' });
  } catch {
    throw new Problem(0, {});
  }
  if (!answer.ok) throw new Problem(answer.status, await answer.json().catch(() => ({})));
  const name = /filename="([^"]+)"/.exec(answer.headers.get('Content-Disposition') || '')?.[1] || '';
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await answer.blob());
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

export const get = (path, signal) => ask('GET', path, undefined, {}, signal);
export const post = (path, body) => ask('POST', path, body);

// What the next moment may mend: no answer, too much asked at once, trouble of the server's own.
const passes = (problem) => problem instanceof Problem && (problem.status === 0 || problem.status === 429 || problem.status >= 500);

// Once more, with growing pauses, where it failed in such a way. In: act, a promise each time; isWanted(ms, problem), whether still, so long
// after the first time; wait(), told before each pause; signal; once it is given a pause ends with its reason.
export async function patiently(act, isWanted, wait = () => {}, signal = undefined) {
  const begun = performance.now();
  for (let pause = 1000; ; pause = Math.min(pause * 2, 15000)) {
    try {
      return await act();
    } catch (problem) {
      if (!passes(problem) || !isWanted(performance.now() - begun, problem)) throw problem;
      wait();
      await new Promise((done) => {
        setTimeout(done, pause * (0.5 + Math.random())); // not all pages in the same moment
        signal?.addEventListener('abort', done);
      });
      if (signal?.aborted) throw signal.reason;
      if (!isWanted(performance.now() - begun, problem)) throw problem;
    }
  }
}

// A change that must not be done twice, however often its button is pressed.
export const postOnce = (path, body, key, signal) => ask('POST', path, body, { 'Idempotency-Key': key }, signal);
export const newKey = () => crypto.randomUUID();

// The pages behind the first one, for a table that grows. next: what the first page said; null: there are none.
export function pages(path, next, rowsOf) {
  let after = next;
  return after === null ? null : async () => {
    const page = await get(`${path}?after=${after}`);
    after = page.next;
    return { rows: rowsOf(page), isLast: after === null };
  };
}

// All pages of a list.
export async function all(path, name) {
  const list = [];
  let after = null;
  do {
    const page = await get(after === null ? path : `${path}${path.includes('?') ? '&' : '?'}after=${after}`);
    list.push(...page[name]);
    after = page.next;
  } while (after !== null);
  return list;
}
