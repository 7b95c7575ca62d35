#include "tests/shield/intent/manifests.h"

#include "shield/base/limits.h"

#include <QTest>
#include <algorithm>
#include <functional>
#include <random>

using namespace hufu;
using namespace hufu::intent;
using tests::manifestOf;

static std::string replaced(std::string text, std::string_view from, std::string_view to)
{
    const std::size_t at = text.find(from);
    return at == std::string::npos ? std::string() : text.replace(at, from.size(), to);
}

// JSON written with single quotation marks.
static std::string json(std::string text)
{
    std::replace(text.begin(), text.end(), '\'', '"');
    return text;
}

class TestManifest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyAct_roundTrip_isTheSame()
    {
        for (const Act act : tests::allActs()) {
            const Manifest manifest = manifestOf(act);
            QVERIFY(manifest.check());
            const Bytes bytes = manifest.encode();
            const auto parsed = Manifest::parse(bytes);
            QVERIFY(parsed);
            QVERIFY(*parsed == manifest);
            QVERIFY(parsed->sm3() == manifest.sm3());
            QVERIFY(actOf(nameOf(act)) == act);
        }
    }

    // Shown by a page, of one statement, for somebody who is named: anything else could be taken for it.
    void confirmation_outOfForm_isRefused()
    {
        const auto refused = [](const std::function<void(Manifest &)> &change) {
            Manifest manifest = manifestOf(Act::confirm);
            change(manifest);
            return !manifest.check();
        };
        QVERIFY(!refused([](Manifest &) {}));
        QVERIFY(refused([](Manifest &m) { m.company.clear(); }));
        QVERIFY(refused([](Manifest &m) { m.person.clear(); }));
        QVERIFY(refused([](Manifest &m) { m.files.clear(); }));
        QVERIFY(refused([](Manifest &m) { m.files.push_back(m.files.front()); }));
        QVERIFY(refused([](Manifest &m) { m.form = Form::cms; }));
        QVERIFY(refused([](Manifest &m) { m.project = Project{"P", "P", ""}; }));
        QVERIFY(refused([](Manifest &m) { m.flow = Flow::phone; }));
        QVERIFY(refused([](Manifest &m) {
            m.flow = Flow::desk;
            m.desk = Desk{{1}, "电脑", true};
        }));
        for (const Act act : {Act::sign, Act::seal, Act::encrypt, Act::vouch}) { // by a page nothing else but a log-in
            Manifest manifest = manifestOf(act);
            manifest.flow = Flow::page;
            manifest.desk.reset();
            QVERIFY(!manifest.check());
        }
    }

    void login_encoded_isTheKnownCanonicalText()
    {
        Manifest manifest = manifestOf(Act::login);
        manifest.company.clear();
        manifest.person.clear();
        const std::string expected =
            json("{'act':'login','created':1800000000123,'desk':{'id':'01020300000000000000000000000000','"
                 "known':true,"
                 "'name':'办公室电脑'},'flow':'desk','nonce':'5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a',"
                 "'platform':{'id':'bidding.example','name':'省公共资源交易平台'},'v':1}");
        QCOMPARE(QByteArray::fromStdString(textOf(manifest.encode())), QByteArray::fromStdString(expected));
    }

    void text_withQuotesAndBackslash_isEscapedAsTheStandardSays()
    {
        Manifest manifest = manifestOf(Act::sign);
        manifest.files[0].name = "a\"b\\c/d.txt";
        QVERIFY(textOf(manifest.encode()).find("\"name\":\"a\\\"b\\\\c/d.txt\"") != std::string::npos);
        QVERIFY(Manifest::parse(manifest.encode()));
    }

    void parse_anythingNotCanonical_isRefused()
    {
        const std::string good = textOf(manifestOf(Act::sign).encode());
        QVERIFY(Manifest::parse(viewOf(good)));
        const std::pair<std::string_view, std::string_view> changes[] = {
            {"{\"act\"", "{ \"act\""}, // white space
            {"\"act\":\"sign\",", ""}, // missing
            {"\"v\":1", "\"v\":2"},    // version
            {"\"v\":1", "\"v\":1.0"},  // a fraction
            {"\"v\":1", "\"v\":1e0"},
            {"\"v\":1", "\"v\":-1"},
            {"\"v\":1", "\"v\":1,\"v\":1"},              // twice
            {"\"v\":1", "\"v\":1,\"w\":1"},              // unknown
            {"\"v\":1", "\"v\":\"1\""},                  // another type
            {"\"size\":3", "\"size\":9007199254740993"}, // beyond a double
            {"\"size\":3", "\"size\":18446744073709551616"},
            {"\"pages\":12", "\"pages\":0"}, // absent is the form of 0
            {"\"known\":true", "\"known\":1"},
            {"5a5a", "5A5A"},      // upper case
            {"张三", "\\u5f20三"}, // escaped without need
            {"\"person\":\"张三\"", "\"person\":\"\""},
            {"\"flow\":\"desk\"", "\"flow\":\"page\""},
            {"\"flow\":\"desk\"", "\"flow\":\"phone\""},
            {"\"form\":\"bare\",", ""},
            {"\"form\":\"bare\"", "\"form\":\"raw\""},
            {"\"act\":\"sign\"", "\"act\":\"login\""},
            {"\"act\":\"sign\"", "\"act\":\"seal\""}, // bare
            {"\"act\":\"sign\"", "\"act\":\"approve\""},
        };
        for (const auto &[from, to] : changes) {
            const std::string bad = replaced(good, from, to);
            QVERIFY2(!bad.empty(), std::string(from).c_str());
            QVERIFY2(!Manifest::parse(viewOf(bad)), std::string(to).c_str());
        }
    }

    void parse_forbiddenCharacters_areRefused()
    {
        const std::string good = textOf(manifestOf(Act::sign).encode());
        for (const std::string_view bad :
             {"\\u0000", "\\n", "\n", "\x7f", "\xc2\x85", "\xe2\x80\xae" /* RLO */, "\xe2\x80\x8f" /* RLM */,
              "\xe2\x81\xa6" /* LRI */, "\xe2\x80\x8b" /* zero width */, "\xe2\x80\xa8" /* line separator */,
              "\xef\xbb\xbf" /* BOM */, "\xe3\x85\xa4" /* filler */, "\xee\x80\x80" /* private */,
              "e\xcc\x81" /* not NFC */, "\xff", "\xc0\xaf" /* overlong */, "\xed\xa0\x80" /* surrogate */,
              "\xf4\x90\x80\x80" /* beyond Unicode */}) {
            const std::string text =
                replaced(good, "投标文件.pdf", std::string("a").append(bad).append("fdp.exe"));
            QVERIFY(!text.empty());
            const auto parsed = Manifest::parse(viewOf(text));
            QVERIFY(!parsed);
            QCOMPARE(parsed.error().code, Errc::badInput);
        }
    }

    void parse_anyBytes_neverSucceedsByChance()
    {
        const Bytes good = manifestOf(Act::decrypt).encode();
        for (std::size_t length = 0; length < good.size(); ++length)
            QVERIFY(!Manifest::parse(ByteView(good).first(length)));
        std::mt19937 random(1);
        for (int i = 0; i < 2000; ++i) {
            Bytes bytes(random() % 200);
            for (auto &b : bytes)
                b = static_cast<std::uint8_t>(random());
            QVERIFY(!Manifest::parse(bytes));
        }
        for (int i = 0; i < 2000; ++i) { // a flipped bit: refused, or another manifest that is canonical itself
            Bytes bytes = good;
            bytes[random() % bytes.size()] ^= static_cast<std::uint8_t>(1U << (random() % 8));
            if (const auto parsed = Manifest::parse(bytes)) QVERIFY(parsed->encode() == bytes);
        }
        QVERIFY(!Manifest::parse(Bytes(limits::kManifestMax + 1, ' ')));
        QVERIFY(!Manifest::parse(Bytes(20'000, '['))); // deep
    }

    void check_fieldsOfAnotherAct_areRefused()
    {
        for (const Act act : tests::allActs()) {
            const auto breaks = [act](auto change) {
                Manifest manifest = manifestOf(act);
                change(manifest);
                return !manifest.check() && !Manifest::parse(manifest.encode());
            };
            QVERIFY(breaks([](Manifest &m) { m.platform.name.clear(); }));
            QVERIFY(breaks([](Manifest &m) { m.created = -1; }));
            QVERIFY(breaks([](Manifest &m) { m.desk ? m.desk.reset() : void(m.desk.emplace()); }));
            QVERIFY(breaks([](Manifest &m) { m.deskKey ? m.deskKey.reset() : void(m.deskKey.emplace()); }));
            QVERIFY(breaks([](Manifest &m) {
                m.deskPublicKey ? m.deskPublicKey.reset() : void(m.deskPublicKey.emplace());
            }));
            QVERIFY(breaks(
                [](Manifest &m) { m.csrRequest ? m.csrRequest.reset() : void(m.csrRequest.emplace()); }));
            QVERIFY(breaks([](Manifest &m) {
                m.encryptRequest ? m.encryptRequest.reset() : void(m.encryptRequest.emplace());
            }));
            QVERIFY(breaks([](Manifest &m) { m.form ? m.form.reset() : void(m.form = Form::bare); }));
            QVERIFY(breaks([](Manifest &m) {
                m.files.empty() ? m.files.push_back({"x", 1, {}, 0}) : m.files.clear();
            }));
            QVERIFY(breaks([](Manifest &m) { m.files.assign(limits::kItemsMax + 1, {"x", 1, {}, 0}); }));
        }
        Manifest known = manifestOf(Act::enrol);
        known.desk->known = true;
        QVERIFY(!known.check());
        Manifest other = manifestOf(Act::enrol);
        other.desk->id[0] ^= 1;
        QVERIFY(!other.check());
        Manifest large = manifestOf(Act::sign);
        large.files[0].size = limits::kTbsMax + 1;
        QVERIFY(!large.check());
        large.form = Form::cms;
        QVERIFY(large.check());
    }

    void c1_ofAllFilesOfADecryption_isKeptAndElsewhereRefused()
    {
        Manifest manifest = manifestOf(Act::decrypt);
        manifest.files.push_back(manifest.files[0]);
        manifest.files[0].c1.emplace().fill(4);
        QVERIFY(!manifest.check()); // one of two
        manifest.files[1].c1.emplace().fill(5);
        const auto again = Manifest::parse(manifest.encode());
        QVERIFY(again && *again == manifest);
        Manifest sign = manifestOf(Act::sign);
        sign.files[0].c1.emplace().fill(4);
        QVERIFY(!sign.check());
        QVERIFY(!Manifest::parse(sign.encode()));
    }

    void draft_inAnyOrder_becomesTheCanonicalManifest()
    {
        const Manifest base = manifestOf(Act::login);
        const std::string hash(64, '0');
        const std::string draft = json("{ 'form' : 'bare', 'files': [ {'sm3':'" + hash +
                                       "', 'name':'a.txt','size':3} ], 'act':'sign' }");
        const auto made = Manifest::fromDraft(viewOf(draft), base);
        QVERIFY(made);
        QVERIFY(made->nonce == base.nonce && made->platform == base.platform && made->desk == base.desk);
        QVERIFY(Manifest::parse(made->encode()));
    }

    void draft_sayingWhatOnlyTheServerMay_isRefused()
    {
        const Manifest base = manifestOf(Act::login);
        QVERIFY(Manifest::fromDraft(viewOf(json("{'act':'login'}")), base));
        for (const std::string_view member :
             {"'v':1", "'nonce':'5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a'", "'created':1", "'flow':'desk'",
              "'company':'x'", "'person':'x'",
              "'desk':{'id':'00000000000000000000000000000000','known':true,'name':'x'}", "'unheardOf':1",
              "'network':''"}) {
            const std::string draft = json("{'act':'login'," + std::string(member) + "}");
            QVERIFY2(!Manifest::fromDraft(viewOf(draft), base), draft.c_str());
        }
        QVERIFY(!Manifest::fromDraft(viewOf("[]"), base));
        QVERIFY(!Manifest::fromDraft({}, base));
        QVERIFY(!Manifest::fromDraft(viewOf(json("{'act':'csr'}")), base));
    }

    void encrypt_withoutRecipientsOrAsAnotherForm_isRefused()
    {
        const Manifest good = manifestOf(Act::encrypt);
        QVERIFY(good.check());
        for (const auto &change : std::vector<std::function<void(Manifest &)>>{
                 [](Manifest &m) { m.recipients.clear(); }, [](Manifest &m) { m.recipients.resize(65, "某人"); },
                 [](Manifest &m) { m.recipients[0].clear(); }, [](Manifest &m) { m.recipients[0] = "a\nb"; },
                 [](Manifest &m) { m.form.reset(); }, [](Manifest &m) { m.form = Form::bare; }, [](Manifest &m) { m.project.reset(); }}) {
            Manifest changed = good;
            change(changed);
            QVERIFY(!changed.check());
            QVERIFY(!Manifest::parse(changed.encode()));
        }
        Manifest seal = manifestOf(Act::seal);
        seal.recipients = {"张三"};
        QVERIFY(!seal.check());
    }

    void encrypt_withKeysAndReason_saysThem()
    {
        Manifest sole = manifestOf(Act::encrypt);
        sole.recipients = {"张三"};
        sole.recipientKeys = {Bytes(20, 7)};
        sole.soleReason = "同事休假";
        QVERIFY(sole.check());
        QCOMPARE(*Manifest::parse(sole.encode()), sole);
        for (const auto &change : std::vector<std::function<void(Manifest &)>>{
                 [](Manifest &m) { m.recipients.push_back("李四"); }, // a key is missing, and it is not one alone
                 [](Manifest &m) { m.recipientKeys.push_back(Bytes(20, 8)); }, [](Manifest &m) { m.recipientKeys[0].clear(); },
                 [](Manifest &m) { m.recipientKeys[0].resize(65); }, [](Manifest &m) { m.soleReason = "a\nb"; },
                 [](Manifest &m) { m.soleReason = std::string(201, 'a'); },
                 [](Manifest &m) { m.recipients = {"张三", "李四"}, m.recipientKeys.clear(); }}) {
            Manifest changed = sole;
            change(changed);
            QVERIFY(!changed.check());
            QVERIFY(!Manifest::parse(changed.encode()));
        }
        for (const Act act : {Act::seal, Act::decrypt}) {
            Manifest other = manifestOf(act);
            other.soleReason = "x";
            QVERIFY(!other.check());
            other.soleReason.clear();
            other.recipientKeys = {Bytes(20, 7)};
            QVERIFY(!other.check());
        }
    }

    void envelope_isNamedByADecryptionAlone()
    {
        Manifest decrypt = manifestOf(Act::decrypt);
        decrypt.files[0].envelope.emplace().fill(3);
        QVERIFY(decrypt.check());
        QCOMPARE(*Manifest::parse(decrypt.encode()), decrypt);
        Manifest seal = manifestOf(Act::seal);
        seal.files[0].envelope = decrypt.files[0].envelope;
        QVERIFY(!seal.check());
    }

    void seals_areNamedByASealAlone_withTheirPlaces()
    {
        Manifest seal = manifestOf(Act::seal); // of 12 pages
        seal.files[0].seals = {{{1}, SealKind::company, "某某建设有限公司", "投标文件", "1-2,7", "1-12"},
                               {{2}, SealKind::legalPerson, "李建国", "投标文件", "12", ""}};
        QVERIFY(seal.check());
        QCOMPARE(*Manifest::parse(seal.encode()), seal); // as older desks have it
        seal.files[0].seals[0].style = 1;
        seal.files[0].seals[0].number = "1101080000001";
        seal.files[0].seals[1].style = 3;
        QVERIFY(seal.check());
        QCOMPARE(*Manifest::parse(seal.encode()), seal);
        const std::string text = textOf(seal.encode());
        QVERIFY(text.find(R"("number":"1101080000001")") != std::string::npos && text.find(R"("style":3)") != std::string::npos);
        for (const auto &change : std::vector<std::function<void(SealUse &)>>{
                 [](SealUse &s) { s.grant = {2}; }, [](SealUse &s) { s.name.clear(); }, [](SealUse &s) { s.name = "a\nb"; },
                 [](SealUse &s) { s.purpose.clear(); }, [](SealUse &s) { s.pages.clear(), s.riding.clear(); }, [](SealUse &s) { s.pages = "13"; },
                 [](SealUse &s) { s.riding = "1-13"; }, [](SealUse &s) { s.pages = "2,1"; }, [](SealUse &s) { s.pages = "page 1"; },
                 [](SealUse &s) { s.style = 2; }, [](SealUse &s) { s.style = 0; }, [](SealUse &s) { s.number = "11a"; }, [](SealUse &s) { s.number = std::string(21, '1'); },
                 [](SealUse &s) { s.kind = SealKind::legalPerson, s.style = 4; }}) {
            Manifest changed = seal;
            change(changed.files[0].seals[0]);
            QVERIFY(!changed.check());
            QVERIFY(!Manifest::parse(changed.encode()));
        }
        Manifest many = seal;
        many.files[0].seals.resize(9, many.files[0].seals[0]);
        for (std::size_t i = 0; i < many.files[0].seals.size(); ++i)
            many.files[0].seals[i].grant = {static_cast<std::uint8_t>(i + 1)};
        QVERIFY(!many.check());
        Manifest sign = manifestOf(Act::sign);
        sign.files[0].seals = seal.files[0].seals;
        QVERIFY(!sign.check());
    }

    void electronicSignature_isOfOneSealThatIsNamed()
    {
        Manifest good = manifestOf(Act::seal);
        good.form = Form::ses;
        good.files[0].seals = {{{1}, SealKind::company, "某某建设有限公司", "投标文件", "12", "1-12", ByteArray<32>{7}}};
        QVERIFY(good.check());
        QCOMPARE(*Manifest::parse(good.encode()), good);
        for (const auto &change : std::vector<std::function<void(Manifest &)>>{
                 [](Manifest &m) { m.files[0].seals.clear(); }, [](Manifest &m) { m.files[0].seals[0].electronic.reset(); },
                 [](Manifest &m) { m.form = Form::cms; },
                 [](Manifest &m) { m.files[0].seals.push_back({{2}, SealKind::legalPerson, "李建国", "投标文件", "12", "", ByteArray<32>{8}}); },
                 [](Manifest &m) { m.files.push_back({"b.pdf", 1, {}, 0}); }}) {
            Manifest changed = good;
            change(changed);
            QVERIFY(!changed.check());
            QVERIFY(!Manifest::parse(changed.encode()));
        }
        for (const Act act : {Act::sign, Act::encrypt}) {
            Manifest other = manifestOf(act);
            other.form = Form::ses;
            QVERIFY(!other.check());
        }
    }

    void pageList_isAscending_andWithinTheDocument()
    {
        for (const char *good : {"1", "12", "1-2", "1,2", "1-2,4-5,12"})
            QVERIFY2(isPageList(good, 12), good);
        QVERIFY(isPageList("999999999", 0));
        for (const char *bad : {"", "0", "01", "1-", "-1", "1,", ",1", "2-2", "2-1", "1,1", "1-3,3", "13", "1-13", "1 ", "+1", "1.5", "1000000000", "4294967297", "1--2"})
            QVERIFY2(!isPageList(bad, 12), bad);
        QVERIFY(!isPageList(std::string("1") + std::string(100, ','), 0));
    }

    void items_areOneForEachFileOrAct()
    {
        Manifest manifest = manifestOf(Act::seal);
        manifest.files.resize(5, manifest.files[0]);
        QCOMPARE(itemsOf(manifest), std::size_t{5});
        manifest = manifestOf(Act::encrypt);
        manifest.files.resize(3, manifest.files[0]);
        QCOMPARE(itemsOf(manifest), std::size_t{3});
        QCOMPARE(itemsOf(manifestOf(Act::pinChange)), std::size_t{0});
        QCOMPARE(opOf(Act::probe), Op::decrypt);
        QCOMPARE(opOf(Act::pinChange), Op::pinChange);
        QCOMPARE(userTimeMs(Act::login), limits::kLoginTimeMs);
    }
};

QTEST_GUILESS_MAIN(TestManifest)
#include "test_manifest.moc"
