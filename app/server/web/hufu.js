// Hufu in a web page: finds the desktop client on the person's computer, asks for access once, begins sealing and opening in its
// window, and follows them. Copy this file into your own site; it needs nothing else and shows nothing by itself.
// A log-in never goes by the desk: it cannot vouch for whose page asks, nor tell which browser the person sits at. It goes by a code of
// your own backend, with a desk on the computer or without one (logInByCode): there is nothing to try first, and nothing to fall back from.
//
//   import { connect, HufuTrouble } from './hufu.js';
//   const desk = await connect({ onPrompt: (words) => say(words.en), onQuestion: () => say('Please allow us in the Hufu window') });
//   const act = await desk.seal({ project: { id: 'ZB-1', name: '…' }, openingMs: 1795570200000 }, (one) => show(one.state));
//   if (act.state === 'done') show(act.files);
//
// A HufuTrouble says in `reason` why it did not come to that: notFound (no desk runs here: offer the download), blocked (the browser
// keeps the page from the computer: its site settings), refused (the person said no in the desk's window, or has removed this site
// there since: connect asks again then), unanswered (its last question found nobody, or a no: ask again in `seconds`), busy,
// notEnrolled, failed. `code` is the HF-nnn that the person is shown.

export const kPorts = [19531, 24531, 29531];
// What to say before the browser asks the person whether this page may reach programs of the computer.
export const kPromptWords = {
  zh: '浏览器将询问是否允许本页面访问本机程序，请选“允许”：要连接的是虎符电脑端。',
  en: 'Your browser will ask whether this page may reach programs on this computer. Choose Allow: it is the Hufu desktop client that the page looks for.',
};
const kTries = 3; // of a look at what goes on; then the desk, or one's own backend, counts as gone
const kRetryMs = 1000;

export class HufuTrouble extends Error {
  constructor(reason, problem = null, seconds = null) {
    super(`${reason}${problem ? ` ${problem.code}` : ''}`);
    this.reason = reason;
    this.code = problem?.code ?? null;
    this.seconds = seconds; // unanswered: until the desk asks about a new site again
    this.problem = problem; // title, detail, steps in English; titleZh, detailZh, stepsZh in Chinese
  }
}

// Whether the browser lets this page reach programs of the computer: granted, prompt, denied, or unknown (no such question).
export async function browserPermission() {
  for (const name of ['loopback-network', 'local-network-access']) {
    try {
      return (await navigator.permissions.query({ name })).state;
    } catch {
      // Not a name that this browser knows.
    }
  }
  return 'unknown';
}

async function request(base, method, path, body, ms) {
  let answer;
  try {
    answer = await fetch(base + path, {
      method,
      headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
      signal: AbortSignal.timeout(ms),
    });
  } catch {
    throw new HufuTrouble('notFound');
  }
  if (answer.status === 204) return null;
  const json = await answer.json().catch(() => null);
  if (answer.ok && json) return json;
  const reasons = { 'HF-107': 'refused', 'HF-108': 'busy', 'HF-205': 'notEnrolled' };
  throw new HufuTrouble(reasons[json?.code] ?? 'failed', json);
}

export class Desk {
  constructor(base) {
    this.base = base;
  }
  ask(method, path, body, ms = 20000) {
    return request(this.base, method, path, body, ms);
  }
  // none, asked, allowed, refused or unanswered: what the person has said about this site.
  async access() {
    return (await this.ask('GET', '/v1/access')).access;
  }
  // {version, enrolled, serverReached, canOpen, busy, computer: {id, name}, problem}. keys: those by which an envelope opens; canOpen is
  // then said of that one. problem: why it cannot, with words in both languages, where more is known than that nobody has a key.
  status({ keys = [] } = {}) {
    return this.ask('GET', keys.length ? `/v1/status?keys=${keys.join(',')}` : '/v1/status');
  }
  // wish: {project: {id, name, package}, openingMs, hint}. The person chooses the files in the desk's window. Resolves when the act
  // is over, done or cancelled; failures may be tried again in the window, and are told to onChange meanwhile. An abort of signal cancels it.
  seal(wish, onChange = () => {}, signal = undefined) {
    return this.follow({ act: 'seal', ...wish }, onChange, signal);
  }
  // wish: {project: {id, name}, hint}. The opened files stay on the computer; envelopes of another project stay shut, with HF-901.
  open(wish, onChange = () => {}, signal = undefined) {
    return this.follow({ act: 'open', ...wish }, onChange, signal);
  }
  // Server-sent events, each change as it comes. Resolves to how the act stood last: over, or as far as the events came.
  listen(path, act, onChange) {
    if (act.over || typeof EventSource === 'undefined') return Promise.resolve(act);
    return new Promise((done) => {
      const events = new EventSource(`${this.base}${path}/events`);
      const end = () => {
        events.close();
        done(act);
      };
      events.addEventListener('act', (event) => {
        const next = JSON.parse(event.data);
        const isNew = next.version !== act.version;
        act = next;
        if (isNew) onChange(act);
        if (act.over) end();
      });
      events.addEventListener('error', end);
    });
  }
  async follow(wish, onChange, signal) {
    if (signal?.aborted) return { state: 'cancelled', over: true, files: [] }; // nothing was begun
    let act = await this.ask('POST', '/v1/acts', wish);
    const path = `/v1/acts/${act.id}`;
    const cancel = () => this.ask('DELETE', path).catch(() => {});
    if (signal?.aborted) cancel(); // while it was begun
    else signal?.addEventListener('abort', cancel, { once: true });
    onChange(act);
    act = await this.listen(path, act, onChange);
    // A desk without events, or a cut: it is asked again and again.
    while (!act.over) {
      act = await this.lookAgain(`${path}?wait=50&since=${act.version}`);
      onChange(act);
    }
    return act;
  }
  // One answer that is lost on the way ends nothing: the act goes on in the desk's window.
  async lookAgain(path) {
    for (let lost = 1; ; ++lost) {
      try {
        return await this.ask('GET', path, undefined, 60000);
      } catch (trouble) {
        if (!(trouble instanceof HufuTrouble) || trouble.reason !== 'notFound' || lost === kTries) throw trouble;
        await new Promise((done) => setTimeout(done, kRetryMs));
      }
    }
  }
}

