#include "shield/intent/tbs.h"
#include "tests/shield/intent/manifests.h"

#include "shield/base/limits.h"
#include "shield/intent/der_writer.h"

#include <QTest>
#include <openssl/objects.h>
#include <openssl/x509.h>

#include <numeric>

using namespace hufu;
using namespace hufu::intent;
using tests::manifestOf;

namespace {

bool hasOwnBytes(const Manifest &m)
{
    return opOf(m.act) == Op::decrypt || (m.act == Act::sign && m.form == Form::bare);
}

STACK_OF(X509_ATTRIBUTE) * attributesOf(const Bytes &set)
{
    Bytes copy = set;
    copy[0] = 0x31;
    const unsigned char *at = copy.data();
    STACK_OF(X509_ATTRIBUTE) *attributes = sk_X509_ATTRIBUTE_new_null();
    long length = 0;
    int tag = 0, xclass = 0;
    if ((ASN1_get_object(&at, &length, &tag, &xclass, static_cast<long>(copy.size())) & 0x80) != 0)
        return attributes;
    const unsigned char *end = at + length;
    while (at < end) {
        X509_ATTRIBUTE *attribute = d2i_X509_ATTRIBUTE(nullptr, &at, end - at);
        if (attribute == nullptr) break;
        sk_X509_ATTRIBUTE_push(attributes, attribute);
    }
    return attributes;
}

std::string oidText(const ASN1_OBJECT *object)
{
    char text[128];
    OBJ_obj2txt(text, sizeof text, object, 1);
    return text;
}

} // namespace

