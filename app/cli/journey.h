// The whole journey without a display: a company's person activates a phone, enrols a desk, logs in, signs, decrypts.
// Driven through the control sockets of the real programs; what they made is judged here, apart from them.
#pragma once

#include "app/cli/founding.h"
#include "app/cli/hands.h"
#include "app/cli/report.h"
#include "shield/x509/certificate.h"

#include <QByteArray>
#include <QString>
#include <optional>

namespace hufu::cli {

class Journey : private Hands {
public:
    // out: absolute path of an existing folder; input: the file to be signed; suite: sm2 or frost, of the sign key.
    Journey(const QString &out, QString input, const QString &suite, Report &report);

    // Runs all steps; stops at the first that fails, since the later ones stand on it.
    void run();

private:
    using Step = bool (Journey::*)(); // false: the reason stands in why()
    bool step(const char *id, const QString &what, Step body);
    bool found(const char *id, const QString &what, bool (Founding::*body)()); // a step of the company's

    bool startServer();
    bool activatePhone();
    bool checkCertificates();
    bool enrol();
    bool logIn();
    bool bindCertificate(); // to the portal's account, by scanning
    bool signFile(const QString &name, const QString &proved); // the bare signature over the input, and sign-public.pem
    bool opensslAccepts(const QStringList &arguments, const QByteArray &expect, const QString &proved);
    bool signBare();
    bool signEd25519(); // the same under suite 2
    bool writeAssertion(const ByteArray<64> &signature);
    bool signCms();
    bool sealPdf();
    bool pressSeal(const QString &tender, const QString &sealed, bool isElectronic = false); // on the desk's page, by the two halves
    bool sealElectronically(const QByteArray &document);
    bool sealSeveral(const QByteArray &document); // three by one approval, one of them left out on the phone
    bool decrypt();
    bool openEnvelopedData(const QByteArray &content); // of others' software
    bool sealBid();  // on the desk's page, signed by the two halves
    bool openBids(); // several envelopes, one of them damaged, by one scan and one PIN
    bool wrongPin();
    bool expiredFrame();
    bool foreignFrame();
    bool replayedFrame();
    bool powerCut();
    bool clonedPhone();
    bool recoverPhone();
    bool lockedOut();

    // The phone looks at a picture and says no, with this code.
    bool phoneRefuses(Program &phone, const QString &picture, const QString &code, const QString &shotName);
    // The assertion of the log-in that has just ended.
    bool checkAssertion();

    bool shot(Program &program, const QString &name) override; // in both languages
    bool write(const QString &name, const QByteArray &content);
    QString path(const QString &name) const { return m_out + QLatin1Char('/') + name; }

    QString m_out, m_input;
    Report &m_report;
    Founding m_founding{m_stage, m_report};
    std::optional<x509::Certificate> m_root, m_issuing, m_sign, m_encrypt;
    bool m_frost = false; // the sign key is of suite 2: Ed25519
    bool m_bare = false; // the input is short enough for a bare signature
};

} // namespace hufu::cli