// The desk of this computer, or null. onPrompt(kPromptWords) is called when the browser is about to ask the person, once for this site,
// whether the page may reach programs of this computer: say before what the question is about.
export async function findDesk({ onPrompt = () => {}, ports = kPorts } = {}) {
  const permission = await browserPermission();
  if (permission === 'denied') throw new HufuTrouble('blocked');
  if (permission === 'prompt') await onPrompt(kPromptWords);
  for (const port of ports) {
    const desk = new Desk(`http://127.0.0.1:${port}`);
    try {
      // While the browser asks, the request waits.
      const found = await desk.ask('GET', '/v1/access', undefined, permission === 'prompt' ? 120000 : 4000);
      if (found.hufu === 'desk' && found.api === 1) return desk;
    } catch (trouble) {
      if (!(trouble instanceof HufuTrouble)) throw trouble;
    }
    if ((await browserPermission()) === 'denied') throw new HufuTrouble('blocked');
  }
  return null;
}

// A desk that the person has let this site use. onQuestion is called when its window asks.
export async function connect({ onPrompt, onQuestion = () => {}, ports } = {}) {
  const desk = await findDesk({ onPrompt, ports });
  if (!desk) throw new HufuTrouble('notFound');
  let answer = await desk.ask('POST', '/v1/access');
  if (answer.access === 'asked') await onQuestion();
  while (answer.access === 'asked') answer = await desk.lookAgain('/v1/access?wait=50');
  // none: the question made way for something that the person began.
  if (answer.access === 'none') throw new HufuTrouble('busy');
  // What a newer desk may say besides is no reason that a page knows.
  if (answer.access !== 'allowed') throw new HufuTrouble(['refused', 'unanswered'].includes(answer.access) ? answer.access : 'failed', null, answer.seconds ?? null);
  return desk;
}

// A log-in: the code of your own backend, which asks the server of Hufu for it (see the guide).
// backend: start() -> {token}; look(token) -> {state, digitsWanted, ...}; frame(token) -> what show needs; digits(token, text) -> false
// if they were wrong.
// view: show(frame, look), each second; claimed(look), each second; askDigits(isAgain) -> the four digits of the phone, a promise.
// Looks and frames that fail are asked for again, three times in a row at most; then what they threw is thrown.
// Resolves to approved, refused, expired, failed or, after signal has aborted, cancelled.
export async function logInByCode(backend, view, signal = undefined) {
  const pause = () => new Promise((done) => setTimeout(done, kRetryMs));
  const { token } = await backend.start();
  let lost = 0; // rounds in a row without an answer
  let typing = null; // while the person looks for the digits, the phone may have said no
  let trouble = null;
  const askDigits = async () => {
    for (let isAgain = false; !signal?.aborted; isAgain = true) if ((await backend.digits(token, await view.askDigits(isAgain))) !== false) return;
  };
  while (!signal?.aborted) {
    let look, frame;
    try {
      look = await backend.look(token);
      if (look.state === 'waiting' && !trouble && !signal?.aborted) frame = await backend.frame(token);
      lost = 0;
    } catch (problem) {
      // One answer that is lost on the way ends nothing: the session goes on at the server, and the next look tells how.
      lost += 1;
      if (lost === kTries) throw problem;
      await pause();
      continue;
    }
    if (signal?.aborted) break;
    if (trouble && ['waiting', 'claimed'].includes(look.state)) throw trouble;
    if (look.state === 'waiting') {
      await view.show(frame, look);
    } else if (look.state === 'claimed') {
      view.claimed(look);
      if (look.digitsWanted) typing ??= askDigits().catch((problem) => { trouble = problem; });
    } else {
      return look.state;
    }
    await pause();
  }
  return 'cancelled';
}
