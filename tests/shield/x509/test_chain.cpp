// The three-level chain: what makes a certificate trustworthy, and each way in which it is not.
#include "tests/support/fakes.h"
#include "tests/support/pki.h"

#include <QTest>

using namespace hufu;
using authority::Profile;
using tests::kDayMs;
using tests::kPerson;
using x509::Fault;
using x509::KeyKind;

class TestChain : public QObject
{
    Q_OBJECT
    tests::Pki m_pki;

    Fault fault(const x509::Certificate &certificate, const x509::Trust &trust,
                KeyKind kind = KeyKind::sign) const
    {
        return x509::checkChain(certificate, trust, {kind, m_pki.nowMs, m_pki.nowMs, false}).fault;
    }
    Fault faultAt(std::int64_t atMs) const
    {
        return x509::checkChain(m_pki.sign, m_pki.trust(), {KeyKind::sign, atMs, atMs, false}).fault;
    }
    x509::Trust trustWith(const x509::RevocationList &list) const
    {
        x509::Trust trust = m_pki.trust();
        trust.revocations.push_back(list);
        return trust;
    }

private Q_SLOTS:
    void chain_threeLevels_isTrusted()
    {
        const auto report =
            x509::checkChain(m_pki.sign, m_pki.trust(), {KeyKind::sign, m_pki.nowMs, m_pki.nowMs, false});
        QCOMPARE(report.fault, Fault::none);
        QCOMPARE(report.chain.size(), std::size_t{3});
        QVERIFY(report.chain[2] == m_pki.root);
        QVERIFY(!report.revocationChecked);
        QCOMPARE(fault(m_pki.encrypt, m_pki.trust(), KeyKind::encrypt), Fault::none);
        QVERIFY(x509::verifyChain(m_pki.sign, m_pki.trust(), {KeyKind::sign, m_pki.nowMs, m_pki.nowMs, false}));
    }

    void chain_wrongUsage_isRefused()
    {
        QCOMPARE(fault(m_pki.encrypt, m_pki.trust()), Fault::wrongUsage);
        QCOMPARE(fault(m_pki.sign, m_pki.trust(), KeyKind::encrypt), Fault::wrongUsage);
        QCOMPARE(fault(m_pki.issuing, m_pki.trust()), Fault::wrongUsage);
        const auto result =
            x509::verifyChain(m_pki.encrypt, m_pki.trust(), {KeyKind::sign, m_pki.nowMs, m_pki.nowMs, false});
        QCOMPARE(result.error().code, Errc::refused);
    }

    void chain_time_hasBothEnds()
    {
        QCOMPARE(faultAt(m_pki.sign.notBeforeMs() - 1000), Fault::notYetValid);
        QCOMPARE(faultAt(m_pki.sign.notBeforeMs()), Fault::none);
        QCOMPARE(faultAt(m_pki.sign.notAfterMs() - 1000), Fault::none);
        QCOMPARE(faultAt(m_pki.sign.notAfterMs()), Fault::expired);
    }

    void chain_expiredIssuer_isExpired()
    {
        const auto issuing =
            m_pki.issue(Profile::issuing, m_pki.issuingKey, m_pki.issuing.subject(), &m_pki.root, m_pki.rootKey,
                        m_pki.nowMs - 9 * kDayMs, m_pki.nowMs - kDayMs);
        QCOMPARE(fault(m_pki.sign, {{m_pki.root}, {issuing}, {}}), Fault::expired);
    }

    void chain_withoutIntermediateOrRoot_isUntrusted()
    {
        QCOMPARE(fault(m_pki.sign, {{m_pki.root}, {}, {}}), Fault::untrusted);
        QCOMPARE(fault(m_pki.sign, {{}, {m_pki.issuing, m_pki.root}, {}}), Fault::untrusted);
        const tests::Pki other;
        QCOMPARE(fault(m_pki.sign, other.trust()), Fault::untrusted);
    }

    // An impostor with the issuer's name and key identifier, but another key.
    void chain_forgedLeaf_hasBadSignature()
    {
        const tests::WholeKey thief;
        const auto forged = m_pki.issue(Profile::sign, thief, kPerson, &m_pki.issuing, thief);
        QCOMPARE(fault(forged, m_pki.trust()), Fault::badSignature);
    }

