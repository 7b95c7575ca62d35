// The demo authority: what it issues, what it refuses, what it remembers.
#include "shield/authority/authority.h"

#include "shield/crypto/ed25519.h"
#include "tests/support/fakes.h"
#include "tests/support/pki.h"

#include <QTest>

#include <set>

using namespace hufu;
using authority::Authority;
using ports::Table;
using tests::kDayMs;
using tests::kPerson;
using x509::KeyKind;

class TestAuthority : public QObject
{
    Q_OBJECT

    struct Bench
    {
        tests::MemoryLedger ledger;
        tests::PlainMasterKey masterKey;
        ports::SystemRandom random;
        std::int64_t nowMs = 1'800'000'000'000;
        authority::Settings settings{"CN", "Hufu Demo Authority", "http://localhost/ca/issuing.crl",
                                     "http://localhost/ca/root.crl"};
        Authority ca = open();
        tests::WholeKey signKey, encryptKey;
        const Bytes holder = Bytes(16, 7);

        Authority open()
        {
            auto opened = Authority::open(ledger, masterKey, random, settings, nowMs);
            if (!opened) qFatal("authority: %s", opened.error().what.text());
            return std::move(*opened);
        }
        Bytes csr(const x509::Subject &subject = kPerson, std::string_view id = crypto::kSm2Id)
        {
            const Bytes info = *x509::requestInfo(subject, signKey.point);
            return *x509::assembleCsr(info, signKey.sign(info, id));
        }
        // Runs a change in a transaction that is committed if it succeeded.
        template <typename F> auto change(F body)
        {
            auto transaction = ledger.begin();
            auto result = body(**transaction);
            if (result && !(*transaction)->commit()) qFatal("commit");
            return result;
        }
        Result<x509::Certificate> issueSign(ByteView request, const x509::Subject &subject = kPerson)
        {
            return change([&](auto &t) { return ca.issueSign(t, request, subject, holder, nowMs); });
        }
        Result<x509::Certificate> issueEncrypt(const crypto::Point &point)
        {
            return change([&](auto &t) { return ca.issueEncrypt(t, point, kPerson, holder, nowMs); });
        }
        Result<void> revoke(ByteView serial, x509::Reason reason)
        {
            return change([&](auto &t) { return ca.revoke(t, serial, reason, nowMs); });
        }
        x509::Trust fullTrust()
        {
            x509::Trust trust = ca.trust();
            trust.revocations = {*ca.revocationList(nowMs), *ca.rootRevocationList(nowMs)};
            return trust;
        }
    };

private Q_SLOTS:
    void open_twice_isTheSameAuthority()
    {
        Bench bench;
        const auto rows = bench.ledger.rows;
        const Authority again = bench.open();
        QVERIFY(again.root() == bench.ca.root());
        QVERIFY(again.issuing() == bench.ca.issuing());
        QVERIFY(bench.ledger.rows == rows);
        QVERIFY(bench.ca.issuing().isAuthority());
        QVERIFY(bench.ca.root().subject().commonName != bench.ca.issuing().subject().commonName);
    }

