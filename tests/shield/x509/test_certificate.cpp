// Certificates, requests and lists: what is read from them, and what is refused.
#include "shield/crypto/ed25519.h"
#include "tests/support/fakes.h"
#include "tests/support/pki.h"

#include "shield/x509/signed_shell.h"

#include <QTest>

using namespace hufu;
using tests::kDayMs;
using tests::kPerson;

class TestCertificate : public QObject
{
    Q_OBJECT
    tests::Pki m_pki;

private Q_SLOTS:
    void certificate_parsed_namesWhatWasWritten()
    {
        const auto certificate = x509::Certificate::parse(m_pki.sign.der());
        QVERIFY(certificate);
        QVERIFY(certificate->subject() == kPerson);
        QCOMPARE(certificate->issuer().commonName, std::string("Issuing"));
        QVERIFY(certificate->publicKey() == m_pki.signKey.point);
        QCOMPARE(certificate->notBeforeMs(), m_pki.nowMs - kDayMs);
        QCOMPARE(certificate->notAfterMs(), m_pki.nowMs + 365 * kDayMs);
        QCOMPARE(certificate->serial().size(), std::size_t{16});
        QCOMPARE(certificate->subjectKeyId().size(), std::size_t{20});
        QVERIFY(certificate->allows(x509::KeyKind::sign));
        QVERIFY(!certificate->allows(x509::KeyKind::encrypt));
        QVERIFY(!certificate->isAuthority());
        QVERIFY(certificate->subjectText().find("CN=王小明") != std::string::npos);
    }

    void certificate_encrypt_allowsNoSignature()
    {
        QVERIFY(m_pki.encrypt.allows(x509::KeyKind::encrypt));
        QVERIFY(!m_pki.encrypt.allows(x509::KeyKind::sign));
        QVERIFY(m_pki.issuing.isAuthority());
        QVERIFY(!m_pki.issuing.allows(x509::KeyKind::sign));
    }

