// The real hufu-phone, driven through its control socket (app/control/control.h), and what a person does with it.
// Codes are read as pixels: from a picture of the browser's page, or of the desk's window.
import { spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { codeOn, scanned, windowEnvironment } from './server.mjs';

const kPin = '739154';
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

export class Phone {
  // In: folder, of this phone alone; link, the activation link, null: as after the installation, the person brings it; language, zh_CN or en; words, more of them.
  static async start(folder, link, language, words = []) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const phone = new Phone();
    phone.folder = folder;
    phone.child = spawn(process.env.HUFU_PHONE, ['--data', join(folder, 'data'), '--control', join(folder, 'control'), '--language', language, ...(link ? ['--activation', link] : []), '--pictures', ...words], {
      stdio: ['ignore', 'ignore', openSync(join(folder, 'phone.log'), 'w')],
      env: windowEnvironment(),
    });
    const ended = new Promise((done) => phone.child.once('exit', done));
    phone.ended = ended;
    await mkdir(join(folder, 'data'), { recursive: true, mode: 0o700 });
    for (let i = 0; ; ++i) {
      try {
        await phone.#open(join(folder, 'control'));
        return phone;
      } catch (error) {
        if (i === 200) throw error;
        await wait(100);
      }
    }
  }
  #open(path) {
    return new Promise((done, failed) => {
      const socket = connect(path);
      socket.once('error', failed);
      socket.once('connect', () => {
        this.socket = socket;
        this.answers = [];
        createInterface({ input: socket }).on('line', (line) => this.answers.shift()?.(JSON.parse(line)));
        done();
      });
    });
  }
  async ask(request) {
    const answer = await new Promise((done) => {
      this.answers.push(done);
      this.socket.write(`${JSON.stringify(request)}\n`);
    });
    if (!answer.ok) throw new Error(`the phone cannot ${JSON.stringify(request)}: ${answer.error} ${answer.page ?? ""}`);
    return answer;
  }
  click(name) { return this.ask({ do: 'click', name }); }
  press(says) { return this.ask({ do: 'click', says }); } // the one button that reads so
  type(name, text) { return this.ask({ do: 'type', name, text }); }
  page(page, ms = 30000) {
    return this.ask({ do: 'waitPage', page, ms }).catch(async (trouble) => {
      trouble.message += ` ${await this.read('errorCode').catch(() => '')}`;
      throw trouble;
    });
  }
  pin() { return this.ask({ do: 'pin', digits: kPin }); }
  async read(name) { return (await this.ask({ do: 'read', name, property: 'text' })).value; }
  shot(file) { return this.ask({ do: 'shot', file }); }

  // From the welcome page to home. smsCode: the code that came.
  async activate(phoneNumber, smsCode) {
    await this.page('welcome');
    await this.click('welcomeStart');
    await this.page('phoneNumber');
    await this.type('phoneNumberField', phoneNumber);
    await this.click('phoneNumberNext');
    await this.page('agreements');
    await this.click('agreementsAll');
    await this.click('agreementsNext');
    await this.page('identity');
    await this.type('smsField', await smsCode());
    await this.click('identityNext');
    await this.page('pinChoose');
    await this.pin();
    await this.page('pinRepeat');
    await this.pin();
    await this.page('certificate', 60000);
    await this.click('certificateNext');
    await this.page('home');
  }
  // From home to the request, by the code that the browser's page shows at this moment.
  scan(page) {
    return this.scanFrom(async (file) => writeFile(file, await codeOn(page)));
  }
  // In: takePicture(file), of what lies before the phone; next, the page that is to come of it. On a display the phone looks at the
  // windows by itself, and is likely to have found the code already.
  async scanFrom(takePicture, next = 'approve') {
    const file = join(this.folder, 'code.png');
    const at = async () => (await this.ask({ do: 'page' })).page;
    const look = async () => {
      await this.click('homeScan');
      for (let tries = 1; ; tries++) {
        await takePicture(file);
        if (await at() !== 'scan') return;
        const trouble = await this.ask({ do: 'scanImage', file }).then(() => null, (error) => error);
        if (!trouble || /not shown/.test(trouble.message)) return;
        if (tries === 10 || !/HF-212/.test(trouble.message)) throw trouble;
        await wait(300); // the code was about to come
      }
    };
    const close = async () => {
      await this.click('errorClose');
      await this.page('home');
    };
    await scanned({ look, at, says: () => this.read('errorCode'), close }, next);
  }
  // What the page beside it is to be told.
  digits() { return this.read('digits'); }
  // From the request to home. smsCode: the code that came, where the act wants one.
  async approve(smsCode = null) {
    await this.click('approveYes');
    if (smsCode) {
      await this.page('factor');
      await this.type('factorCode', await smsCode());
      await this.click('factorNext');
    }
    await this.page('pinPad');
    await this.pin();
    await this.page('result');
    await this.click('resultDone');
    await this.page('home');
  }
  async refuse() {
    await this.click('approveNo');
    await this.page('result');
    await this.click('resultDone');
    await this.page('home');
  }
  async stop() {
    this.socket?.end();
    this.child.kill('SIGTERM');
    await this.ended;
  }
}