class TestTbs : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyAct_builtBytes_pass_andAnyChangeFails()
    {
        for (const Act act : tests::allActs()) {
            Manifest manifest = manifestOf(act);
            if (act == Act::pinChange) {
                QVERIFY(!buildTbs(manifest, 0));
                QVERIFY(!checkTbs(manifest, 0, {}));
                continue;
            }
            Bytes tbs{'a', 'b', 'c'};
            if (hasOwnBytes(manifest)) {
                QCOMPARE(buildTbs(manifest, 0).error().code, Errc::badState);
            } else {
                tbs = *buildTbs(manifest, 0);
            }
            QVERIFY(checkTbs(manifest, 0, tbs));
            QVERIFY(!checkTbs(manifest, 1, tbs));
            QVERIFY(checkTbs(manifest, manifest.encode(), 0, tbs));
            QVERIFY(!checkTbs(manifest, manifest.encode(), 1, tbs));
            QVERIFY(!checkTbs(manifest, manifest.encode(), 0, concat({tbs, Bytes{0}})));
            for (std::size_t i = 0; i < tbs.size(); ++i) {
                Bytes bad = tbs;
                bad[i] ^= 1;
                QCOMPARE(checkTbs(manifest, 0, bad).error().code, Errc::tampered);
                QVERIFY(!checkTbs(manifest, 0, ByteView(tbs).first(i)));
            }
            Bytes longer = tbs;
            longer.push_back(0);
            QVERIFY(!checkTbs(manifest, 0, longer));
            manifest.nonce[0] ^= 1; // another challenge
            QCOMPARE(static_cast<bool>(checkTbs(manifest, 0, tbs)), hasOwnBytes(manifest) || act == Act::csr);
        }
    }

    // With seals of all sizes, whose length takes one to four bytes.
    void electronicSignature_isOfTheSealThatIsNamed_andNothingElse()
    {
        for (const std::size_t size : {std::size_t{1}, std::size_t{60}, std::size_t{300}, std::size_t{70'000}}) {
            Bytes seal(size, 0x30);
            Manifest manifest = manifestOf(Act::seal);
            manifest.form = Form::ses;
            manifest.files[0].seals = {{{1}, SealKind::company, "某某建设有限公司", "投标文件", "12", "", crypto::sm3(seal)}};
            QVERIFY(bringsBytes(manifest) && !bringsBytes(manifestOf(Act::seal)));
            QCOMPARE(buildTbs(manifest, 0).error().code, Errc::badState);
            QCOMPARE(buildSesTbs(manifestOf(Act::seal), 0, seal).error().code, Errc::badState);
            const Bytes tbs = *buildSesTbs(manifest, 0, seal);
            QVERIFY(checkTbs(manifest, 0, tbs));
            QVERIFY(!checkTbs(manifest, 1, tbs));
            QVERIFY(!buildSesTbs(manifest, 1, seal));
            const std::size_t step = std::max<std::size_t>(1, tbs.size() / 200);
            for (std::size_t i = 0; i < tbs.size(); i += step) {
                Bytes bad = tbs;
                bad[i] ^= 1;
                QCOMPARE(checkTbs(manifest, 0, bad).error().code, Errc::tampered);
                QVERIFY(!checkTbs(manifest, 0, ByteView(tbs).first(i)));
            }
            QVERIFY(!checkTbs(manifest, 0, concat({tbs, Bytes{0}})));
            Manifest later = manifest;
            later.created += 1000;
            QCOMPARE(checkTbs(later, 0, tbs).error().code, Errc::tampered);
            Manifest other = manifest;
            other.files[0].sm3[0] ^= 1;
            QCOMPARE(checkTbs(other, 0, tbs).error().code, Errc::tampered);
            seal[0] ^= 1;
            QCOMPARE(buildSesTbs(manifest, 0, seal).error().code, Errc::tampered);
        }
    }

    void tbs_ofAnotherAct_isRefused()
    {
        for (const Act act : tests::allActs()) {
            for (const Act other : tests::allActs()) {
                const auto tbs = buildTbs(manifestOf(other), 0);
                if (act == other || !tbs) continue;
                QVERIFY(!checkTbs(manifestOf(act), 0, *tbs));
            }
        }
    }

    void tbs_overAMebibyte_isRefused()
    {
        const Bytes large(limits::kTbsMax + 1, 0);
        QCOMPARE(checkTbs(manifestOf(Act::sign), 0, large).error().code, Errc::badInput);
    }

    void intent_bytes_startWithTheDomain()
    {
        const Manifest manifest = manifestOf(Act::login);
        const std::uint8_t zero[] = {0};
        QVERIFY(*buildTbs(manifest, 0) == concat({viewOf("HUFU-INTENT-1"), zero, manifest.encode()}));
    }

    // printf of the tag and the bytes 00 to 3f through `openssl dgst -sm3`.
    void vouchedCode_ofAKnownSignature_isTheFirstHalfOfTheDigest()
    {
        ByteArray<64> signature{};
        std::iota(signature.begin(), signature.end(), std::uint8_t{0});
        QCOMPARE(toHex(vouchedCode(signature)), std::string("2c1b011b9e2d6e5b0008f69612b39359"));
    }

    void requestInfo_ofAnEd25519Key_isWhatOpenSslReads()
    {
        Manifest manifest = manifestOf(Act::csr);
        // RFC 8032 7.1, the public key of TEST 1
        const auto key = fromHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
        manifest.csrRequest->point = *fixedBytes<32>(*key);
        QVERIFY(*Manifest::parse(manifest.encode()) == manifest);
        const Bytes info = *buildTbs(manifest, 0);
        QVERIFY(checkTbs(manifest, 0, info));
        const Bytes algorithm = *fromHex("300506032b6570");
        const Bytes request =
            intent::der::element(intent::der::Tag::sequence, {info, algorithm, *fromHex("03020000")});
        const unsigned char *at = request.data();
        X509_REQ *parsed = d2i_X509_REQ(nullptr, &at, static_cast<long>(request.size()));
        QVERIFY(parsed != nullptr);
        unsigned char raw[32];
        std::size_t length = sizeof raw;
        QCOMPARE(EVP_PKEY_get_raw_public_key(X509_REQ_get0_pubkey(parsed), raw, &length), 1);
        QVERIFY(sameBytes({raw, length}, *key));
        unsigned char *again = nullptr;
        const int size = i2d_re_X509_REQ_tbs(parsed, &again);
        QVERIFY(sameBytes(info, {again, static_cast<std::size_t>(size)}));
        OPENSSL_free(again);
        X509_REQ_free(parsed);
    }

    void requestInfo_isWhatOpenSslReads()
    {
        Manifest manifest = manifestOf(Act::csr);
        // GB/T 32918.5 Annex A's public key: OpenSSL reads a point on the curve only
        const auto point = fromHex("0409F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020"
                                   "CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13");
        manifest.csrRequest->point = *fixedBytes<65>(*point);
        const Bytes info = *buildTbs(manifest, 0);
        // the shell of a request: info, an algorithm, an empty signature
        const Bytes algorithm = *fromHex("300a06082a811ccf55018375");
        const Bytes request =
            intent::der::element(intent::der::Tag::sequence, {info, algorithm, *fromHex("03020000")});
        const unsigned char *at = request.data();
        X509_REQ *parsed = d2i_X509_REQ(nullptr, &at, static_cast<long>(request.size()));
        QVERIFY(parsed != nullptr);
        QVERIFY(X509_REQ_get0_pubkey(parsed) != nullptr);
        char line[256];
        X509_NAME *name = X509_REQ_get_subject_name(parsed);
        QCOMPARE(X509_NAME_entry_count(name), 5);
        QVERIFY(X509_NAME_get_text_by_NID(name, NID_countryName, line, sizeof line) > 0);
        QCOMPARE(std::string(line), std::string("CN"));
        QVERIFY(X509_NAME_get_text_by_NID(name, NID_commonName, line, sizeof line) > 0);
        QCOMPARE(std::string(line), manifest.csrRequest->subject.commonName);
        unsigned char *again = nullptr;
        const int size = i2d_re_X509_REQ_tbs(parsed, &again);
        QVERIFY(sameBytes(info, {again, static_cast<std::size_t>(size)}));
        OPENSSL_free(again);
        X509_REQ_free(parsed);
    }

    void signedAttributes_areSortedDerWithTheFourAttributes()
    {
        const Manifest manifest = manifestOf(Act::seal);
        const Bytes set = *buildTbs(manifest, 0);
        STACK_OF(X509_ATTRIBUTE) *attributes = attributesOf(set);
        QCOMPARE(sk_X509_ATTRIBUTE_num(attributes), 4);
        std::map<std::string, Bytes> values;
        Bytes before;
        for (int i = 0; i < 4; ++i) {
            X509_ATTRIBUTE *attribute = sk_X509_ATTRIBUTE_value(attributes, i);
            unsigned char *bytes = nullptr;
            const int size = i2d_X509_ATTRIBUTE(attribute, &bytes);
            const Bytes encoded(bytes, bytes + size);
            QVERIFY(std::lexicographical_compare(before.begin(), before.end(), encoded.begin(), encoded.end()));
            before = encoded;
            OPENSSL_free(bytes);
            QCOMPARE(X509_ATTRIBUTE_count(attribute), 1);
            const ASN1_TYPE *value = X509_ATTRIBUTE_get0_type(attribute, 0);
            const std::string oid = oidText(X509_ATTRIBUTE_get0_object(attribute));
            if (value->type == V_ASN1_OCTET_STRING || value->type == V_ASN1_UTCTIME)
                values[oid] = Bytes(value->value.asn1_string->data,
                                    value->value.asn1_string->data + value->value.asn1_string->length);
            else
                values[oid] = bytesOf(viewOf(oidText(value->value.object)));
        }
        QCOMPARE(textOf(values["1.2.840.113549.1.9.3"]), std::string("1.2.840.113549.1.7.1"));
        QCOMPARE(textOf(values["1.2.840.113549.1.9.5"]), std::string("270115080000Z"));
        QVERIFY(sameBytes(values["1.2.840.113549.1.9.4"], manifest.files[0].sm3));
        QVERIFY(sameBytes(values[kManifestAttributeOid], manifest.sm3()));
        sk_X509_ATTRIBUTE_pop_free(attributes, X509_ATTRIBUTE_free);
    }

    // The manifest says under which identifiers, so neither half signs one for the other.
    void signedAttributes_ofGmt0010_differInTheIdentifierOfData()
    {
        Manifest manifest = manifestOf(Act::sign);
        manifest.form = Form::cms;
        const Bytes pkcs7 = *buildTbs(manifest, 0);
        Manifest other = manifest;
        other.form = Form::cmsGmt;
        const Bytes gmt = *buildTbs(other, 0);
        const Bytes data = *fromHex("06092a864886f70d010701"), gmtData = *fromHex("060a2a811ccf550601040201");
        const auto has = [](const Bytes &bytes, const Bytes &part) { return !std::ranges::search(bytes, part).empty(); };
        QVERIFY(has(pkcs7, data) && !has(pkcs7, gmtData));
        QVERIFY(has(gmt, gmtData) && !has(gmt, data));
        QCOMPARE(checkTbs(other, 0, pkcs7).error().code, Errc::tampered);
        QCOMPARE(checkTbs(manifest, 0, gmt).error().code, Errc::tampered);
        QVERIFY(checkTbs(other, 0, gmt));
        for (const Act act : {Act::seal, Act::encrypt}) { // PDFs and bids have the identifiers of PKCS #7
            Manifest wrong = manifestOf(act);
            QVERIFY(wrong.check());
            wrong.form = Form::cmsGmt;
            QVERIFY(!wrong.check());
        }
        QVERIFY(*Manifest::parse(other.encode()) == other);
    }

    void time_from2050On_isGeneralized()
    {
        QVERIFY(der::time(2'524'607'999'000) == der::element(der::Tag::utcTime, viewOf("491231235959Z")));
        QVERIFY(der::time(2'524'608'000'000) ==
                der::element(der::Tag::generalizedTime, viewOf("20500101000000Z")));
    }

    void lengths_ofEverySize_areMinimal()
    {
        QCOMPARE(der::element(der::Tag::octetString, Bytes(70'000)).size(), std::size_t{70'006});
        QCOMPARE(der::element(der::Tag::octetString, Bytes(127)).size(), std::size_t{129});
        QCOMPARE(der::element(der::Tag::octetString, Bytes(128)).size(), std::size_t{131});
        QCOMPARE(der::element(der::Tag::octetString, Bytes(256)).size(), std::size_t{260});
    }
};

QTEST_GUILESS_MAIN(TestTbs)
#include "test_tbs.moc"