    void certificate_truncatedOrTrailing_isRefused()
    {
        const Bytes &der = m_pki.sign.der();
        for (std::size_t length = 0; length < der.size(); length += 7)
            QVERIFY(!x509::Certificate::parse(ByteView(der).first(length)));
        QVERIFY(!x509::Certificate::parse(ByteView(der).first(der.size() - 1)));
        QVERIFY(!x509::Certificate::parse(concat({der, Bytes{0}})));
        QVERIFY(!x509::Certificate::parse(Bytes(70'000, 0x30)));
    }

    void certificate_randomBytes_areRefused()
    {
        ports::SystemRandom random;
        for (int i = 0; i < 200; ++i) {
            Bytes bytes(300);
            random.fill(bytes, "noise");
            bytes[0] = 0x30;
            QVERIFY(!x509::Certificate::parse(bytes));
        }
    }

    void certificate_ofAnotherCurve_isRefused()
    {
        const x509::OwnedKey key(EVP_EC_gen("P-256"));
        const x509::OwnedCertificate native(X509_new());
        X509_set_version(native.get(), X509_VERSION_3);
        X509_set_pubkey(native.get(), key.get());
        X509_gmtime_adj(X509_getm_notBefore(native.get()), 0);
        X509_gmtime_adj(X509_getm_notAfter(native.get()), 1000);
        QVERIFY(X509_sign(native.get(), key.get(), EVP_sha256()) > 0);
        QVERIFY(!x509::Certificate::parse(*x509::derOf(native.get(), ASN1_ITEM_rptr(X509))));
    }

    void pem_roundTrip_isTheSame()
    {
        const std::string both = m_pki.root.pem() + "text between\n" + m_pki.issuing.pem();
        const auto list = x509::Certificate::parsePemList(both);
        QVERIFY(list);
        QCOMPARE(list->size(), std::size_t{2});
        QVERIFY((*list)[1] == m_pki.issuing);
        QVERIFY(!x509::Certificate::parsePem(both));
        QVERIFY(x509::Certificate::parsePem(m_pki.sign.pem()));
        QVERIFY(x509::Certificate::parseAny(viewOf(m_pki.sign.pem())));
        QVERIFY(x509::Certificate::parseAny(m_pki.sign.der()));
        QVERIFY(!x509::Certificate::parsePemList("nothing"));
        std::string broken = m_pki.sign.pem();
        broken.resize(broken.size() / 2);
        QVERIFY(!x509::Certificate::parsePemList(broken));
    }

    void name_badSubjects_areRefused()
    {
        const tests::WholeKey key;
        const auto refused = [&](const x509::Subject &subject) {
            return !x509::requestInfo(subject, key.point);
        };
        QVERIFY(refused({"CN", "O", {}, {}, {}}));
        QVERIFY(refused({"CHN", "O", {}, "name", {}}));
        QVERIFY(refused({"CN", "O", {}, std::string(65, 'x'), {}}));
        QVERIFY(refused({"CN", "O", {}, "bad \xff", {}}));
        QVERIFY(refused({"CN", std::string("a\0b", 3), {}, "name", {}}));
        QVERIFY(!refused({"CN", std::string(64, 'o'), {}, "name", {}}));
    }

    void request_roundTrip_namesSubjectAndKey()
    {
        const tests::WholeKey key;
        const Bytes info = *x509::requestInfo(kPerson, key.point);
        const auto csr = x509::assembleCsr(info, key.sign(info));
        QVERIFY(csr);
        const auto request = x509::Request::parse(*csr);
        QVERIFY(request);
        QVERIFY(request->subject() == kPerson);
        QVERIFY(request->publicKey() == key.point);
    }

    void request_wrongSignature_isTampered()
    {
        const tests::WholeKey key;
        const tests::WholeKey other;
        const Bytes info = *x509::requestInfo(kPerson, key.point);
        for (const auto &signature : {key.sign(info, "another id"), other.sign(info), key.sign(Bytes{1})}) {
            const auto request = x509::Request::parse(*x509::assembleCsr(info, signature));
            QVERIFY(!request);
            QCOMPARE(request.error().code, Errc::tampered);
        }
    }

    void request_broken_isRefused()
    {
        const tests::WholeKey key;
        const Bytes info = *x509::requestInfo(kPerson, key.point);
        const Bytes csr = *x509::assembleCsr(info, key.sign(info));
        for (std::size_t length = 0; length < csr.size(); ++length)
            QVERIFY(!x509::Request::parse(ByteView(csr).first(length)));
        QVERIFY(!x509::Request::parse(concat({csr, Bytes{0}})));
        QVERIFY(!x509::assembleCsr(concat({info, Bytes{0}}), key.sign(info)));
        QVERIFY(!x509::assembleCsr(ByteView(info).first(10), key.sign(info)));
        QVERIFY(!x509::assembleCsr({}, key.sign(info)));
    }

    void request_ofAnEd25519Key_roundTrip()
    {
        ports::SystemRandom random;
        const auto key = crypto::Ed25519Key::generate(random);
        const Bytes info = *x509::requestInfo(kPerson, key.publicKey());
        const auto csr = x509::assembleCsr(info, crypto::Suite::frost, key.sign(info));
        QVERIFY(csr);
        const auto request = x509::Request::parse(*csr);
        QVERIFY(request);
        QVERIFY(request->subject() == kPerson);
        QVERIFY(request->publicKey() == crypto::PublicKey(key.publicKey()));
        for (std::size_t length = 0; length < csr->size(); ++length)
            QVERIFY(!x509::Request::parse(ByteView(*csr).first(length)));
        QVERIFY(!x509::Request::parse(concat({*csr, Bytes{0}})));
        QVERIFY(!x509::assembleCsr(ByteView(info).first(10), crypto::Suite::frost, key.sign(info)));
    }

    void request_ofAnEd25519Key_withAnotherSignatureOrAlgorithm_isRefused()
    {
        ports::SystemRandom random;
        const auto key = crypto::Ed25519Key::generate(random);
        const auto other = crypto::Ed25519Key::generate(random);
        const tests::WholeKey sm2;
        const Bytes info = *x509::requestInfo(kPerson, key.publicKey());
        for (const auto &signature : {other.sign(info), key.sign(Bytes{1})}) {
            const auto request = x509::Request::parse(*x509::assembleCsr(info, crypto::Suite::frost, signature));
            QVERIFY(!request && request.error().code == Errc::tampered);
        }
        // Neither key's request in the other's algorithm.
        QVERIFY(!x509::Request::parse(*x509::assembleCsr(info, sm2.sign(info))));
        const Bytes sm2Info = *x509::requestInfo(kPerson, sm2.point);
        QVERIFY(!x509::Request::parse(*x509::assembleCsr(sm2Info, crypto::Suite::frost, key.sign(sm2Info))));
        // A key of small order, which nobody holds.
        const ByteArray<32> small{1};
        const Bytes smallInfo = *x509::requestInfo(kPerson, small);
        QVERIFY(!x509::Request::parse(*x509::assembleCsr(smallInfo, crypto::Suite::frost, key.sign(smallInfo))));
    }

    void request_openssl_verifiesIt()
    {
        const tests::WholeKey key;
        const Bytes info = *x509::requestInfo(kPerson, key.point);
        const Bytes csr = *x509::assembleCsr(info, key.sign(info));
        const unsigned char *at = csr.data();
        const x509::OwnedRequest native(d2i_X509_REQ(nullptr, &at, static_cast<long>(csr.size())));
        QVERIFY(native);
        ASN1_OCTET_STRING *id = ASN1_OCTET_STRING_new();
        ASN1_OCTET_STRING_set(id, viewOf(crypto::kSm2Id).data(), static_cast<int>(crypto::kSm2Id.size()));
        X509_REQ_set0_distinguishing_id(native.get(), id);
        QCOMPARE(X509_REQ_verify(native.get(), X509_REQ_get0_pubkey(native.get())), 1);
    }

    void list_parsed_namesWhatWasRevoked()
    {
        const x509::Revocation revocation{m_pki.nowMs - 5000, x509::Reason::keyCompromise};
        const auto list = m_pki.list({{m_pki.sign.serial(), revocation}});
        QVERIFY(list.verify(m_pki.issuing));
        QCOMPARE(list.size(), std::size_t{1});
        QVERIFY(list.find(m_pki.sign.serial()) == revocation);
        QVERIFY(!list.find(m_pki.encrypt.serial()));
        QVERIFY(x509::RevocationList::parseAny(viewOf(list.pem())));
    }

    void list_ofAnotherIssuer_isTampered()
    {
        const auto list = m_pki.list({});
        QVERIFY(!list.verify(m_pki.root));
        const auto foreign = authority::writeList({1, m_pki.nowMs, m_pki.nowMs + kDayMs, {}}, m_pki.issuing,
                                                  m_pki.rootKey.native().get());
        QVERIFY(foreign);
        QCOMPARE(foreign->verify(m_pki.issuing).error().code, Errc::tampered);
        // A person's certificate may sign no list.
        const auto byPerson = authority::writeList({1, m_pki.nowMs, m_pki.nowMs + kDayMs, {}}, m_pki.sign,
                                                   m_pki.signKey.native().get());
        QVERIFY(byPerson);
        QVERIFY(!byPerson->verify(m_pki.sign));
    }

    void list_broken_isRefused()
    {
        const Bytes der = m_pki.list({{m_pki.sign.serial(), {m_pki.nowMs, x509::Reason::superseded}}}).der();
        for (std::size_t length = 0; length < der.size(); ++length)
            QVERIFY(!x509::RevocationList::parse(ByteView(der).first(length)));
        QVERIFY(!x509::RevocationList::parse(concat({der, Bytes{0}})));
    }

    void shell_anotherAlgorithm_isRefused()
    {
        const tests::WholeKey key;
        const Bytes content{0x30, 0x00};
        Bytes shell = *x509::SignedShell{content, key.sign(content)}.der();
        QVERIFY(x509::SignedShell::parse(shell));
        const Bytes oid = tests::hex("06082a811ccf55018375");
        auto at = std::search(shell.begin(), shell.end(), oid.begin(), oid.end());
        QVERIFY(at != shell.end());
        at[9] ^= 1;
        QVERIFY(!x509::SignedShell::parse(shell));
    }
};

QTEST_GUILESS_MAIN(TestCertificate)
#include "test_certificate.moc"
