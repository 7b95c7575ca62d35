// The bid envelope: against the vectors of a second implementation, and against everything that is not one.
#include "tests/shield/documents/envelopes.h"

#include "shield/base/limits.h"

#include <QTest>

using namespace hufu;
using namespace hufu::documents;
using namespace hufu::tests;
using nlohmann::json;

class TestEnvelope : public QObject {
    Q_OBJECT
    static constexpr std::int64_t kLatestMs = 253'402'300'800'000; // the year 10000
    Pki m_pki;
    ports::SystemRandom m_random;

    EnvelopeDraft draft(std::uint64_t size = 5) const
    {
        EnvelopeDraft out;
        out.createdMs = m_pki.nowMs;
        out.contentSize = size;
        out.fileName = "投标文件.pdf";
        out.project = EnvelopeProject{"P-1", "道路工程", {}, m_pki.nowMs + kDayMs};
        out.sender = m_pki.sign;
        out.recipients = {m_pki.encrypt};
        return out;
    }
    NewEnvelope make(const EnvelopeDraft &from) { return sure(EnvelopeHeader::make(from, m_random)); }

    WholeKey keyOf(const json &recipient) const
    {
        WholeKey key;
        key.d = sure(crypto::Scalar::parse(hexIn(recipient, "d")));
        key.point = crypto::mulBase(key.d);
        return key;
    }
    static EnvelopeKey unwrapped(const EnvelopeRecipient &recipient, const WholeKey &key)
    {
        auto plain = sure(crypto::sm2Decrypt(key.d, sure(x509::parseSm2Cipher(recipient.wrappedKey))));
        return EnvelopeKey::adopt(plain.fill().first<kEnvelopeKeyBytes>());
    }

private Q_SLOTS:
    void vector_eachMadeAnew_isTheSameToTheByte()
    {
        for (const json &vector : envelopeVectors()) {
            RecordedRandom random;
            random.expect("envelope-id", hexIn(vector, "id"));
            random.expect("envelope-key", hexIn(vector, "key"));
            EnvelopeDraft from;
            from.createdMs = vector.at("created");
            from.contentSize = vector.at("size");
            from.fileName = vector.at("fileName");
            for (const json &recipient : vector.at("recipients")) {
                random.expect("sm2-k", concat({Bytes(32), hexIn(recipient, "k")}));
                x509::Subject subject = kPerson;
                subject.commonName = recipient.at("name");
                from.recipients.push_back(m_pki.issue(authority::Profile::encrypt, keyOf(recipient), subject,
                                                      &m_pki.issuing, m_pki.issuingKey));
            }
            if (vector.contains("project")) {
                const json &project = vector.at("project");
                from.project =
                    EnvelopeProject{project.at("id"), project.at("name"), project.at("package"), std::nullopt};
                if (project.at("opening") != 0) from.project->openingMs = project.at("opening");
            }
            const auto made = sure(EnvelopeHeader::make(from, random));
            QCOMPARE(random.unexpected, 0);
            QCOMPARE(toHex(made.header.start()), vector.at("start").get<std::string>());
            const Bytes chunks = sealChunks(made.header, made.key, patternOf(from.contentSize));
            if (vector.contains("chunks")) QCOMPARE(toHex(chunks), vector.at("chunks").get<std::string>());
            QCOMPARE(toHex(treeOf(chunks)), vector.at("root").get<std::string>());
            QCOMPARE(toHex(sure(envelopeStatement(made.header, treeOf(chunks)))),
                     vector.at("statement").get<std::string>());
            QCOMPARE(toHex(crypto::sm3({made.header.start(), chunks, Bytes(4)})),
                     vector.at("sm3").get<std::string>());
        }
    }

    void vector_eachRecipient_opensIt()
    {
        int opened = 0;
        for (const json &vector : envelopeVectors()) {
            if (!vector.contains("chunks")) continue;
            const Bytes start = hexIn(vector, "start");
            QCOMPARE(sure(envelopeHeaderLength(ByteView(start).first(12))), start.size() - 12);
            const auto header = sure(EnvelopeHeader::parse(ByteView(start).subspan(12)));
            for (const json &recipient : vector.at("recipients")) {
                const WholeKey key = keyOf(recipient);
                const EnvelopeRecipient *own = header.recipient(sure(x509::keyIdOf(key.point)));
                QVERIFY(own != nullptr);
                const auto content = openChunks(header, unwrapped(*own, key), hexIn(vector, "chunks"));
                QVERIFY(content);
                QCOMPARE(*content, patternOf(vector.at("size")));
                ++opened;
            }
        }
        QVERIFY(opened >= 6);
    }