    void chain_tamperedLeaf_hasBadSignature()
    {
        Bytes der = m_pki.sign.der();
        const Bytes name = bytesOf(viewOf("HF-0001"));
        auto at = std::search(der.begin(), der.end(), name.begin(), name.end());
        QVERIFY(at != der.end());
        at[6] = '2';
        const auto tampered = x509::Certificate::parse(der);
        QVERIFY(tampered);
        QCOMPARE(fault(*tampered, m_pki.trust()), Fault::badSignature);
    }

    void chain_personAsIssuer_isRefused()
    {
        const tests::WholeKey key;
        const auto child =
            m_pki.issue(Profile::sign, key, {"CN", "O", {}, "child", {}}, &m_pki.sign, m_pki.signKey);
        x509::Trust trust = m_pki.trust();
        trust.intermediates.push_back(m_pki.sign);
        QVERIFY(fault(child, trust) != Fault::none);
    }

    void chain_authorityBelowIssuing_breaksItsPathLength()
    {
        const tests::WholeKey subKey;
        const tests::WholeKey key;
        const auto sub =
            m_pki.issue(Profile::issuing, subKey, {"CN", "O", {}, "sub", {}}, &m_pki.issuing, m_pki.issuingKey);
        const auto leaf = m_pki.issue(Profile::sign, key, kPerson, &sub, subKey);
        x509::Trust trust = m_pki.trust();
        trust.intermediates.push_back(sub);
        QCOMPARE(fault(leaf, trust), Fault::wrongIssuer);
    }

    // keyCertSign but CA:FALSE: the usual mistake of home-made verifiers.
    void chain_intermediateWithoutCa_isRefused()
    {
        const tests::WholeKey fakeKey;
        const tests::WholeKey key;
        const auto fake = notAnAuthority(fakeKey);
        const auto leaf = m_pki.issue(Profile::sign, key, kPerson, &fake, fakeKey);
        QVERIFY(fault(leaf, {{m_pki.root}, {fake}, {}}) != Fault::none);
        QCOMPARE(x509::verifyChain(leaf, {{m_pki.root}, {fake}, {}},
                                   {KeyKind::sign, m_pki.nowMs, m_pki.nowMs, false})
                     .error()
                     .code,
                 Errc::tampered);
    }

    // A chain that is right but for the id with which its leaf was signed.
    void chain_leafSignedWithAnotherId_hasBadSignature()
    {
        const auto native = unsignedCopy(m_pki.sign);
        const auto key = m_pki.issuingKey.native();
        const x509::OwnedMdContext context(EVP_MD_CTX_new());
        EVP_PKEY_CTX *keyContext = nullptr;
        QCOMPARE(EVP_DigestSignInit(context.get(), &keyContext, EVP_sm3(), nullptr, key.get()), 1);
        QCOMPARE(EVP_PKEY_CTX_set1_id(keyContext, "another", 7), 1);
        QVERIFY(X509_sign_ctx(native.get(), context.get()) > 0);
        const auto certificate = x509::Certificate::parse(*x509::derOf(native.get(), ASN1_ITEM_rptr(X509)));
        QVERIFY(certificate);
        QCOMPARE(fault(*certificate, m_pki.trust()), Fault::badSignature);
    }

    void revocation_listed_isRevoked()
    {
        const auto list = m_pki.list({{m_pki.sign.serial(), {m_pki.nowMs - 1000, x509::Reason::superseded}}});
        const auto report =
            x509::checkChain(m_pki.sign, trustWith(list), {KeyKind::sign, m_pki.nowMs, m_pki.nowMs, true});
        QCOMPARE(report.fault, Fault::revoked);
        QVERIFY(report.revocation.has_value());
        QCOMPARE(fault(m_pki.encrypt, trustWith(list), KeyKind::encrypt), Fault::none);
        const auto result =
            x509::verifyChain(m_pki.sign, trustWith(list), {KeyKind::sign, m_pki.nowMs, m_pki.nowMs, false});
        QCOMPARE(result.error().code, Errc::refused);
    }

