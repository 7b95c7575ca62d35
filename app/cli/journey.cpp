#include "app/cli/journey.h"

#include "app/cli/tender.h"
#include "app/cli/words.h"
#include "app/envelope/envelope_file.h"
#include "app/envelope/sealing.h"
#include "app/pdf/judging.h"
#include "app/pdf/sealing.h"

#include "platform/drawing/seal_picture.h"
#include "shield/base/limits.h"
#include "shield/crypto/sm3.h"
#include "shield/documents/enveloped.h"
#include "shield/documents/verdict.h"
#include "shield/intent/tbs.h"
#include "shield/ports/random.h"

#include <QDateTime>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QRegularExpression>
#include <QSaveFile>
#include <QThread>

namespace hufu::cli {

static constexpr char kWrongPin[] = "284615";

static QByteArray arrayOf(ByteView bytes)
{
    return {reinterpret_cast<const char *>(bytes.data()), static_cast<qsizetype>(bytes.size())};
}

static QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// Runs an outsider's verifier. Returns: its exit code is 0; nothing if it is not there.
static std::optional<bool> outsiderAgrees(const QString &program, const QStringList &arguments, const QByteArray &expect)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    if (!process.waitForStarted(5000)) return std::nullopt;
    if (!process.waitForFinished(20000)) {
        process.kill();
        process.waitForFinished(1000);
        return false;
    }
    return process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0 && process.readAll().contains(expect);
}

Journey::Journey(const QString &out, QString input, const QString &suite, Report &report)
    : Hands(out + QStringLiteral("/stage"), suite), m_out(out), m_input(std::move(input)), m_report(report),
      m_frost(suite == QLatin1String("frost"))
{}

bool Journey::step(const char *id, const QString &what, Step body)
{
    m_report.begin(QLatin1String(id), what);
    because({});
    if ((this->*body)())
        m_report.end();
    else
        m_report.fail(why());
    return m_report.passed();
}

bool Journey::found(const char *id, const QString &what, bool (Founding::*body)())
{
    m_report.begin(QLatin1String(id), what);
    if ((m_founding.*body)())
        m_report.end();
    else
        m_report.fail(m_founding.why());
    return m_report.passed();
}

void Journey::run()
{
    QDir(m_stage.folder()).removeRecursively(); // an earlier run's company would be activated already
    QDir().mkpath(m_stage.folder());
    QDir().mkpath(path(QStringLiteral("screens")));
    // Results of an earlier run, of either suite: the desk replaces no file, and none may be taken for this run's.
    for (const char *result : {"signature.der", "signature.p7s", "signature.sig", "login-assertion.der", "login-assertion.sig", "opened.txt",
                               "sign-public.pem", "encrypt-public.pem", "report.json"})
        QFile::remove(path(QLatin1String(result)));
    m_bare = QFileInfo(m_input).size() <= static_cast<qint64>(limits::kTbsMax);

    step("server", QStringLiteral("the server starts with an empty database"), &Journey::startServer) &&
        found("apply", QStringLiteral("a company applies at the portal"), &Founding::apply) &&
        found("handling-person", QStringLiteral("the handling person: contact, agreements, consent, face"), &Founding::handlingPerson) &&
        found("facts", QStringLiteral("the company's facts are compared with the register"), &Founding::facts) &&
        found("remittance", QStringLiteral("the company is authenticated by a remittance"), &Founding::remittance) &&
        found("seats", QStringLiteral("the company orders a seat and pays"), &Founding::seats) &&
        found("seals", QStringLiteral("the company's and the legal person's seals are made"), &Founding::seals) &&
        found("staff", QStringLiteral("a member of staff is entered"), &Founding::staff) &&
        found("seal-grants", QStringLiteral("the seals are granted to the person"), &Founding::sealGrants) &&
        found("certificate-grant", QStringLiteral("a certificate is granted to the person"), &Founding::certificate) &&
        step("activate", QStringLiteral("the person activates the phone: two keys, each in two halves"), &Journey::activatePhone) &&
        step("certificates", QStringLiteral("the authority has certified both keys"), &Journey::checkCertificates) &&
        step("enrol", QStringLiteral("the person enrols the desktop client"), &Journey::enrol) &&
        step("login", QStringLiteral("log-in by scanning"), &Journey::logIn) &&
        step("binding", QStringLiteral("the certificate is bound to the portal's account, by scanning"), &Journey::bindCertificate) &&
        (m_frost || !m_bare || step("sign-bare", QStringLiteral("a plain SM2 signature over the file"), &Journey::signBare)) &&
        (m_frost || step("sign-cms", QStringLiteral("a detached CMS signature over the file"), &Journey::signCms)) &&
        (m_frost || step("seal-pdf", QStringLiteral("the company's seal on a PDF, signed by the two halves"), &Journey::sealPdf)) &&
        (!m_frost || step("sign-ed25519", QStringLiteral("an Ed25519 signature over the file"), &Journey::signEd25519)) &&
        step("decrypt", QStringLiteral("the two halves open a ciphertext"), &Journey::decrypt) &&
        (m_frost || step("seal-bid", QStringLiteral("a bid is sealed at the desk, with the person's signature in its envelope"), &Journey::sealBid)) &&
        step("open-bids", QStringLiteral("the two halves open several bid envelopes, by one scan and one PIN"), &Journey::openBids) &&
        step("wrong-pin", QStringLiteral("a wrong PIN is counted by the server, the right one clears the count"), &Journey::wrongPin) &&
        step("expired-frame", QStringLiteral("a photo of the code, four seconds old, is refused"), &Journey::expiredFrame) &&
        step("foreign-frame", QStringLiteral("a code that no server of ours knows is refused"), &Journey::foreignFrame) &&
        step("replayed-frame", QStringLiteral("the code of a log-in that is over is refused"), &Journey::replayedFrame) &&
        step("power-cut", QStringLiteral("the server dies in the middle of a signature, twice; nothing is lost"), &Journey::powerCut) &&
        step("clone", QStringLiteral("a copy of the phone's files is found at its first message; both are frozen, the keys stay"), &Journey::clonedPhone) &&
        step("recover", QStringLiteral("a code of the identity check and the PIN make the genuine phone work and the copy noise"), &Journey::recoverPhone) &&
        step("lock", QStringLiteral("three wrong PINs lock the shield for a minute; phone and desk say so"), &Journey::lockedOut);

    if (m_stage.phoneRuns()) m_stage.phone().ask({{QStringLiteral("do"), QStringLiteral("quit")}}, 2000);
    if (m_stage.deskRuns()) m_stage.desk().ask({{QStringLiteral("do"), QStringLiteral("quit")}}, 2000);
}