    void open_anotherMasterKey_isTampered()
    {
        Bench bench;
        tests::PlainMasterKey other(0x11);
        const auto opened = Authority::open(bench.ledger, other, bench.random, bench.settings, bench.nowMs);
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, Errc::tampered);
    }

    void open_brokenRow_isTamperedAndMakesNothingNew()
    {
        Bench bench;
        Bytes &row = bench.ledger.rows[{Table::certificate, concat({viewOf("A"), viewOf("root")})}];
        row.back() ^= 1;
        const auto rows = bench.ledger.rows;
        const auto opened =
            Authority::open(bench.ledger, bench.masterKey, bench.random, bench.settings, bench.nowMs);
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, Errc::tampered);
        QVERIFY(bench.ledger.rows == rows);
    }

    void open_ledgerDown_isUnavailable()
    {
        tests::MemoryLedger ledger;
        ledger.down = true;
        tests::PlainMasterKey masterKey;
        ports::SystemRandom random;
        QCOMPARE(Authority::open(ledger, masterKey, random, {}, 1).error().code, Errc::unavailable);
    }

    void keys_atRest_areSealed()
    {
        tests::MemoryLedger ledger;
        tests::PlainMasterKey masterKey;
        tests::RecordedRandom random;
        const Bytes wide(64, 0x77);
        random.expect("ca-key", wide);
        QVERIFY(Authority::open(ledger, masterKey, random, {}, 1'800'000'000'000));
        const auto d = crypto::Scalar::reduceWide(std::span<const std::uint8_t, 64>(wide.data(), 64)).bytes();
        for (const auto &[key, row] : ledger.rows)
            QVERIFY(std::search(row.begin(), row.end(), d.begin(), d.end()) == row.end());
    }

    void issueSign_request_isATrustedSignCertificate()
    {
        Bench bench;
        const auto certificate = bench.issueSign(bench.csr());
        QVERIFY(certificate);
        QVERIFY(certificate->subject() == kPerson);
        QVERIFY(certificate->publicKey() == bench.signKey.point);
        QVERIFY(certificate->allows(KeyKind::sign));
        QCOMPARE(certificate->notAfterMs(), bench.nowMs + authority::kCertificateMs);
        QVERIFY(certificate->notBeforeMs() <= bench.nowMs);
        QVERIFY(certificate->serial().size() == 16);
        QVERIFY(x509::verifyChain(*certificate, bench.fullTrust(),
                                  {KeyKind::sign, bench.nowMs, bench.nowMs, true}));
    }

    void issueSign_forAnEd25519Key_isATrustedCertificateSignedWithSm2()
    {
        Bench bench;
        const auto key = crypto::Ed25519Key::generate(bench.random);
        const Bytes info = *x509::requestInfo(kPerson, key.publicKey());
        const Bytes csr = *x509::assembleCsr(info, crypto::Suite::frost, key.sign(info));
        const auto certificate = bench.issueSign(csr);
        QVERIFY(certificate);
        QVERIFY(certificate->publicKey() == crypto::PublicKey(key.publicKey()));
        QVERIFY(certificate->allows(KeyKind::sign));
        QCOMPARE(X509_get_signature_nid(certificate->native()), NID_SM2_with_SM3);
        QVERIFY(x509::verifyChain(*certificate, bench.fullTrust(),
                                  {KeyKind::sign, bench.nowMs, bench.nowMs, true}));
        QVERIFY(*bench.issueSign(csr) == *certificate); // asked twice, issued once
        const auto other = crypto::Ed25519Key::generate(bench.random);
        QCOMPARE(bench.issueSign(*x509::assembleCsr(info, crypto::Suite::frost, other.sign(info))).error().code,
                 Errc::tampered);
    }

    void issue_extensions_areTheOnesPromised()
    {
        Bench bench;
        const auto certificate = *bench.issueSign(bench.csr());
        const auto *native = certificate.native();
        const auto has = [native](int nid) { return X509_get_ext_by_NID(native, nid, -1) >= 0; };
        QVERIFY(has(NID_basic_constraints) && has(NID_key_usage) && has(NID_subject_key_identifier) &&
                has(NID_authority_key_identifier) && has(NID_crl_distribution_points));
        const std::string url = bench.settings.issuingListUrl;
        QVERIFY(std::search(certificate.der().begin(), certificate.der().end(), url.begin(), url.end()) !=
                certificate.der().end());
        QVERIFY(sameBytes(x509::octetsOf(X509_get0_authority_key_id(certificate.native())),
                          bench.ca.issuing().subjectKeyId()));
    }

    void issueSign_underAShorterTerm_endsThenAndNoOtherDoes()
    {
        Bench bench;
        const auto usual = bench.issueSign(bench.csr());
        std::int64_t lasts = 60'000;
        bench.settings.certificateMs = [&lasts] { return lasts; };
        bench.ca = bench.open();
        QCOMPARE(bench.issueEncrypt(bench.encryptKey.point)->notAfterMs(), bench.nowMs + 60'000);
        QVERIFY(*bench.issueSign(bench.csr()) == *usual); // a key is certified once
        lasts = 2 * authority::kCertificateMs;
        bench.encryptKey = tests::WholeKey();
        QCOMPARE(bench.issueEncrypt(bench.encryptKey.point)->notAfterMs(), bench.nowMs + 2 * authority::kCertificateMs);
    }

    void issueSign_again_isTheSameCertificate()
    {
        Bench bench;
        const auto first = bench.issueSign(bench.csr());
        const auto second = bench.issueSign(bench.csr());
        QVERIFY(first && second);
        QVERIFY(*first == *second);
        QCOMPARE(bench.ca.findByHolder(bench.holder)->size(), std::size_t{1});
    }

    // A PIN alone signs a request: it must not carry a person past the identity check of a year ago.
    void issueSign_expired_isRefused()
    {
        Bench bench;
        const auto first = bench.issueSign(bench.csr());
        bench.nowMs = first->notAfterMs() - 1;
        QVERIFY(*bench.issueSign(bench.csr()) == *first);
        bench.nowMs += 1;
        QCOMPARE(bench.issueSign(bench.csr()).error().code, Errc::refused);
        const auto records = bench.ca.findByHolder(bench.holder);
        QCOMPARE(records->size(), std::size_t{1});
        QVERIFY(records->front().certificate == *first);
    }

    void issueSign_refusals_changeNothing()
    {
        Bench bench;
        const auto rows = bench.ledger.rows;
        QCOMPARE(bench.issueSign(bench.csr(kPerson, "another id")).error().code, Errc::tampered);
        QCOMPARE(bench.issueSign(Bytes{}).error().code, Errc::badInput);
        QCOMPARE(bench.issueSign(concat({bench.csr(), Bytes{0}})).error().code, Errc::badInput);
        x509::Subject other = kPerson;
        other.commonName = "李四";
        QCOMPARE(bench.issueSign(bench.csr(other)).error().code, Errc::refused);
        const auto noHolder =
            bench.change([&](auto &t) { return bench.ca.issueSign(t, bench.csr(), kPerson, {}, bench.nowMs); });
        QCOMPARE(noHolder.error().code, Errc::badInput);
        QVERIFY(bench.ledger.rows == rows);
    }

    void issueEncrypt_point_isATrustedEncryptCertificate()
    {
        Bench bench;
        const auto certificate = bench.issueEncrypt(bench.encryptKey.point);
        QVERIFY(certificate);
        QVERIFY(certificate->allows(KeyKind::encrypt));
        QVERIFY(x509::verifyChain(*certificate, bench.ca.trust(),
                                  {KeyKind::encrypt, bench.nowMs, bench.nowMs, false}));
        QVERIFY(!x509::verifyChain(*certificate, bench.ca.trust(),
                                   {KeyKind::sign, bench.nowMs, bench.nowMs, false}));
    }

    void issue_oneKeyForBothUses_isRefused()
    {
        Bench bench;
        QVERIFY(bench.issueSign(bench.csr()));
        const auto rows = bench.ledger.rows;
        QCOMPARE(bench.issueEncrypt(bench.signKey.point).error().code, Errc::refused);
        QVERIFY(bench.ledger.rows == rows);
        QCOMPARE(bench.issueEncrypt(crypto::Point()).error().code, Errc::badInput);
    }

    void issue_keyOfAnotherHolder_isRefused()
    {
        Bench bench;
        QVERIFY(bench.issueSign(bench.csr()));
        const Bytes other(16, 8);
        const auto stolen = bench.change(
            [&](auto &t) { return bench.ca.issueSign(t, bench.csr(), kPerson, other, bench.nowMs); });
        QCOMPARE(stolen.error().code, Errc::refused);
    }

    void issue_droppedTransaction_leavesNothing()
    {
        Bench bench;
        const auto rows = bench.ledger.rows;
        {
            auto transaction = bench.ledger.begin();
            QVERIFY(bench.ca.issueSign(**transaction, bench.csr(), kPerson, bench.holder, bench.nowMs));
        }
        QVERIFY(bench.ledger.rows == rows);
        QCOMPARE(bench.ca.findByHolder(bench.holder)->size(), std::size_t{0});
    }

    // Year after year, at one run of the server or with a start in between: what is issued lasts its whole year under a chain that holds, and
    // what was signed earlier is judged as of its day.
    void issue_yearAfterYear_goesOn()
    {
        Bench bench;
        struct Year {
            x509::Certificate certificate;
            std::int64_t atMs;
        };
        std::vector<Year> years;
        std::set<Bytes> issuers;
        for (int year = 0; year < 15; ++year, bench.nowMs += authority::kCertificateMs) {
            bench.signKey = tests::WholeKey();
            if (year == 12) bench.ca = bench.open();
            const auto certificate = bench.issueSign(bench.csr());
            QVERIFY(certificate);
            QCOMPARE(certificate->notAfterMs() / 1000, (bench.nowMs + authority::kCertificateMs) / 1000);
            years.push_back({*certificate, bench.nowMs});
            issuers.insert(bench.ca.issuing().serial());
            const auto trust = bench.fullTrust();
            for (const Year &each : years) {
                QVERIFY(x509::verifyChain(each.certificate, trust, {KeyKind::sign, each.atMs, bench.nowMs, true}));
                QVERIFY(x509::verifyChain(each.certificate, trust, {KeyKind::sign, each.certificate.notAfterMs() - 1000, bench.nowMs, true}));
            }
            QVERIFY(x509::verifyChain(*certificate, {{bench.ca.root()}, {bench.ca.issuing()}, {}}, {KeyKind::sign, bench.nowMs, bench.nowMs, false})); // as a phone gets it
        }
        QCOMPARE(issuers.size(), std::size_t{2});
        // What an earlier certificate of the issuing authority stood over is revoked as any.
        QVERIFY(bench.revoke(years.front().certificate.serial(), x509::Reason::keyCompromise));
        QCOMPARE(x509::checkChain(years.front().certificate, bench.fullTrust(), {KeyKind::sign, years.front().atMs, bench.nowMs, true}).fault, x509::Fault::revoked);
    }

    void issuing_renewedInADroppedTransaction_isTheFormerOne()
    {
        Bench bench;
        const auto before = bench.ca.issuing();
        const auto rows = bench.ledger.rows;
        bench.nowMs += authority::kIssuingMs - authority::kCertificateMs;
        {
            auto transaction = bench.ledger.begin();
            QVERIFY(bench.ca.issueSign(**transaction, bench.csr(), kPerson, bench.holder, bench.nowMs));
        }
        QVERIFY(bench.ledger.rows == rows);
        QVERIFY(bench.ca.issuing() == before);
        QVERIFY(bench.issueSign(bench.csr()));
        QVERIFY(!(bench.ca.issuing() == before));
        QVERIFY(sameBytes(bench.ca.issuing().subjectKeyId(), before.subjectKeyId()));
        QCOMPARE(bench.ca.trust().intermediates.size(), std::size_t{2});
    }

    void revoke_certificate_isListedAndRefused()
    {
        Bench bench;
        const auto certificate = *bench.issueSign(bench.csr());
        QCOMPARE(bench.ca.revocationList(bench.nowMs)->size(), std::size_t{0});
        QVERIFY(bench.revoke(certificate.serial(), x509::Reason::keyCompromise));
        const auto list = bench.ca.revocationList(bench.nowMs);
        QVERIFY(list);
        QVERIFY(list->verify(bench.ca.issuing()));
        QCOMPARE(list->find(certificate.serial())->reason, x509::Reason::keyCompromise);
        const auto report =
            x509::checkChain(certificate, bench.fullTrust(), {KeyKind::sign, bench.nowMs, bench.nowMs, true});
        QCOMPARE(report.fault, x509::Fault::revoked);
        QVERIFY(bench.ca.find(certificate.serial())->revocation.has_value());
        QCOMPARE(bench.issueSign(bench.csr()).error().code, Errc::refused); // the key stays revoked
    }

    void revoke_twice_keepsTheFirst()
    {
        Bench bench;
        const auto certificate = *bench.issueSign(bench.csr());
        QVERIFY(bench.revoke(certificate.serial(), x509::Reason::superseded));
        const auto rows = bench.ledger.rows;
        bench.nowMs += 1000;
        QVERIFY(bench.revoke(certificate.serial(), x509::Reason::keyCompromise));
        QVERIFY(bench.ledger.rows == rows);
        QCOMPARE(bench.revoke(Bytes{1, 2, 3}, x509::Reason::superseded).error().code, Errc::notFound);
    }

    void list_aDayLater_isMadeAnew()
    {
        Bench bench;
        const auto first = bench.ca.revocationList(bench.nowMs);
        QVERIFY(bench.ca.revocationList(bench.nowMs + 1000)->der() == first->der());
        const auto later = bench.ca.revocationList(bench.nowMs + authority::kListRenewMs);
        QCOMPARE(later->thisUpdateMs(), bench.nowMs + authority::kListRenewMs - authority::kBackdatedMs);
        QCOMPARE(later->nextUpdateMs() - later->thisUpdateMs(), authority::kListMs);
    }

    // Whoever read his clock just before he fetched a list that was only then made, or whose clock is behind, can use it.
    void list_justMade_holdsForAClockALittleBehind()
    {
        Bench bench;
        const auto certificate = *bench.issueSign(bench.csr());
        const std::int64_t behindMs = bench.nowMs - 60'000;
        QVERIFY(x509::verifyChain(certificate, bench.fullTrust(), {KeyKind::sign, behindMs, behindMs, true}));
        const std::int64_t farBehindMs = bench.nowMs - authority::kBackdatedMs - 1000;
        QVERIFY(!x509::verifyChain(certificate, bench.fullTrust(), {KeyKind::sign, bench.nowMs, farBehindMs, true}));
    }

    void find_unknown_isNotFound()
    {
        Bench bench;
        QCOMPARE(bench.ca.find(Bytes{1}).error().code, Errc::notFound);
        QCOMPARE(bench.ca.findByKeyId(Bytes(20)).error().code, Errc::notFound);
        bench.ledger.down = true;
        QCOMPARE(bench.ca.find(Bytes{1}).error().code, Errc::unavailable);
        QCOMPARE(bench.ca.revocationList(bench.nowMs).error().code, Errc::unavailable);
    }

    void makeSeal_first_makesTheMakerUnderTheIssuingAuthority()
    {
        Bench bench;
        const Bytes info = bytesOf(viewOf("what the maker signs"));
        const auto seal = bench.change([&](auto &t) { return bench.ca.makeSeal(t, info, bench.nowMs); });
        QVERIFY(seal);
        QVERIFY(x509::verifySignature(seal->maker.publicKey(), info, seal->signature));
        QVERIFY(x509::verifyChain(seal->maker, bench.fullTrust(), {KeyKind::sign, bench.nowMs, bench.nowMs, true}));
        QCOMPARE(seal->maker.subject().commonName, std::string("Hufu Demo Authority Seal Maker"));
        // The same maker again, after a restart, too.
        Authority again = bench.open();
        const auto second = bench.change([&](auto &t) { return again.makeSeal(t, info, bench.nowMs + kDayMs); });
        QVERIFY(second && second->maker == seal->maker);
    }

    void makeSeal_makerRevokedOrEnded_isAnother()
    {
        Bench bench;
        const Bytes info = bytesOf(viewOf("seal"));
        const auto make = [&](std::int64_t nowMs) { return *bench.change([&](auto &t) { return bench.ca.makeSeal(t, info, nowMs); }); };
        const auto first = make(bench.nowMs);
        QVERIFY(bench.revoke(first.maker.serial(), x509::Reason::superseded));
        const auto second = make(bench.nowMs);
        QVERIFY(!(second.maker == first.maker));
        QVERIFY(!(make(second.maker.notAfterMs()).maker == second.maker));
    }

    void makeSeal_nothingOrWithAnotherMasterKey_isRefused()
    {
        Bench bench;
        QCOMPARE(bench.change([&](auto &t) { return bench.ca.makeSeal(t, {}, bench.nowMs); }).error().code, Errc::badInput);
        QVERIFY(bench.change([&](auto &t) { return bench.ca.makeSeal(t, Bytes{1}, bench.nowMs); }));
        bench.masterKey = tests::PlainMasterKey(0x11);
        QCOMPARE(bench.change([&](auto &t) { return bench.ca.makeSeal(t, Bytes{1}, bench.nowMs); }).error().code, Errc::tampered);
    }
};

QTEST_GUILESS_MAIN(TestAuthority)
#include "test_authority.moc"
