// The client of the control API (openapi.yaml): for a page, and for node without any package.
//   const emulator = new Emulator(url, token); const phone = await emulator.create({ person: '13900139001' });
//   await phone.scan({ text }); await phone.approve();
export class Emulator {
  constructor(url, token) {
    Object.assign(this, { url: url.replace(/\/$/, ''), token });
  }

  // Rejects with an Error that has the status, unless the API did what was asked.
  async ask(method, path, body) {
    const answer = await fetch(`${this.url}/emulator/v1${path}`, { method, cache: 'no-store', headers: { Authorization: `Bearer ${this.token}`, 'Content-Type': 'application/json' }, body: body && JSON.stringify(body) });
    if (answer.headers.get('content-type') === 'image/png') return answer.blob();
    const json = await answer.json();
    if (!answer.ok) throw Object.assign(new Error(json.error || `${method} ${path}: ${answer.status}`), { status: answer.status });
    return json;
  }

  phones() { return this.ask('GET', '/phones').then(({ phones }) => phones.map((one) => this.phone(one.phone, one))); }
  // In: wish, what it shall be like: { company: '江海机电设备有限公司', pin: '739154', expiresInDays: 1 }, { bids: 3, opensInHours: 2 }, { wrongPins: 5 }, { state: 'renewed' }
  create(wish = {}) { return this.ask('POST', '/phones', wish).then((one) => this.phone(one.phone, one)); }
  phone(name, seen = {}) { return new Phone(this, name, seen); }
  clock() { return this.ask('GET', '/clock'); }
  jump(time) { return this.ask('POST', '/clock', { jump: time }); } // '30 min', '3 h', '1 d', '1 y'
  faults(change) { return change ? this.ask('POST', '/faults', change) : this.ask('GET', '/faults'); }
  people() { return this.ask('GET', '/people').then(({ people }) => people); }
  server(act, more = {}) { return this.ask('POST', '/server', { do: act, ...more }); } // start, stop, kill, pause, resume; fill, free: its disk
  states() { return this.ask('GET', '/state').then(({ states }) => states); } // their names
  save(name) { return this.ask('POST', '/state/save', { name }); }
  load(name) { return this.ask('POST', '/state/load', { name }); }
}

const codeOf = (code) => (code instanceof Uint8Array ? { image: btoa(Array.from(code, (byte) => String.fromCharCode(byte)).join('')) } : code);

export class Phone {
  constructor(emulator, name, seen) {
    Object.assign(this, { emulator, name, seen });
  }

  ask(method, path = '', body = undefined) { return this.emulator.ask(method, `/phones/${this.name}${path}`, body); }
  look() { return this.ask('GET'); }
  remove() { return this.ask('DELETE'); }
  picture() { return this.ask('GET', '/picture'); } // a Blob, PNG
  messages() { return this.ask('GET', '/messages').then(({ messages }) => messages); } // SMS, newest first
  notifications() { return this.ask('GET', '/notifications').then(({ notifications }) => notifications); } // of its shade, newest first
  // In: code, the bytes of a picture, as a screenshot gives them; or { text }; or { image: Base64 }.
  scan(code) { return this.ask('POST', '/scan', codeOf(code)); }
  answer(code) { return this.ask('POST', '/answer', codeOf(code)); } // scans, and does what this person always does
  digits() { return this.waitPage('approve').then(() => this.read('digits')); } // what the page beside the phone asks for
  approve() { return this.ask('POST', '/approve', {}); }
  refuse(wish = {}) { return this.ask('POST', '/refuse', wish); }
  act(word) { return this.ask('POST', '/act', word); }
  pin(digits) { return this.act({ do: 'pin', digits }); }
  page() { return this.act({ do: 'page' }).then(({ page }) => page); }
  waitPage(page, ms = 10_000) { return this.act({ do: 'waitPage', page, ms }); }
  read(name, property = 'text') { return this.act({ do: 'read', name, property }).then(({ value }) => value); }
  tap(x, y) { return this.act({ do: 'tap', x, y }); } // in fractions of the screen
  keys(text) { return this.act({ do: 'keys', text }); }
  network(state) { return this.act({ do: 'network', state }); } // good, cut, slow, loseNext, garbleNext
  finger(found) { return this.act({ do: 'finger', state: found }); } // what its reader finds from now on: recognised, refused, changed, absent
  face(seen) { return this.act({ do: 'face', state: seen }); } // whom its camera sees at a face check: live, photograph, other
  screen(change = {}) { return this.act({ do: 'screen', ...change }); } // { pictures, recorded }: whether pictures of secret pages are let, and somebody records; answers { forbids, blank, recorded }
  says() { return this.act({ do: 'says' }).then(({ text }) => text); } // all that can be read on it
  power(act) { return this.ask('POST', '/power', { do: act }); } // kill, start, restart; fill, free: its disk
  clone() { return this.ask('POST', '/clone', {}).then((one) => this.emulator.phone(one.phone, one)); }
  operator(word, more = {}) { return this.ask('POST', '/operator', { word, ...more }); }
  play(lines) { return this.ask('POST', '/play', { lines }); } // of a script
}