    void header_roundTrip_keepsEverything()
    {
        const auto made = make(draft());
        const auto read = sure(EnvelopeHeader::parse(made.header.der()));
        QVERIFY(read.body() == made.header.body());
        QCOMPARE(read.body().fileName, std::string("投标文件.pdf"));
        QVERIFY(read.body().project == draft().project);
        QVERIFY(read.body().senderSm3 == crypto::sm3(m_pki.sign.der()));
        QCOMPARE(read.body().recipients.at(0).name, kPerson.commonName);
        QCOMPARE(read.body().recipients.at(0).keyId, m_pki.encrypt.subjectKeyId());
        QVERIFY(read.recipient(m_pki.sign.subjectKeyId()) == nullptr);
        QVERIFY(read.chunkKey(made.key));
    }

    void header_twoOfOneDraft_shareNoKey()
    {
        const auto a = make(draft());
        const auto b = make(draft());
        QVERIFY(a.header.body().id != b.header.body().id);
        QCOMPARE(b.header.chunkKey(a.key).error().code, Errc::tampered);
    }

    void header_truncatedOrTrailing_isRefused()
    {
        const Bytes der = make(draft()).header.der();
        for (std::size_t length = 0; length < der.size(); ++length)
            QCOMPARE(EnvelopeHeader::parse(ByteView(der).first(length)).error().code, Errc::badInput);
        QCOMPARE(EnvelopeHeader::parse(concat({der, Bytes{0}})).error().code, Errc::badInput);
    }

    void header_anyBitChanged_isRefusedOrGivesNoKey()
    {
        const auto made = make(draft());
        int parsed = 0;
        for (std::size_t i = 0; i < made.header.der().size() * 8; ++i) {
            Bytes changed = made.header.der();
            changed[i / 8] ^= static_cast<std::uint8_t>(1 << i % 8);
            const auto header = EnvelopeHeader::parse(changed);
            if (!header) continue;
            ++parsed;
            QCOMPARE(header->chunkKey(made.key).error().code, Errc::tampered);
        }
        QVERIFY(parsed > 100); // names and numbers may be changed and still be a header
    }

    void header_randomOrHuge_isRefused()
    {
        for (int i = 0; i < 2000; ++i) {
            Bytes bytes(static_cast<std::size_t>(i));
            m_random.fill(bytes, "noise");
            QVERIFY(!EnvelopeHeader::parse(bytes));
            if (!bytes.empty()) bytes[0] = 0x30;
            QVERIFY(!EnvelopeHeader::parse(bytes));
        }
        QCOMPARE(EnvelopeHeader::parse(Bytes(kEnvelopeHeaderMax + 1, 0x30)).error().code, Errc::badInput);
    }

    void header_key_anotherIsTampered()
    {
        const auto made = make(draft());
        for (std::size_t i = 0; i < kEnvelopeKeyBytes; ++i) {
            EnvelopeKey other = made.key.duplicate();
            other.fill()[i] ^= 1;
            QCOMPARE(made.header.chunkKey(other).error().code, Errc::tampered);
        }
    }

    void make_whatAReaderWouldRefuse_isNotMade_data()
    {
        QTest::addColumn<int>("fault");
        int fault = 0;
        for (const char *name :
             {"nobody", "a sign certificate", "one twice", "too many", "too large", "no file name",
              "a control character", "a long name", "a zero in the project", "made after the year 10000", "opened after the year 10000", "before 1970"})
            QTest::newRow(name) << fault++;
    }
    void make_whatAReaderWouldRefuse_isNotMade()
    {
        QFETCH(int, fault);
        EnvelopeDraft from = draft();
        QVERIFY(EnvelopeHeader::make(from, m_random));
        switch (fault) {
        case 0:
            from.recipients.clear();
            break;
        case 1:
            from.recipients = {m_pki.sign};
            break;
        case 2:
            from.recipients = {m_pki.encrypt, m_pki.encrypt};
            break;
        case 3:
            from.recipients = std::vector(limits::kRecipientsMax + 1, m_pki.encrypt);
            break;
        case 4:
            from.contentSize = limits::kEnvelopeContentMax + 1;
            break;
        case 5:
            from.fileName.clear();
            break;
        case 6:
            from.fileName = "a\nb";
            break;
        case 7:
            from.fileName = std::string(1025, 'a');
            break;
        case 8:
            from.project->name.push_back('\0');
            break;
        case 9:
            from.createdMs = kLatestMs + 1;
            break;
        case 10:
            from.project->openingMs = kLatestMs + 1;
            break;
        default:
            from.createdMs = -1;
        }
        const auto made = EnvelopeHeader::make(from, m_random);
        QVERIFY(!made);
        QCOMPARE(made.error().code, Errc::badInput);
    }

