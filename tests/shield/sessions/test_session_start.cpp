// How sessions begin: drafts, idempotency, the bytes that belong to them, frames of a page.
#include "shield/sessions/session_row.h"
#include "tests/shield/sessions/bench.h"

using namespace hufu;
using namespace hufu::tests;

class TestSessionStart : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // From where a desk asks is the server's to say: a draft is what the one wrote who wants to be believed.
    void desk_draftThatNamesItsNetwork_getsTheServers()
    {
        SessionBench bench;
        bench.enrolDesk(bench.alice);
        const auto draft = text(R"({"act":"login","network":"bid room 3"})");
        const auto network = [](const sessions::Started &started) { return Manifest::parse(started.manifest)->network; };
        QCOMPARE(network(*bench.sessions.startFromDesk(bench.deskId, draft, "one")), std::string("192.0.2.7"));
        QCOMPARE(network(*bench.sessions.startFromDesk(bench.deskId, draft, "two", {}, std::nullopt, "198.51.100.9")), std::string("198.51.100.9"));
    }
    void desk_starts_getsTheServersManifest()
    {
        SessionBench bench;
        bench.enrolDesk(bench.alice);
        const auto started = bench.start(SessionBench::kLogin);
        const auto manifest = Manifest::parse(started.manifest);
        QVERIFY(manifest);
        QCOMPARE(manifest->created, bench.now());
        QCOMPARE(manifest->flow, intent::Flow::desk);
        QVERIFY(manifest->desk->id == bench.deskId);
        QCOMPARE(manifest->desk->name, std::string("财务电脑"));
        QVERIFY(manifest->desk->known);
        QCOMPARE(manifest->network, std::string("192.0.2.7"));
        QCOMPARE(started.startedMs, bench.now());
        QCOMPARE(started.expiresMs, bench.now() + 60'000);
        QVERIFY(started.ready);
        QCOMPARE(bench.view(started.token).state, State::waiting);
    }

    // A desk that could name a platform could have a person approve in that platform's name.
    void desk_namingAPlatform_isShownAsADesk()
    {
        SessionBench bench;
        bench.enrolDesk(bench.alice);
        QVERIFY(bench.sessions.registerRelyingParty("bid.example", "招标平台"));
        for (const char *draft : {R"({"act":"login"})", R"({"act":"login","platform":{"id":"bid.example","name":"招标平台"}})",
                                  R"({"act":"login","platform":{"id":"bank","name":"Bank"}})"}) {
            const auto manifest = Manifest::parse(bench.start(draft).manifest);
            QCOMPARE(manifest->platform.id, std::string("hufu-desk"));
            QCOMPARE(manifest->platform.name, std::string("虎符电脑端 Hufu Desk"));
        }
    }

    void desk_underAPartysName_cannotBeEnrolled()
    {
        SessionBench bench;
        QVERIFY(bench.sessions.registerRelyingParty("bid.example", "Bid Platform"));
        const auto before = bench.ledger.rows;
        for (const char *name : {"Bid Platform", "bid  PLATFORM", "bid.example", "Bid-Example"}) {
            const auto started = bench.sessions.startEnrolment(name, bench.deskKey.publicKey(), "");
            QVERIFY2(!started, name);
            QCOMPARE(started.error().code, Errc::refused);
        }
        QVERIFY(bench.ledger.rows == before);
        QVERIFY(bench.sessions.startEnrolment("Bid room 2", bench.deskKey.publicKey(), ""));
    }

    void desk_notEnrolled_isNotFound()
    {
        SessionBench bench;
        QCOMPARE(bench.sessions.startFromDesk(bench.deskId, text(SessionBench::kLogin), "k").error().code, Errc::notFound);
        QVERIFY(bench.ledger.rows.empty());
    }

    void draft_thatIsNone_isRefusedAndNothingIsStored_data()
    {
        QTest::addColumn<QByteArray>("draft");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("not JSON") << QByteArray("{");
        QTest::newRow("array") << QByteArray("[]");
        QTest::newRow("no act") << QByteArray("{}");
        QTest::newRow("other act") << QByteArray(R"({"act":"steal"})");
        QTest::newRow("own nonce") << QByteArray(R"({"act":"login","nonce":"00000000000000000000000000000000"})");
        QTest::newRow("own desk") << QByteArray(R"({"act":"login","desk":{"id":"00","name":"x","known":true}})");
        QTest::newRow("act of the phone") << QByteArray(R"({"act":"rehearseSign"})");
        QTest::newRow("sign without files") << QByteArray(R"({"act":"sign","form":"cms"})");
        QTest::newRow("control character") << QByteArray("{\"act\":\"login\",\"network\":\"a\\u0007b\"}");
        QTest::newRow("right to left") << QByteArray("{\"act\":\"login\",\"network\":\"a\\u202eb\"}");
        QTest::newRow("too long") << QByteArray(R"({"act":"login","network":")") + QByteArray(40'000, 'a') + "\"}";
        QTest::newRow("65 files") << QByteArray::fromStdString(SessionBench::signDraft(65));
        QTest::newRow("random") << QByteArray("\x01\xff\x80\x00\x7f", 5);
    }
    void draft_thatIsNone_isRefusedAndNothingIsStored()
    {
        QFETCH(QByteArray, draft);
        SessionBench bench;
        bench.enrolDesk(bench.alice);
        const auto before = bench.ledger.rows;
        const auto started = bench.sessions.startFromDesk(bench.deskId, text(draft.toStdString()), "k");
        QVERIFY(!started);
        QCOMPARE(started.error().code, Errc::badInput);
        QVERIFY(bench.ledger.rows == before);
    }

    void idempotencyKey_outOfBounds_isRefused()
    {
        SessionBench bench;
        bench.enrolDesk(bench.alice);
        for (const std::size_t length : {0u, 129u})
            QCOMPARE(bench.sessions.startFromDesk(bench.deskId, text(SessionBench::kLogin), std::string(length, 'k')).error().code,
                     Errc::badInput);
    }

    void start_again_givesTheSameSessionForAMinute()
    {
        SessionBench bench;
        bench.enrolDesk(bench.alice);
        const auto first = bench.start(SessionBench::kLogin, "same");
        bench.clock.advance(60'000);
        const auto second = bench.start(SessionBench::kLogin, "same");
        QVERIFY(second.token == first.token);
        QVERIFY(second.manifest == first.manifest);
        QVERIFY(sameBytes(second.frameSecret.expose(), first.frameSecret.expose()));
        QCOMPARE(second.startedMs, first.startedMs);
        bench.clock.advance(1);
        QVERIFY(bench.start(SessionBench::kLogin, "same").token != first.token);
        QVERIFY(bench.start(SessionBench::kLogin, "other").token != first.token);
    }

    void start_againWithAnotherDraft_isRefused()
    {
        SessionBench bench;
        bench.enrolDesk(bench.alice);
        bench.start(SessionBench::kLogin, "same");
        const auto before = bench.ledger.rows;
        QCOMPARE(bench.sessions.startFromDesk(bench.deskId, text(SessionBench::signDraft()), "same").error().code, Errc::badState);
        QVERIFY(bench.ledger.rows == before);
    }

    void start_sameKeyOfAnotherAsker_isAnotherSession()
    {
        SessionBench bench;
        bench.enrolDesk(bench.alice);
        const auto one = bench.start(SessionBench::kLogin, "same");
        const auto other = bench.sessions.startFromPage(bench.party, text(R"({"act":"login"})"), "same");
        QVERIFY(other && other->token != one.token);
    }

    void page_asksForALoginOnly_asItself()
    {
        SessionBench bench;
        const auto started =
            bench.sessions.startFromPage(bench.party, text(R"({"act":"login","platform":{"id":"bank","name":"Bank"}})"), "k");
        QVERIFY(started);
        const auto manifest = Manifest::parse(started->manifest);
        QCOMPARE(manifest->platform.id, std::string("bid.example"));
        QCOMPARE(manifest->flow, intent::Flow::page);
        QVERIFY(!bench.sessions.startFromPage(bench.party, text(SessionBench::signDraft()), "k2"));
    }

    void page_frame_isOfThisSecond()
    {
        SessionBench bench;
        const auto started = bench.sessions.startFromPage(bench.party, text(R"({"act":"login"})"), "k");
        const Origin asker = bench.party.origin();
        bench.clock.advance(7'999);
        const auto frame = intent::Frame::fromText(*bench.sessions.pageFrame(asker, started->token));
        QVERIFY(frame);
        QCOMPARE(frame->kind, intent::FrameKind::page);
        QCOMPARE(frame->second, 7u);
        QCOMPARE(bench.sessions.pageFrame(bench.desk, started->token).error().code, Errc::notFound);
        QCOMPARE(bench.sessions.pageFrame(asker, {1}).error().code, Errc::notFound);
        bench.clock.advance(60'000);
        QCOMPARE(bench.sessions.pageFrame(asker, started->token).error().code, Errc::expired);
    }

    void page_frameAfterTheClaim_isNoLongerMade()
    {
        SessionBench bench;
        const auto started = bench.sessions.startFromPage(bench.party, text(R"({"act":"login"})"), "k");
        const auto frame = intent::Frame::fromText(*bench.sessions.pageFrame(bench.party.origin(), started->token));
        QVERIFY(bench.sessions.claim(frame->encode(), bench.alice, bench.now()));
        QCOMPARE(bench.sessions.pageFrame(bench.party.origin(), started->token).error().code, Errc::badState);
    }

    void enrolment_ofNoProperDesk_isRefused()
    {
        SessionBench bench;
        for (const char *name : {"", "a\nb", "a\xe2\x80\xae" "b", "\xff"})
            QCOMPARE(bench.sessions.startEnrolment(name, bench.deskKey.publicKey(), "").error().code, Errc::badInput);
        QVERIFY(!bench.sessions.startEnrolment(std::string(1000, 'a'), bench.deskKey.publicKey(), ""));
        QVERIFY(bench.ledger.rows.empty());
    }

    void tbs_ofABareSignature_makesTheSessionReady()
    {
        SessionBench bench;
        bench.enrolDesk(bench.alice);
        const auto started = bench.start(SessionBench::bareDraft(2));
        QVERIFY(!started.ready);
        QCOMPARE(started.tbsWanted, std::size_t(2));
        QCOMPARE(bench.view(started.token).state, State::preparing);
        const std::string zero = SessionBench::content(0), one = SessionBench::content(1);
        QVERIFY(bench.sessions.attachTbs(bench.desk, started.token, 1, viewOf(one)));
        QVERIFY(bench.sessions.attachTbs(bench.desk, started.token, 1, viewOf(one)));
        QCOMPARE(bench.view(started.token).state, State::preparing);
        QVERIFY(bench.sessions.attachTbs(bench.desk, started.token, 0, viewOf(zero)));
        QCOMPARE(bench.view(started.token).state, State::waiting);
    }

    void tbs_thatDoesNotBelong_isRefused()
    {
        SessionBench bench;
        bench.enrolDesk(bench.alice);
        const auto started = bench.start(SessionBench::bareDraft(1));
        const auto cms = bench.start(SessionBench::signDraft(1));
        const std::string zero = SessionBench::content(0);
        const auto before = bench.ledger.rows;
        const auto code = [&](const Origin &asker, const Token &token, std::size_t index, std::string_view bytes) {
            return bench.sessions.attachTbs(asker, token, index, viewOf(bytes)).error().code;
        };
        QCOMPARE(code(bench.desk, started.token, 0, "other"), Errc::tampered);
        QCOMPARE(code(bench.desk, started.token, 0, ""), Errc::tampered);
        QCOMPARE(code(bench.desk, started.token, 1, zero), Errc::badState);
        QCOMPARE(code(bench.desk, started.token, 64, zero), Errc::badState);
        QCOMPARE(code(bench.desk, cms.token, 0, zero), Errc::badState);
        QCOMPARE(code({OriginKind::desk, {9}}, started.token, 0, zero), Errc::notFound);
        QCOMPARE(code(bench.desk, {9}, 0, zero), Errc::notFound);
        bench.clock.advance(60'001);
        QCOMPARE(code(bench.desk, started.token, 0, zero), Errc::expired);
        QVERIFY(bench.ledger.rows == before);
    }

    void phone_ownAct_isClaimedFromTheStart()
    {
        SessionBench bench;
        Manifest manifest;
        manifest.act = Act::rehearseSign;
        manifest.flow = intent::Flow::phone;
        manifest.created = bench.now();
        manifest.platform = {"hufu", "Hufu"};
        const auto claim = bench.sessions.startFromPhone(bench.alice, manifest, {});
        QVERIFY(claim);
        QCOMPARE(int(claim->factors), int(wire::factor::kPin));
        QCOMPARE(claim->expiryMs, bench.now() + 180'000);
        const auto approvable = bench.sessions.approvable(claim->token, bench.alice.acct);
        QVERIFY(approvable);
        QCOMPARE(approvable->tbs.size(), std::size_t(1));
        manifest.flow = intent::Flow::desk;
        QVERIFY(!bench.sessions.startFromPhone(bench.alice, manifest, {}));
    }

    void phone_probe_bringsItsCiphertext()
    {
        SessionBench bench;
        const Bytes ciphertext = text("ciphertext");
        Manifest manifest;
        manifest.act = Act::probe;
        manifest.flow = intent::Flow::phone;
        manifest.created = bench.now();
        manifest.platform = {"hufu", "Hufu"};
        manifest.files = {{"probe", ciphertext.size(), crypto::sm3(ciphertext), 0}};
        QCOMPARE(bench.sessions.startFromPhone(bench.alice, manifest, {}).error().code, Errc::badInput);
        QCOMPARE(bench.sessions.startFromPhone(bench.alice, manifest, {text("other bytes")}).error().code, Errc::tampered);
        QVERIFY(bench.ledger.rows.empty());
        const auto claim = bench.sessions.startFromPhone(bench.alice, manifest, {ciphertext});
        QVERIFY(claim);
        QVERIFY(bench.sessions.approvable(claim->token, bench.alice.acct)->tbs == std::vector<Bytes>{ciphertext});
    }

    void ledger_down_isUnavailable()
    {
        SessionBench bench;
        bench.enrolDesk(bench.alice);
        bench.ledger.down = true;
        QCOMPARE(bench.sessions.startFromDesk(bench.deskId, text(SessionBench::kLogin), "k").error().code, Errc::unavailable);
        bench.ledger.down = false;
        bench.masterKey.down = true;
        const auto before = bench.ledger.rows;
        QCOMPARE(bench.sessions.startFromDesk(bench.deskId, text(SessionBench::kLogin), "k").error().code, Errc::unavailable);
        QVERIFY(bench.ledger.rows == before);
    }

    void row_encoded_parsesToTheSame()
    {
        SessionRow row;
        row.manifest = text("manifest");
        row.digits = "0815";
        row.signatures = {{3, {1}}, {4, {2}}};
        row.opened = {5, 6};
        row.state = State::claimed;
        const auto bytes = row.encode();
        const auto parsed = SessionRow::parse(bytes.expose());
        QVERIFY(parsed);
        QVERIFY(sameBytes(parsed->encode().expose(), bytes.expose()));
        QVERIFY(parsed->signatures == row.signatures);
        for (std::size_t length = 0; length < bytes.size(); ++length)
            QVERIFY(!SessionRow::parse(bytes.expose().first(length)));
    }

    void database_alone_showsNoSecretOfASession()
    {
        SessionBench bench;
        bench.enrolDesk(bench.alice);
        const auto started = bench.start(SessionBench::bareDraft(1));
        const std::string zero = SessionBench::content(0);
        QVERIFY(bench.sessions.attachTbs(bench.desk, started.token, 0, viewOf(zero)));
        const Bytes secret = bytesOf(started.frameSecret.expose()), file = bytesOf(viewOf(zero)), name = text("财务电脑");
        for (const auto &[at, value] : bench.ledger.rows)
            for (const Bytes *hidden : {&secret, &file, &name})
                QVERIFY(std::search(value.begin(), value.end(), hidden->begin(), hidden->end()) == value.end());
    }
};

QTEST_GUILESS_MAIN(TestSessionStart)
#include "test_session_start.moc"