    void revocation_afterTheSigningTime_countsForACompromisedKeyOnly()
    {
        const std::int64_t signedMs = m_pki.nowMs - 3600'000;
        for (const auto reason : {x509::Reason::affiliationChanged, x509::Reason::keyCompromise}) {
            const auto list = m_pki.list({{m_pki.sign.serial(), {m_pki.nowMs - 1000, reason}}});
            const auto report =
                x509::checkChain(m_pki.sign, trustWith(list), {KeyKind::sign, signedMs, m_pki.nowMs, false});
            QCOMPARE(report.fault, reason == x509::Reason::keyCompromise ? Fault::revoked : Fault::none);
            QVERIFY(report.revocation.has_value());
        }
    }

    void revocation_required_needsACurrentGenuineList()
    {
        const x509::Demand demand{KeyKind::sign, m_pki.nowMs, m_pki.nowMs, true};
        QCOMPARE(x509::checkChain(m_pki.sign, m_pki.trust(), demand).fault, Fault::revocationUnknown);
        const auto old = m_pki.list({}, m_pki.nowMs - 9 * kDayMs, m_pki.nowMs - 8 * kDayMs);
        QCOMPARE(x509::checkChain(m_pki.sign, trustWith(old), demand).fault, Fault::revocationUnknown);
        const auto forged = authority::writeList({1, m_pki.nowMs - 1000, m_pki.nowMs + kDayMs, {}},
                                                 m_pki.issuing, tests::WholeKey().native().get());
        QCOMPARE(x509::checkChain(m_pki.sign, trustWith(*forged), demand).fault, Fault::revocationUnknown);

        x509::Trust trust = trustWith(m_pki.list({}));
        const auto rootList = authority::writeList({1, m_pki.nowMs - 1000, m_pki.nowMs + kDayMs, {}},
                                                   m_pki.root, m_pki.rootKey.native().get());
        QCOMPARE(x509::checkChain(m_pki.sign, trust, demand).depth,
                 std::size_t{1}); // the root's list is missing
        trust.revocations.push_back(*rootList);
        const auto report = x509::checkChain(m_pki.sign, trust, demand);
        QCOMPARE(report.fault, Fault::none);
        QVERIFY(report.revocationChecked);
    }

    void revocation_ofTheIssuer_revokesWhatItIssued()
    {
        const auto rootList = authority::writeList(
            {1,
             m_pki.nowMs - 1000,
             m_pki.nowMs + kDayMs,
             {{m_pki.issuing.serial(), {m_pki.nowMs - 1000, x509::Reason::authorityCompromise}}}},
            m_pki.root, m_pki.rootKey.native().get());
        QCOMPARE(fault(m_pki.sign, trustWith(*rootList)), Fault::revoked);
    }

    void fault_each_hasAName()
    {
        QStringList names;
        for (int i = 0; i <= static_cast<int>(Fault::revocationUnknown); ++i) {
            const auto name = x509::nameOf(static_cast<Fault>(i));
            names << QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
        }
        QCOMPARE(names.removeDuplicates(), 0);
    }

private:
    // A copy of the issuing authority's certificate, made anew with CA:FALSE in it.
    x509::Certificate notAnAuthority(const tests::WholeKey &key) const
    {
        const auto original = m_pki.issue(Profile::issuing, key, {"CN", "O", {}, "not an authority", {}},
                                          &m_pki.root, m_pki.rootKey);
        const auto native = unsignedCopy(original);
        const int at = X509_get_ext_by_NID(native.get(), NID_basic_constraints, -1);
        X509_EXTENSION_free(X509_delete_ext(native.get(), at));
        BASIC_CONSTRAINTS *basic = BASIC_CONSTRAINTS_new();
        X509_add1_ext_i2d(native.get(), NID_basic_constraints, basic, 1, X509V3_ADD_DEFAULT);
        BASIC_CONSTRAINTS_free(basic);
        const auto rootKey = m_pki.rootKey.native();
        auto context = x509::signingContext(rootKey.get());
        X509_sign_ctx(native.get(), context->get());
        const auto certificate = x509::Certificate::parse(*x509::derOf(native.get(), ASN1_ITEM_rptr(X509)));
        if (!certificate) qFatal("certificate");
        return *certificate;
    }
    static x509::OwnedCertificate unsignedCopy(const x509::Certificate &certificate)
    {
        return x509::OwnedCertificate(X509_dup(certificate.native()));
    }
};

QTEST_GUILESS_MAIN(TestChain)
#include "test_chain.moc"