    void make_latestTimes_fit()
    {
        EnvelopeDraft from = draft();
        from.createdMs = kLatestMs;
        from.project->openingMs = kLatestMs;
        QCOMPARE(make(from).header.body().createdMs, kLatestMs);
    }

    // A UTF8String is UTF-8: what another reader would refuse, or read as something else, is no envelope.
    void text_thatIsNotUtf8_isRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("no beginning of a character") << QByteArray("\xff\xfe");
        QTest::newRow("the middle of one") << QByteArray("a\x80");
        QTest::newRow("half of one") << QByteArray("a\xe6\x8a");
        QTest::newRow("longer than it has to be") << QByteArray("\xc0\xaf");
        QTest::newRow("half of a pair") << QByteArray("\xed\xa0\x80");
        QTest::newRow("beyond Unicode") << QByteArray("\xf4\x90\x80\x80");
        QTest::newRow("five bytes") << QByteArray("\xf8\x88\x80\x80\x80");
        QTest::newRow("a control character of two bytes") << QByteArray("\xc2\x9b");
    }
    void text_thatIsNotUtf8_isRefused()
    {
        QFETCH(QByteArray, bytes);
        const std::string text = "a" + bytes.toStdString();
        EnvelopeDraft name = draft(), project = draft(), package = draft();
        name.fileName = text;
        project.project->name = text;
        package.project->package = text;
        for (const EnvelopeDraft &each : {name, project, package}) {
            const auto made = EnvelopeHeader::make(each, m_random);
            QVERIFY(!made && made.error().code == Errc::badInput);
        }
        // As somebody else may have written it: a good header, and other bytes for those of the name.
        EnvelopeDraft good = draft();
        good.fileName = std::string(text.size(), 'x');
        Bytes der = make(good).header.der();
        QVERIFY(EnvelopeHeader::parse(der));
        const auto at = std::search(der.begin(), der.end(), good.fileName.begin(), good.fileName.end());
        QVERIFY(at != der.end());
        std::copy(text.begin(), text.end(), at);
        QVERIFY(!EnvelopeHeader::parse(der));
    }
    void text_ofAnyPlane_isTaken()
    {
        EnvelopeDraft from = draft();
        from.fileName = "\xf0\xa0\x80\x80\xc2\xa0\xef\xbf\xbd.pdf";
        QCOMPARE(make(from).header.body().fileName, from.fileName);
    }

    void make_mostRecipients_fit()
    {
        EnvelopeDraft from = draft();
        from.recipients.clear();
        std::vector<WholeKey> keys(limits::kRecipientsMax);
        for (const WholeKey &key : keys)
            from.recipients.push_back(
                m_pki.issue(authority::Profile::encrypt, key, kPerson, &m_pki.issuing, m_pki.issuingKey));
        const auto made = make(from);
        for (const WholeKey &key : {keys.front(), keys.back()}) {
            const EnvelopeRecipient *own = made.header.recipient(sure(x509::keyIdOf(key.point)));
            QVERIFY(own != nullptr);
            QVERIFY(made.header.chunkKey(unwrapped(*own, key)));
        }
    }

    void start_other_isRefused()
    {
        const Bytes start = make(draft()).header.start();
        for (std::size_t length = 0; length < 20; ++length)
            QCOMPARE(bool(envelopeHeaderLength(ByteView(start).first(length))), length == kEnvelopeStartBytes);
        for (std::size_t i = 0; i < 10; ++i) { // the magic, and a length beyond all limits
            Bytes changed = bytesOf(ByteView(start).first(12));
            changed[i] ^= 0x80;
            QCOMPARE(envelopeHeaderLength(changed).error().code, Errc::badInput);
        }
    }

    void statement_anyPart_changesIt()
    {
        const auto made = make(draft());
        const auto statement = sure(envelopeStatement(made.header, {}));
        QVERIFY(statement != sure(envelopeStatement(made.header, {1})));
        QVERIFY(statement != sure(envelopeStatement(make(draft()).header, {})));
    }

    void chunks_layout_coversTheContent_data()
    {
        QTest::addColumn<quint64>("size");
        QTest::addColumn<quint64>("count");
        QTest::newRow("nothing") << quint64{0} << quint64{1};
        QTest::newRow("a byte") << quint64{1} << quint64{1};
        QTest::newRow("whole") << quint64{kChunkBytes} << quint64{1};
        QTest::newRow("one more") << quint64{kChunkBytes + 1} << quint64{2};
        QTest::newRow("most") << quint64{limits::kEnvelopeContentMax} << quint64{65'536};
    }
    void chunks_layout_coversTheContent()
    {
        QFETCH(quint64, size);
        QFETCH(quint64, count);
        const ChunkLayout layout(size, 100);
        QCOMPARE(layout.count(), count);
        std::uint64_t plain = 0, sealed = 100;
        for (std::uint64_t i = 0; i < count; ++i) {
            QCOMPARE(layout.plain(i).offset, plain);
            QCOMPARE(layout.sealed(i).offset, sealed);
            plain += layout.plain(i).size;
            sealed += layout.sealed(i).size;
            QCOMPARE(layout.isLast(i), i + 1 == count);
        }
        QCOMPARE(plain, size);
        QCOMPARE(sealed, layout.end());
    }

    void chunk_ofAnotherPlace_isTamperedAndWiped()
    {
        ChunkCipher cipher{crypto::Sm4Key()};
        Bytes room = concat({patternOf(1000), Bytes(kChunkTagBytes)});
        cipher.seal(3, false, room);
        const auto refused = [&](std::uint64_t index, bool last, Bytes bytes) {
            const auto opened = cipher.open(index, last, bytes);
            return !opened && opened.error().code == Errc::tampered &&
                   std::ranges::all_of(
                       ByteView(bytes).first(bytes.size() - std::min<std::size_t>(bytes.size(), 16)),
                       [](std::uint8_t byte) { return byte == 0; });
        };
        QVERIFY(refused(2, false, room)); // reordered
        QVERIFY(refused(4, false, room));
        QVERIFY(refused(3, true, room)); // a piece of the content passed off as all of it
        for (std::size_t length = 0; length < room.size(); ++length)
            QVERIFY(refused(3, false, bytesOf(ByteView(room).first(length))));
        QVERIFY(refused(3, false, concat({room, Bytes{0}})));
        QVERIFY(refused(3, false, Bytes(kSealedChunkBytes + 1)));
        const auto opened = cipher.open(3, false, room);
        QVERIFY(opened);
        QVERIFY(sameBytes(*opened, patternOf(1000)));
    }

    void chunks_mixedTruncatedOrReordered_areTampered()
    {
        const Bytes content = patternOf(3 * kChunkBytes);
        const auto a = make(draft(content.size()));
        const auto b = make(draft(content.size()));
        const Bytes ofA = sealChunks(a.header, a.key, content);
        const Bytes ofB = sealChunks(b.header, b.key, content);
        QCOMPARE(*openChunks(a.header, a.key, ofA), content);
        const auto chunk = [](const Bytes &of, std::size_t i) {
            return ByteView(of).subspan(i * kSealedChunkBytes, kSealedChunkBytes);
        };
        const auto codeOf = [&](std::initializer_list<ByteView> parts) {
            return openChunks(a.header, a.key, concat(parts)).error().code;
        };
        QCOMPARE(codeOf({chunk(ofA, 1), chunk(ofA, 0), chunk(ofA, 2)}), Errc::tampered);
        QCOMPARE(codeOf({chunk(ofA, 0), chunk(ofA, 2), chunk(ofA, 1)}), Errc::tampered);
        QCOMPARE(codeOf({chunk(ofA, 0), chunk(ofA, 0), chunk(ofA, 2)}), Errc::tampered);
        QCOMPARE(codeOf({chunk(ofA, 0), chunk(ofB, 1), chunk(ofA, 2)}), Errc::tampered);
        QCOMPARE(codeOf({chunk(ofB, 0), chunk(ofB, 1), chunk(ofB, 2)}), Errc::tampered);
    }

    // The tree of RFC 6962 over the pieces, written out without chunks.
    void tree_byChunks_isTheTreeOfAllPieces()
    {
        const auto plain = [](auto &&self, std::span<const ByteView> pieces) -> ByteArray<32> {
            if (pieces.size() == 1) return crypto::sm3({ByteArray<1>{0}, pieces[0]});
            std::size_t left = 1;
            while (2 * left < pieces.size())
                left *= 2;
            return crypto::sm3(
                {ByteArray<1>{1}, self(self, pieces.first(left)), self(self, pieces.subspan(left))});
        };
        for (const std::size_t size :
             {std::size_t{16}, kPieceBytes - 1, kPieceBytes, kPieceBytes + 1, 5 * kPieceBytes,
              kSealedChunkBytes - 1, kSealedChunkBytes, kSealedChunkBytes + 16,
              3 * kSealedChunkBytes + 2 * kPieceBytes + 7, 5 * kSealedChunkBytes}) {
            const Bytes all = patternOf(size);
            std::vector<ByteView> pieces;
            for (std::size_t at = 0; at < size; at += kPieceBytes)
                pieces.push_back(ByteView(all).subspan(at, std::min(kPieceBytes, size - at)));
            QCOMPARE(treeOf(all), plain(plain, pieces));
        }
    }
};

QTEST_GUILESS_MAIN(TestEnvelope)
#include "test_envelope.moc"