// --- driving the programs -----------------------------------------------------------------------------------

bool Journey::shot(Program &program, const QString &name)
{
    QThread::msleep(400); // a page fades in
    for (const QString &language : {QStringLiteral("en"), QStringLiteral("zh_CN")}) {
        const QString file = path(QStringLiteral("screens/%1-%2.png").arg(name, language));
        program.ask({{QStringLiteral("do"), QStringLiteral("language")}, {QStringLiteral("value"), language}});
        const QJsonObject answer = program.ask({{QStringLiteral("do"), QStringLiteral("shot")}, {QStringLiteral("file"), file}});
        if (!answer.value(QStringLiteral("ok")).toBool() || QFileInfo(file).size() == 0)
            return because(QStringLiteral("no screenshot %1: %2").arg(name, text(answer, "error")));
    }
    return true;
}

bool Journey::write(const QString &name, const QByteArray &content)
{
    QSaveFile file(path(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size() || !file.flush() || !file.commit())
        return because(QStringLiteral("cannot write ") + path(name));
    return true;
}

bool Journey::phoneRefuses(Program &phone, const QString &picture, const QString &code, const QString &shotName)
{
    if (!phoneClick("homeScan") || !phonePage("scan") || !lookAt(phone, picture) || !phonePage("error")) return false;
    const QString said = phoneText("errorCode");
    if (said != code) return because(QStringLiteral("the phone says %1 instead of %2").arg(said, code));
    if (!shot(phone, shotName) || !phoneClick("errorClose") || !phonePage("home")) return false;
    m_report.prove(QStringLiteral("the phone says %1 and nothing is approved").arg(code));
    return true;
}

// --- the steps ----------------------------------------------------------------------------------------------

bool Journey::startServer()
{
    m_stage.startEmpty();
    if (!m_stage.startServer()) return because(QStringLiteral("hufu-server did not get ready, see stage/server.log"));
    const net::Answer ready = m_stage.fetch(QStringLiteral("/readyz"));
    if (ready.status != 200) return because(QStringLiteral("/readyz answers %1").arg(ready.status));
    m_report.prove(QStringLiteral("/readyz answers 200 over TLS 1.3 with the pinned key"));
    return true;
}

bool Journey::activatePhone()
{
    if (!activate()) return false;
    m_report.prove(QStringLiteral("the SMS code arrived through the gateway port"));
    m_report.prove(QStringLiteral("the phone finished key generation, request, probe and both rehearsals"));
    return true;
}

bool Journey::checkCertificates()
{
    const auto fetch = [this](const char *url, const char *name, std::optional<x509::Certificate> &to) {
        const net::Answer answer = m_stage.fetch(QLatin1String(url));
        auto parsed = x509::Certificate::parseAny(viewOf(answer.body));
        if (answer.status != 200 || !parsed) return because(QStringLiteral("%1 gives no certificate").arg(QLatin1String(url)));
        to = *parsed;
        return write(QLatin1String(name), QByteArray::fromStdString(parsed->pem()));
    };
    if (!fetch("/ca/root.pem", "ca-root.pem", m_root) || !fetch("/ca/issuing.pem", "ca-issuing.pem", m_issuing)) return false;

    const QJsonObject held = m_stage.phone().ask({{QStringLiteral("do"), QStringLiteral("certificates")}});
    const auto take = [&](const char *key, const char *name, std::optional<x509::Certificate> &to) {
        auto parsed = x509::Certificate::parsePem(text(held, key).toStdString());
        if (!parsed) return because(QStringLiteral("the phone holds no %1 certificate").arg(QLatin1String(key)));
        to = *parsed;
        return write(QLatin1String(name), QByteArray::fromStdString(parsed->pem()));
    };
    if (!take("sign", "sign-cert.pem", m_sign) || !take("encrypt", "encrypt-cert.pem", m_encrypt)) return false;

    const std::int64_t now = QDateTime::currentMSecsSinceEpoch();
    const x509::Trust trust{{*m_root}, {*m_issuing}, {}};
    if (!x509::verifyChain(*m_sign, trust, {x509::KeyKind::sign, now, now}))
        return because(QStringLiteral("the chain of the sign certificate does not verify"));
    if (!x509::verifyChain(*m_encrypt, trust, {x509::KeyKind::encrypt, now, now}))
        return because(QStringLiteral("the chain of the encrypt certificate does not verify"));
    if (m_sign->publicKey() == m_encrypt->publicKey()) return because(QStringLiteral("one key serves both purposes"));
    m_report.prove(QStringLiteral("OpenSSL's C API verifies both three-level chains, id 1234567812345678"));
    m_report.prove(QStringLiteral("subject: ") + QString::fromStdString(shown(m_sign->subjectText())));
    return true;
}

bool Journey::enrol()
{
    if (!enrolDesk()) return false;
    m_report.prove(QStringLiteral("the phone read the desk's window as pixels; the desk is enrolled as %1").arg(text(m_task, "deskId")));
    return true;
}

bool Journey::logIn()
{
    Program &desk = m_stage.desk();
    desk.ask({{QStringLiteral("do"), QStringLiteral("login")}});
    desk.ask({{QStringLiteral("do"), QStringLiteral("waitPage")}, {QStringLiteral("page"), QStringLiteral("qr")}, {QStringLiteral("ms"), 10000}});
    if (!scanDesk(QStringLiteral("desk-qr")) || !approve(QStringLiteral("phone-login")) || !deskDone()) return false;
    return shot(desk, QStringLiteral("desk-outcome")) && checkAssertion();
}

bool Journey::bindCertificate()
{
    const QString code = m_stage.folder() + QStringLiteral("/code.png");
    const auto founding = [this](bool done) { return done || because(m_founding.why()); };
    if (!founding(m_founding.askBinding()) || !phoneClick("homeScan") || !phonePage("scan") || !founding(m_founding.drawBinding(code)) ||
        !lookAt(m_stage.phone(), code) || !phonePage("approve") || !founding(m_founding.typeDigits(phoneText("digits"))) ||
        !approve(QStringLiteral("phone-binding")))
        return false;
    return founding(m_founding.bind(QString::fromStdString(toHex(m_sign->serial()))));
}

bool Journey::checkAssertion()
{
    const QByteArray manifestText = text(m_task, "manifest").toUtf8();
    const auto manifest = intent::Manifest::parse(viewOf(manifestText));
    if (!manifest || manifest->act != intent::Act::login) return because(QStringLiteral("the assertion's manifest is none of a log-in"));
    const auto tbs = intent::buildTbs(*manifest, 0);
    const auto raw = fromHex(text(m_task, "signature").toStdString());
    const auto signature = raw ? fixedBytes<64>(*raw) : Result<ByteArray<64>>(raw.error());
    if (!tbs || !signature || !m_sign->publicKey().verify(*tbs, *signature))
        return because(QStringLiteral("the log-in assertion does not verify under the sign certificate"));
    if (!write(QStringLiteral("login-manifest.json"), manifestText) || !write(QStringLiteral("login-assertion.bin"), arrayOf(*tbs)) ||
        !writeAssertion(*signature))
        return false;
    m_report.prove(QStringLiteral("the assertion over the approved manifest verifies under sign-cert.pem"));
    return true;
}

bool Journey::signFile(const QString &name, const QString &proved)
{
    Program &desk = m_stage.desk();
    desk.ask({{QStringLiteral("do"), QStringLiteral("sign")}, {QStringLiteral("file"), m_input}, {QStringLiteral("form"), QStringLiteral("bare")}, {QStringLiteral("out"), path(name)}});
    desk.ask({{QStringLiteral("do"), QStringLiteral("waitPage")}, {QStringLiteral("page"), QStringLiteral("qr")}, {QStringLiteral("ms"), 10000}});
    if (!scanDesk(QStringLiteral("desk-sign")) || !approve(QStringLiteral("phone-sign")) || !deskDone()) return false;

    documents::Question question;
    question.trust = {{*m_root}, {*m_issuing}, {}};
    question.nowMs = QDateTime::currentMSecsSinceEpoch();
    question.signer = *m_sign;
    const QByteArray content = contentOf(m_input);
    const auto verdict = documents::verifyBare(viewOf(contentOf(path(name))), viewOf(content), question);
    if (!verdict.isValid()) return because(name + QStringLiteral(": ") + QString::fromUtf8(documents::nameOf(verdict.finding)));
    m_report.prove(name + proved);

    outsiderAgrees(QStringLiteral("openssl"), {QStringLiteral("x509"), QStringLiteral("-in"), path(QStringLiteral("sign-cert.pem")), QStringLiteral("-noout"), QStringLiteral("-pubkey"), QStringLiteral("-out"), path(QStringLiteral("sign-public.pem"))}, {});
    return true;
}

bool Journey::opensslAccepts(const QStringList &arguments, const QByteArray &expect, const QString &proved)
{
    const auto agrees = outsiderAgrees(QStringLiteral("openssl"), arguments, expect);
    if (!agrees) return because(QStringLiteral("the openssl command is not installed"));
    if (!*agrees) return because(QStringLiteral("openssl %1 does not accept the signature").arg(arguments.first()));
    m_report.prove(proved);
    return true;
}

bool Journey::signBare()
{
    const QString name = QStringLiteral("signature.der");
    return signFile(name, QStringLiteral(" verifies under sign-cert.pem, chain included")) &&
           opensslAccepts({QStringLiteral("dgst"), QStringLiteral("-sm3"), QStringLiteral("-verify"), path(QStringLiteral("sign-public.pem")),
                           QStringLiteral("-sigopt"), QStringLiteral("distid:1234567812345678"), QStringLiteral("-signature"), path(name), m_input},
                          "Verified OK", QStringLiteral("openssl dgst -sm3 -verify accepts it: a standard SM2 signature"));
}

bool Journey::writeAssertion(const ByteArray<64> &signature)
{
    if (m_frost) return write(QStringLiteral("login-assertion.sig"), arrayOf(signature));
    return write(QStringLiteral("login-assertion.der"), arrayOf(*x509::sm2SignatureDer(ByteView(signature).first(32), ByteView(signature).last(32))));
}

bool Journey::signEd25519()
{
    if (!m_bare) return because(QStringLiteral("an Ed25519 signature is over the file itself, at most 1 MiB"));
    const QString name = QStringLiteral("signature.sig");
    return signFile(name, QStringLiteral(" verifies under sign-cert.pem, whose chain is signed with SM2")) &&
           opensslAccepts({QStringLiteral("pkeyutl"), QStringLiteral("-verify"), QStringLiteral("-rawin"), QStringLiteral("-pubin"), QStringLiteral("-inkey"),
                           path(QStringLiteral("sign-public.pem")), QStringLiteral("-sigfile"), path(name), QStringLiteral("-in"), m_input},
                          "Signature Verified Successfully", QStringLiteral("openssl pkeyutl -verify -rawin accepts it: a standard Ed25519 signature"));
}

bool Journey::signCms()
{
    const QString p7s = path(QStringLiteral("signature.p7s"));
    Program &desk = m_stage.desk();
    desk.ask({{QStringLiteral("do"), QStringLiteral("sign")}, {QStringLiteral("file"), m_input}, {QStringLiteral("form"), QStringLiteral("cms")}, {QStringLiteral("out"), p7s}});
    desk.ask({{QStringLiteral("do"), QStringLiteral("waitPage")}, {QStringLiteral("page"), QStringLiteral("qr")}, {QStringLiteral("ms"), 10000}});
    if (!scanDesk(QStringLiteral("desk-sign-cms")) || !approve(QStringLiteral("phone-sign-cms")) || !deskDone()) return false;

    crypto::Sm3 hash;
    QFile input(m_input);
    if (!input.open(QIODevice::ReadOnly)) return because(QStringLiteral("the input cannot be read"));
    while (!input.atEnd())
        hash.update(viewOf(input.read(1 << 20)));
    const auto sm3 = hash.finish();

    documents::Question question;
    question.trust = {{*m_root}, {*m_issuing}, {}};
    question.nowMs = QDateTime::currentMSecsSinceEpoch();
    question.signer = *m_sign;
    question.manifest = bytesOf(viewOf(text(m_task, "manifest").toUtf8()));
    const auto verdict = documents::verifyCms(viewOf(contentOf(p7s)), sm3, question);
    if (!verdict.isValid()) return because(QStringLiteral("signature.p7s: ") + QString::fromUtf8(documents::nameOf(verdict.finding)));
    m_report.prove(QStringLiteral("signature.p7s verifies, names the approved manifest, chain included"));
    ByteArray<32> other = sm3;
    other[0] ^= 1;
    if (documents::verifyCms(viewOf(contentOf(p7s)), other, question).isValid())
        return because(QStringLiteral("signature.p7s is accepted for another content"));
    m_report.prove(QStringLiteral("and is refused for another content"));
    return true;
}

bool Journey::sealPdf()
{
    const QString tender = path(QStringLiteral("tender.pdf")), sealed = path(QStringLiteral("tender-sealed.pdf"));
    const x509::Subject &subject = m_sign->subject();
    if (!writeTender(tender, QString::fromStdString(subject.organization), QString::fromStdString(subject.commonName)))
        return because(QStringLiteral("tender.pdf cannot be written"));
    const QByteArray original = contentOf(tender);
    if (!pressSeal(tender, sealed)) return false;

    documents::Question question;
    question.trust = {{*m_root}, {*m_issuing}, {}};
    question.nowMs = QDateTime::currentMSecsSinceEpoch();
    question.signer = *m_sign;
    question.manifest = bytesOf(viewOf(text(m_task, "manifest").toUtf8()));
    const auto verdict = pdf_app::judge(sealed.toStdString(), question);
    if (!verdict) return because(QStringLiteral("tender-sealed.pdf cannot be read"));
    if (const auto problem = verdict->problem()) return because(QStringLiteral("tender-sealed.pdf: ") + QString::fromStdString(catalogue::codeText(*problem)));
    if (verdict->signatures.size() != 1 || !verdict->signatures[0].signature.coversAll) return because(QStringLiteral("the signature does not cover all of it"));
    m_report.prove(QStringLiteral("tender-sealed.pdf: the company's and the legal person's granted seals on the last page, the first across the edges of all three; its CMS verifies, covers the whole file and names the approved manifest"));
    if (contentOf(tender) != original || !contentOf(sealed).startsWith(original)) return because(QStringLiteral("the document itself was changed"));
    m_report.prove(QStringLiteral("tender.pdf is in it to the byte"));

    QByteArray changed = contentOf(sealed);
    const qsizetype at = changed.indexOf("stream\n") + 20; // in what page 1 shows
    changed[at] = static_cast<char>(changed[at] ^ 1);
    if (!write(QStringLiteral("stage/changed.pdf"), changed)) return false;
    const auto other = pdf_app::judge(path(QStringLiteral("stage/changed.pdf")).toStdString(), question);
    if (!other || other->problem() != catalogue::Code::signatureInvalid) return because(QStringLiteral("a changed document is accepted"));
    m_report.prove(QStringLiteral("one bit of a page changed, and it is refused with HF-602"));
    return sealElectronically(original);
}

// The same document under the company's electronic seal, as GB/T 38540 has it.
bool Journey::sealElectronically(const QByteArray &document)
{
    const QString tender = path(QStringLiteral("tender-electronic.pdf")), sealed = path(QStringLiteral("tender-electronic-sealed.pdf"));
    if (!write(QStringLiteral("tender-electronic.pdf"), document) || !pressSeal(tender, sealed, true)) return false;
    const QByteArray manifest = text(m_task, "manifest").toUtf8();
    if (!write(QStringLiteral("electronic-manifest.json"), manifest)) return false;
    documents::Question question;
    question.trust = {{*m_root}, {*m_issuing}, {}};
    question.nowMs = QDateTime::currentMSecsSinceEpoch();
    question.manifest = bytesOf(viewOf(manifest));
    const auto verdict = pdf_app::judge(sealed.toStdString(), question);
    if (!verdict) return because(QStringLiteral("tender-electronic-sealed.pdf cannot be read"));
    if (const auto problem = verdict->problem()) return because(QStringLiteral("tender-electronic-sealed.pdf: ") + QString::fromStdString(catalogue::codeText(*problem)));
    const bool isElectronic = verdict->signatures.size() == 1 && verdict->signatures[0].ses && verdict->signatures[0].signature.coversAll;
    if (!isElectronic || !(verdict->signatures[0].ses->signature->signer == *m_sign)) return because(QStringLiteral("it is not one electronic signature of this person over all of it"));
    m_report.prove(QStringLiteral("tender-electronic-sealed.pdf: the electronic signature of GB/T 38540 under the company's electronic seal verifies, covers the whole file and names the approved manifest"));
    question.manifest->back() ^= 1;
    const auto other = pdf_app::judge(sealed.toStdString(), question);
    if (!other || other->problem() != catalogue::Code::signatureInvalid) return because(QStringLiteral("it is accepted for another manifest"));
    m_report.prove(QStringLiteral("and is refused for another manifest"));
    return sealSeveral(document);
}

bool Journey::sealSeveral(const QByteArray &document)
{
    const QStringList names{QStringLiteral("tender-a"), QStringLiteral("tender-b"), QStringLiteral("tender-c")};
    QJsonArray files;
    for (const QString &name : names) {
        QFile::remove(path(name + QStringLiteral("-sealed.pdf"))); // of an earlier run
        if (!write(name + QStringLiteral(".pdf"), document)) return false;
        files.append(path(name + QStringLiteral(".pdf")));
    }
    Program &desk = m_stage.desk();
    const auto click = [&](const char *control) {
        return programDo(desk, {{QStringLiteral("do"), QStringLiteral("click")}, {QStringLiteral("name"), QLatin1String(control)}});
    };
    desk.ask({{QStringLiteral("do"), QStringLiteral("composeStamp")}, {QStringLiteral("files"), files}});
    if (!programDo(desk, {{QStringLiteral("do"), QStringLiteral("waitPage")}, {QStringLiteral("page"), QStringLiteral("stamp")}, {QStringLiteral("ms"), 10000}}) ||
        !programDo(desk, {{QStringLiteral("do"), QStringLiteral("placeStamp")}, {QStringLiteral("seal"), 0}, {QStringLiteral("page"), 3}, {QStringLiteral("x"), 80}, {QStringLiteral("y"), 175}}) ||
        !click("stampLastOfAll0") || !click("stampRideAll0") || !shot(desk, QStringLiteral("desk-stamp-several")) || !click("stampNow") ||
        !programDo(desk, {{QStringLiteral("do"), QStringLiteral("waitPage")}, {QStringLiteral("page"), QStringLiteral("qr")}, {QStringLiteral("ms"), 10000}}) ||
        !scanDesk(QStringLiteral("desk-seal-several")) || !phoneClick("include1") || !approve(QStringLiteral("phone-seal-several")) || !deskDone() ||
        !shot(desk, QStringLiteral("desk-stamped-several")))
        return false;
    const QByteArray manifest = text(m_task, "manifest").toUtf8();
    if (!write(QStringLiteral("several-manifest.json"), manifest)) return false;
    documents::Question question;
    question.trust = {{*m_root}, {*m_issuing}, {}};
    question.nowMs = QDateTime::currentMSecsSinceEpoch();
    question.manifest = bytesOf(viewOf(manifest));
    for (const int stamped : {0, 2}) {
        const auto verdict = pdf_app::judge(path(names[stamped] + QStringLiteral("-sealed.pdf")).toStdString(), question);
        if (!verdict || verdict->problem() || verdict->signatures.size() != 1 || !verdict->signatures[0].signature.coversAll)
            return because(names[stamped] + QStringLiteral("-sealed.pdf does not verify"));
    }
    const QJsonArray results = m_task.value(QLatin1String("bids")).toArray();
    if (results.size() != 3 || results[1].toObject().value(QLatin1String("problem")).toInt() != static_cast<int>(catalogue::Code::personRefused) ||
        QFile::exists(path(names[1] + QStringLiteral("-sealed.pdf"))) || contentOf(path(names[1] + QStringLiteral(".pdf"))) != document)
        return because(QStringLiteral("what was left out on the phone is stamped all the same"));
    m_report.prove(QStringLiteral("three documents by one code and one PIN, one of them left out on the phone: two files, each with a signature of its own that names the one manifest; the third is as it was"));
    return true;
}

bool Journey::pressSeal(const QString &tender, const QString &sealed, bool isElectronic)
{
    const auto picture = drawing::SealPicture::draw({documents::SealForm::company, m_sign->subject().organization, "1101080123456", 1});
    if (!picture) return because(QStringLiteral("the seal cannot be drawn: ") + QLatin1String(picture.error().what.text()));
    const auto png = picture->png(pdf_app::kSealDotsPerInch);
    if (!png || !write(QStringLiteral("company-seal.svg"), arrayOf(picture->svg())) || !write(QStringLiteral("company-seal.png"), arrayOf(*png)))
        return because(QStringLiteral("the seal's picture"));

    QFile::remove(sealed); // of an earlier run
    Program &desk = m_stage.desk();
    const auto place = [&](int seal, int x, int y) {
        return programDo(desk, {{QStringLiteral("do"), QStringLiteral("placeStamp")}, {QStringLiteral("seal"), seal}, {QStringLiteral("page"), 3}, {QStringLiteral("x"), x}, {QStringLiteral("y"), y}});
    };
    const auto click = [&](const char *control) {
        return programDo(desk, {{QStringLiteral("do"), QStringLiteral("click")}, {QStringLiteral("name"), QLatin1String(control)}});
    };
    desk.ask({{QStringLiteral("do"), QStringLiteral("composeStamp")}, {QStringLiteral("files"), QJsonArray{tender}}});
    if (!programDo(desk, {{QStringLiteral("do"), QStringLiteral("waitPage")}, {QStringLiteral("page"), QStringLiteral("stamp")}, {QStringLiteral("ms"), 10000}}) ||
        !place(0, 80, 175) || !(isElectronic ? click("stampElectronic") : place(1, 120, 200)) || !click("stampRiding0") ||
        !shot(desk, isElectronic ? QStringLiteral("desk-stamp-electronic") : QStringLiteral("desk-stamp")) || !click("stampNow") ||
        !programDo(desk, {{QStringLiteral("do"), QStringLiteral("waitPage")}, {QStringLiteral("page"), QStringLiteral("qr")}, {QStringLiteral("ms"), 10000}}))
        return false;
    const QString name = isElectronic ? QStringLiteral("seal-electronic") : QStringLiteral("seal-pdf");
    if (!scanDesk(QStringLiteral("desk-") + name) || !approve(QStringLiteral("phone-") + name) || !deskDone()) return false;
    if (text(m_task, "out") != sealed) return because(QStringLiteral("the stamped file has another name"));
    return true;
}

bool Journey::decrypt()
{
    const QByteArray secret = "bid price: 12,345,678.90 yuan, sealed by " + QByteArray(QDateTime::currentDateTimeUtc().toString(Qt::ISODate).toLatin1());
    const QString plain = path(QStringLiteral("plaintext.txt")), cipher = path(QStringLiteral("ciphertext.der")), opened = path(QStringLiteral("opened.txt"));
    const QString key = path(QStringLiteral("encrypt-public.pem"));
    if (!write(QStringLiteral("plaintext.txt"), secret)) return false;
    outsiderAgrees(QStringLiteral("openssl"), {QStringLiteral("x509"), QStringLiteral("-in"), path(QStringLiteral("encrypt-cert.pem")), QStringLiteral("-noout"), QStringLiteral("-pubkey"), QStringLiteral("-out"), key}, {});
    const auto made = outsiderAgrees(QStringLiteral("openssl"), {QStringLiteral("pkeyutl"), QStringLiteral("-encrypt"), QStringLiteral("-pubin"), QStringLiteral("-inkey"), key, QStringLiteral("-in"), plain, QStringLiteral("-out"), cipher}, {});
    if (!made || !*made) return because(QStringLiteral("openssl pkeyutl could not encrypt to encrypt-cert.pem"));
    m_report.prove(QStringLiteral("ciphertext.der is OpenSSL's, in the form of GM/T 0009"));

    Program &desk = m_stage.desk();
    desk.ask({{QStringLiteral("do"), QStringLiteral("open")}, {QStringLiteral("file"), cipher}, {QStringLiteral("out"), opened}});
    desk.ask({{QStringLiteral("do"), QStringLiteral("waitPage")}, {QStringLiteral("page"), QStringLiteral("qr")}, {QStringLiteral("ms"), 10000}});
    if (!scanDesk(QStringLiteral("desk-open")) || !approve(QStringLiteral("phone-open")) || !deskDone()) return false;
    if (contentOf(opened) != secret) return because(QStringLiteral("what was opened is not what was encrypted"));
    m_report.prove(QStringLiteral("opened.txt is the plaintext, byte for byte; it travelled sealed to the desk"));
    return openEnvelopedData(secret.repeated(1'000));
}

bool Journey::openEnvelopedData(const QByteArray &content)
{
    ports::SystemRandom random;
    const std::vector<x509::Certificate> recipients{*m_encrypt};
    const ByteView bytes(reinterpret_cast<const std::uint8_t *>(content.constData()), static_cast<std::size_t>(content.size()));
    const auto der = documents::buildEnvelopedData(recipients, bytes, documents::Dialect::gmt0010, random);
    const QString file = path(QStringLiteral("interchange.p7m")), opened = path(QStringLiteral("interchange.txt"));
    if (!der || !write(QStringLiteral("interchange.p7m"), arrayOf(*der))) return because(QStringLiteral("interchange.p7m could not be made"));
    QFile::remove(opened);
    Program &desk = m_stage.desk();
    desk.ask({{QStringLiteral("do"), QStringLiteral("open")}, {QStringLiteral("file"), file}, {QStringLiteral("out"), opened}});
    desk.ask({{QStringLiteral("do"), QStringLiteral("waitPage")}, {QStringLiteral("page"), QStringLiteral("qr")}, {QStringLiteral("ms"), 10000}});
    if (!scanDesk(QStringLiteral("desk-open-interchange")) || !approve(QStringLiteral("phone-open-interchange")) || !deskDone()) return false;
    if (contentOf(opened) != content) return because(QStringLiteral("interchange.p7m was not opened as it was made"));
    m_report.prove(QStringLiteral("interchange.p7m, EnvelopedData of GM/T 0010 as others' software writes it: the phone's half opens its key, the desk its content"));
    return true;
}

bool Journey::sealBid()
{
    const QString folder = path(QStringLiteral("bid")), name = QStringLiteral("投标文件.txt");
    QDir(folder).removeRecursively();
    if (!QDir().mkpath(folder) || !write(QStringLiteral("bid/") + name, "the tender of the demo company")) return because(QStringLiteral("cannot write in ") + folder);
    Program &desk = m_stage.desk();
    const auto type = [&](const char *field, const QString &value) {
        return programDo(desk, {{QStringLiteral("do"), QStringLiteral("type")}, {QStringLiteral("name"), QLatin1String(field)}, {QStringLiteral("text"), value}});
    };
    const auto click = [&](const char *control) {
        return programDo(desk, {{QStringLiteral("do"), QStringLiteral("click")}, {QStringLiteral("name"), QLatin1String(control)}});
    };
    desk.ask({{QStringLiteral("do"), QStringLiteral("composeBid")}, {QStringLiteral("files"), QJsonArray{QString(folder + QLatin1Char('/') + name)}}});
    if (!programDo(desk, {{QStringLiteral("do"), QStringLiteral("waitPage")}, {QStringLiteral("page"), QStringLiteral("seal")}, {QStringLiteral("ms"), 10000}}) ||
        !type("sealProjectId", QStringLiteral("HF-2026-017")) || !type("sealProjectName", QStringLiteral("滨江路改造工程")) ||
        !type("sealPackage", QStringLiteral("1 标段")) || !type("sealOpening", QStringLiteral("2099-01-15 09:30")) || !type("sealSoleReason", QStringLiteral("演示公司只有一名员工")) ||
        !shot(desk, QStringLiteral("desk-seal")) || !click("sealNow") ||
        !programDo(desk, {{QStringLiteral("do"), QStringLiteral("waitPage")}, {QStringLiteral("page"), QStringLiteral("qr")}, {QStringLiteral("ms"), 10000}}) ||
        !scanDesk(QStringLiteral("desk-seal-code")) || !approve(QStringLiteral("phone-seal")) || !deskDone() || !shot(desk, QStringLiteral("desk-sealed")))
        return false;
    const auto file = envelope::EnvelopeFile::open((folder + QLatin1Char('/') + name + QStringLiteral(".hufu")).toStdString());
    if (!file) return because(QStringLiteral("there is no envelope"));
    documents::Question question;
    question.nowMs = QDateTime::currentMSecsSinceEpoch();
    question.trust = {{*m_root}, {*m_issuing}, {}};
    const auto verdict = envelope::verify(*file, question);
    if (!verdict || !verdict->isValid()) return because(QStringLiteral("the envelope's signature does not verify"));
    m_report.prove(QStringLiteral("the envelope is whole and its signature verifies: ") + QString::fromStdString(shown(verdict->signer->subjectText())));
    const auto &body = file->body();
    if (!body.project || body.project->id != "HF-2026-017" || body.recipients.size() != 1) return because(QStringLiteral("the envelope is for another project or other people"));
    m_report.prove(QStringLiteral("project, opening and who can open it are those that the phone showed"));
    return true;
}

bool Journey::openBids()
{
    const QString folder = path(QStringLiteral("bids"));
    QDir(folder).removeRecursively();
    if (!QDir().mkpath(folder)) return because(QStringLiteral("cannot make ") + folder);
    ports::SystemRandom random;
    QStringList names{QStringLiteral("商务标.txt"), QStringLiteral("技术标.txt"), QStringLiteral("报价.txt")}, envelopes;
    for (const QString &name : names) {
        if (!write(QStringLiteral("bids/") + name, name.toUtf8() + QByteArray(" of the demo company\n").repeated(100'000))) return false;
        envelope::SealOrder order;
        order.source = (folder + QLatin1Char('/') + name).toStdString();
        envelopes << folder + QLatin1Char('/') + name + QStringLiteral(".hufu");
        order.target = envelopes.last().toStdString();
        order.recipients = {*m_encrypt};
        order.project = documents::EnvelopeProject{"HF-2026-017", "滨江路改造工程", "1 标段", {}};
        order.nowMs = QDateTime::currentMSecsSinceEpoch();
        if (!envelope::seal(order, random)) return because(QStringLiteral("could not seal ") + name);
    }
    QFile damaged(envelopes.last());
    char byte = 0;
    const auto middle = [&] { return damaged.seek(damaged.size() / 2); };
    if (!damaged.open(QIODevice::ReadWrite) || !middle() || !damaged.getChar(&byte) || !middle() || !damaged.putChar(static_cast<char>(byte ^ 1)))
        return because(QStringLiteral("could not damage an envelope"));
    damaged.close();

    Program &desk = m_stage.desk();
    desk.ask({{QStringLiteral("do"), QStringLiteral("openBids")}, {QStringLiteral("files"), QJsonArray::fromStringList(envelopes)}, {QStringLiteral("out"), folder}});
    desk.ask({{QStringLiteral("do"), QStringLiteral("waitPage")}, {QStringLiteral("page"), QStringLiteral("qr")}, {QStringLiteral("ms"), 10000}});
    if (!scanDesk(QStringLiteral("desk-bids")) || !approve(QStringLiteral("phone-bids")) || !deskDone() || !shot(desk, QStringLiteral("desk-bids-opened"))) return false;
    const QJsonArray bids = m_task.value(QStringLiteral("bids")).toArray();
    for (int i = 0; i < 2; ++i)
        if (bids.at(i)[QLatin1String("problem")].toInt() != 0 || contentOf(bids.at(i)[QLatin1String("out")].toString()) != contentOf(folder + QLatin1Char('/') + names[i]))
            return because(QStringLiteral("not opened as it was sealed: ") + names[i]);
    m_report.prove(QStringLiteral("two envelopes of 2 MB are opened byte for byte, beside the files that have their names already"));
    if (bids.at(2)[QLatin1String("problem")].toInt() != static_cast<int>(catalogue::Code::envelopeDamaged) || QDir(folder).entryList(QDir::Files).size() != 8)
        return because(QStringLiteral("the damaged envelope was not refused"));
    m_report.prove(QStringLiteral("the damaged one says HF-614, leaves no half file and does not keep the others shut"));
    return true;
}

bool Journey::wrongPin()
{
    Program &desk = m_stage.desk();
    desk.ask({{QStringLiteral("do"), QStringLiteral("login")}});
    desk.ask({{QStringLiteral("do"), QStringLiteral("waitPage")}, {QStringLiteral("page"), QStringLiteral("qr")}, {QStringLiteral("ms"), 10000}});
    if (!scanDesk(QStringLiteral("desk-qr")) || !phoneClick("approveYes") || !phonePage("pinPad") || !pressPin(QLatin1String(kWrongPin)))
        return false;
    QElapsedTimer waited;
    QString tries;
    for (waited.start(); waited.elapsed() < 15000 && tries.isEmpty(); QThread::msleep(200)) {
        const QJsonObject left = m_stage.phone().ask({{QStringLiteral("do"), QStringLiteral("read")}, {QStringLiteral("name"), QStringLiteral("pinProblem")}, {QStringLiteral("property"), QStringLiteral("text")}});
        tries = left.value(QStringLiteral("value")).toString();
    }
    static const QRegularExpression nine(QStringLiteral("(?<!\\d)9(?!\\d)"));
    if (!tries.contains(nine)) return because(QStringLiteral("the phone does not tell that nine tries are left: ") + tries);
    if (!shot(m_stage.phone(), QStringLiteral("phone-wrong-pin"))) return false;
    m_report.prove(QStringLiteral("the phone says so in both languages (screens/phone-wrong-pin); in Chinese: ") + tries);
    if (!pressPin(QLatin1String(kPin)) || !phonePage("result") || !phoneClick("resultDone") || !phonePage("home") || !deskDone()) return false;
    m_report.prove(QStringLiteral("the right PIN then signs in the same session"));
    return true;
}

bool Journey::expiredFrame()
{
    const QString photo = m_stage.folder() + QStringLiteral("/photo.png");
    if (!deskLogin() || !grabCode(photo)) return false;
    QThread::msleep(static_cast<unsigned long>(limits::kFrameMaxAgeMs + limits::kFrameIntervalMs));
    return phoneRefuses(m_stage.phone(), photo, QStringLiteral("HF-201"), QStringLiteral("phone-expired-frame"));
}

bool Journey::foreignFrame()
{
    const QString picture = m_stage.folder() + QStringLiteral("/foreign.png");
    return drawForeignCode(picture) && phoneRefuses(m_stage.phone(), picture, QStringLiteral("HF-206"), QStringLiteral("phone-foreign-frame"));
}

// As fast as a thief with a camera can be: right after the person has finished.
bool Journey::replayedFrame()
{
    const QString photo = m_stage.folder() + QStringLiteral("/code.png"); // scanDesk leaves it
    if (!deskLogin() || !scanDesk({}) || !phoneClick("approveYes") || !phonePage("pinPad") || !pressPin(QLatin1String(kPin)) ||
        !phonePage("result") || !phoneClick("resultDone") || !phonePage("home") || !deskDone())
        return false;
    return phoneRefuses(m_stage.phone(), photo, QStringLiteral("HF-202"), QStringLiteral("phone-replayed-frame"));
}

// The two worst moments: the attempt is counted and nothing is evaluated; the signature is stored and nobody told.
bool Journey::powerCut()
{
    const auto untilTheCut = [this](const char *step) {
        if (!m_stage.restartServer(true, QLatin1String(step))) return because(QStringLiteral("the server did not come back"));
        return deskLogin() && scanDesk({}) && phoneClick("approveYes") && phonePage("pinPad") && pressPin(QLatin1String(kPin)) &&
               (m_stage.serverDied(15000) || because(QStringLiteral("the server lives on after ") + QLatin1String(step)));
    };
    if (!untilTheCut("sign.count.after") || !shot(m_stage.phone(), QStringLiteral("phone-power-cut")) ||
        !shot(m_stage.desk(), QStringLiteral("desk-power-cut")))
        return false;
    if (!m_stage.startServer()) return because(QStringLiteral("the server did not come back"));
    if (!phonePage("pinPad", 30000) || !shot(m_stage.phone(), QStringLiteral("phone-power-back"))) return false;
    m_report.prove(QStringLiteral("first cut, killed before the verdict: the phone asks for the PIN again and says: ") + phoneText("pinProblem"));
    if (!pressPin(QLatin1String(kPin)) || !phonePage("result") || !phoneClick("resultDone") || !phonePage("home") || !deskDone() || !checkAssertion())
        return false;

    if (!untilTheCut("sign.result.after")) return false;
    if (!m_stage.startServer()) return because(QStringLiteral("the server did not come back"));
    if (!phonePage("result", 30000) || !phoneClick("resultDone") || !phonePage("home") || !deskDone() || !checkAssertion()) return false;
    m_report.prove(QStringLiteral("second cut, killed after it: the phone and the desk fetch the stored signature, no PIN is asked for"));
    return true;
}

bool Journey::clonedPhone()
{
    if (!m_stage.copyPhone()) return because(QStringLiteral("the phone's folder could not be copied"));
    if (!deskLogin() || !scanDesk({}) || !phoneClick("approveYes") || !phonePage("pinPad") || !pressPin(QLatin1String(kPin)) ||
        !phonePage("result") || !phoneClick("resultDone") || !phonePage("home") || !deskDone())
        return false;
    if (!m_stage.startCopy()) return because(QStringLiteral("the copy did not start, see stage/phone-copy.log"));
    const QString picture = m_stage.folder() + QStringLiteral("/code.png");
    Program &copy = m_stage.copy();
    const auto onPage = [](const char *page) {
        return QJsonObject{{QStringLiteral("do"), QStringLiteral("waitPage")}, {QStringLiteral("page"), QLatin1String(page)}, {QStringLiteral("ms"), 20000}};
    };
    if (!programDo(copy, onPage("home"), 25000) || !deskLogin() ||
        !programDo(copy, {{QStringLiteral("do"), QStringLiteral("click")}, {QStringLiteral("name"), QStringLiteral("homeScan")}}) ||
        !programDo(copy, onPage("scan"), 25000) || !grabCode(picture) || !lookAt(copy, picture) || !programDo(copy, onPage("frozen"), 25000) ||
        !deskFailed(QStringLiteral("HF-302")))
        return false;
    m_report.prove(QStringLiteral("the copy is frozen before any PIN is asked for, and the desk stops waiting"));
    if (!deskLogin() || !phoneClick("homeScan") || !phonePage("scan") || !grabCode(picture) || !lookAt(m_stage.phone(), picture) ||
        !phonePage("frozen") || !shot(m_stage.phone(), QStringLiteral("phone-cloned")))
        return false;
    const QString said = phoneText("errorCode");
    if (said != QLatin1String("HF-303")) return because(QStringLiteral("the phone says ") + said);
    m_report.prove(QStringLiteral("the genuine phone is frozen too and says HF-303"));
    return true;
}

bool Journey::recoverPhone()
{
    const QJsonObject device = m_stage.operate({QStringLiteral("devices")});
    if (text(device, "state") != QLatin1String("cloned")) return because(QStringLiteral("the operator sees the device as ") + text(device, "state"));
    const QJsonObject opened =
        m_stage.operate({QStringLiteral("recover"), text(device, "account"), QStringLiteral("--identity-checked")});
    if (text(opened, "code").isEmpty()) return because(QStringLiteral("the operator gets no recovery code"));
    m_report.prove(QStringLiteral("the operator's word opens a recovery after the identity check"));
    if (!phoneClick("frozenRecover") || !phonePage("recover") || !shot(m_stage.phone(), QStringLiteral("phone-recover")) ||
        !phoneDo({{QStringLiteral("do"), QStringLiteral("type")}, {QStringLiteral("name"), QStringLiteral("recoverCode")}, {QStringLiteral("text"), text(opened, "code")}}) ||
        !phoneClick("recoverNext") || !phonePage("pinPad") || !shot(m_stage.phone(), QStringLiteral("phone-recover-pin")) ||
        !pressPin(QLatin1String(kPin)) || !phonePage("result") || !shot(m_stage.phone(), QStringLiteral("phone-recovered")) ||
        !phoneClick("resultDone") || !phonePage("home"))
        return false;
    if (!deskLogin() || !scanDesk({}) || !phoneClick("approveYes") || !phonePage("pinPad") || !pressPin(QLatin1String(kPin)) ||
        !phonePage("result") || !phoneClick("resultDone") || !phonePage("home") || !deskDone() || !checkAssertion())
        return false;
    m_report.prove(QStringLiteral("the phone signs again under the same certificate"));

    const QString picture = m_stage.folder() + QStringLiteral("/code.png");
    Program &copy = m_stage.copy();
    if (!programDo(copy, {{QStringLiteral("do"), QStringLiteral("click")}, {QStringLiteral("name"), QStringLiteral("frozenClose")}}) || !deskLogin() ||
        !programDo(copy, {{QStringLiteral("do"), QStringLiteral("click")}, {QStringLiteral("name"), QStringLiteral("homeScan")}}) || !grabCode(picture) ||
        !lookAt(copy, picture))
        return false;
    // Its messages carry a MAC under a key that is nobody's: the server drops them, and the copy gives up in the end.
    if (!programDo(copy, {{QStringLiteral("do"), QStringLiteral("waitPage")}, {QStringLiteral("page"), QStringLiteral("error")}, {QStringLiteral("ms"), 60000}}, 65000))
        return false;
    const QString said = textOf(copy, "errorCode");
    if (said != QLatin1String("HF-502")) return because(QStringLiteral("the copy says ") + said);
    if (!phoneClick("homeScan") || !phonePage("scan") || !grabCode(picture) || !lookAt(m_stage.phone(), picture) || !phonePage("approve") ||
        !phoneClick("approveNo") || !phonePage("result") || !phoneClick("resultDone") || !phonePage("home"))
        return false;
    m_report.prove(QStringLiteral("the same code, shown to both: the copy is not answered any more and gives up with HF-502, the phone is asked"));
    m_stage.stopCopy();
    return true;
}

bool Journey::lockedOut()
{
    if (!deskLogin() || !scanDesk({}) || !phoneClick("approveYes") || !phonePage("pinPad")) return false;
    for (int wrong = 1; wrong <= 3; ++wrong) {
        if (!pressPin(QLatin1String(kWrongPin))) return false;
        if (wrong < 3 && (!phonePage("working") || !phonePage("pinPad"))) return false;
    }
    if (!phonePage("locked") || !deskFailed(QStringLiteral("HF-301"))) return false;
    m_report.prove(QStringLiteral("the desk stops waiting at once: HF-301"));
    const QString first = phoneText("lockCountdown");
    if (!shot(m_stage.phone(), QStringLiteral("phone-locked")) || !shot(m_stage.desk(), QStringLiteral("desk-locked"))) return false;
    QThread::msleep(1200);
    const QString second = phoneText("lockCountdown");
    if (first.isEmpty() || second.isEmpty() || first == second) return because(QStringLiteral("the countdown does not run: %1, %2").arg(first, second));
    m_report.prove(QStringLiteral("the countdown runs: %1, then %2").arg(first, second));
    return phoneClick("lockedClose") && phonePage("home");
}

} // namespace hufu::cli
