// Envelopes as files: sealed, opened, verified; and everything that must not be opened, after which nothing is
// there that was not there before.
#include "app/envelope/interchange.h"
#include "app/envelope/pace.h"
#include "tests/app/envelope/folder.h"
#include "tests/support/child.h"

#include "shield/base/limits.h"
#include "shield/crypto/sm3.h"

#include <QTest>

#include <algorithm>
#include <openssl/pem.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>

using namespace hufu;
using namespace hufu::envelope;
using catalogue::Code;
using documents::Finding;
using documents::kChunkBytes;
using documents::kSealedChunkBytes;
using tests::kDayMs;

class TestEnvelopeFiles : public QObject {
    Q_OBJECT
    tests::EnvelopeFolder m_folder;

    static Bytes pattern(std::size_t size)
    {
        Bytes out(size);
        for (std::size_t i = 0; i < size; ++i)
            out[i] = static_cast<std::uint8_t>(7 * i + i / 251);
        return out;
    }
    // A signed envelope of so many bytes, and nothing else.
    Bytes sealedOf(std::size_t size)
    {
        m_folder.clear();
        m_folder.write("bid.pdf", pattern(size));
        if (!m_folder.seal("bid.pdf", "bid.hufu")) qFatal("sealing");
        QFile::remove(QString::fromStdString(m_folder.path("bid.pdf").string()));
        return m_folder.read("bid.hufu");
    }
    // What becomes of opening these bytes; and that nothing but them is there afterwards, unless they open.
    std::optional<Code> refusalOf(ByteView envelope)
    {
        m_folder.clear();
        m_folder.write("hostile.hufu", envelope);
        const auto opened = m_folder.open("hostile.hufu", "out");
        if (opened) return std::nullopt;
        if (m_folder.names() != QStringList{QStringLiteral("hostile.hufu")}) qFatal("something is left");
        return opened.problem();
    }
    static constexpr std::size_t kLarge = 24 * kChunkBytes + 77;
    OpenOrder largeOrder() const
    {
        OpenOrder order = m_folder.openOrder("out");
        order.goneOnWithFrom = kLarge;
        return order;
    }
    Outcome<Opened> openLarge() const { return m_folder.open("bid.hufu", largeOrder(), m_folder.pki.encryptKey); }
    // An envelope whose opening was killed when all but the last chunks were opened. Returns: what is in it.
    Bytes cutOpening()
    {
        sealedOf(kLarge);
        const bool isKilled = tests::killedWhenReached([this](auto &&reached) {
            const auto file = EnvelopeFile::open(m_folder.path("bid.hufu"));
            FileKeyOpener opener(m_folder.keyOf(m_folder.pki.encryptKey));
            static_cast<void>(envelope::open(*file, opener, largeOrder(), [&reached](std::uint64_t bytes) {
                if (bytes >= kLarge) reached();
                return true;
            }));
        });
        if (!isKilled || m_folder.names().size() != 2 || std::filesystem::file_size(part()) < 20 * kChunkBytes) qFatal("not cut");
        if ((std::filesystem::status(part()).permissions() & std::filesystem::perms::all) != (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write)) qFatal("open to others");
        return pattern(kLarge);
    }
    std::filesystem::path part() const { return m_folder.path(m_folder.names().filter(QStringLiteral(".part")).value(0).toStdString()); }
    static void change(const std::filesystem::path &file, std::size_t at)
    {
        if (at >= std::filesystem::file_size(file)) return;
        std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
        stream.seekg(static_cast<std::streamoff>(at));
        const int was = stream.get();
        stream.seekp(static_cast<std::streamoff>(at));
        stream.put(static_cast<char>(was ^ 1));
    }
    std::size_t startOf(const Bytes &envelope) const
    {
        return documents::kEnvelopeStartBytes + *documents::envelopeHeaderLength(ByteView(envelope).first(12));
    }
    std::string pemOf(EVP_PKEY *key, const EVP_CIPHER *cipher = nullptr) const
    {
        const x509::OwnedBio sink(BIO_new(BIO_s_mem()));
        unsigned char passphrase[] = "secret";
        PEM_write_bio_PrivateKey(sink.get(), key, cipher, passphrase, 6, nullptr, nullptr);
        char *text = nullptr;
        const long length = BIO_get_mem_data(sink.get(), &text);
        return std::string(text, static_cast<std::size_t>(length));
    }

private Q_SLOTS:
    void init() { m_folder.clear(); }

    // Much less memory than the file is long; test_envelope_size does it with 2 GiB. The first of all: the child begins with what its
    // parent holds, which after the others is more than is allowed here.
    void sealAndOpen_largeFile_takeLittleMemory()
    {
#if defined(__SANITIZE_ADDRESS__)
        QSKIP("AddressSanitizer's own memory is in the figure");
#endif
        m_folder.write("large", {});
        std::filesystem::resize_file(m_folder.path("large"), 192 * kChunkBytes);
        QVERIFY(tests::trueInChild([this] {
            rusage use = {};
            const bool done = m_folder.seal("large", "large.hufu") && m_folder.open("large.hufu", "out");
            ::getrusage(RUSAGE_SELF, &use);
            return done && use.ru_maxrss < 64 * 1024;
        }));
        QCOMPARE(std::filesystem::file_size(m_folder.path("out")), std::uintmax_t{192 * kChunkBytes});
    }

    void seal_anySize_opensToTheSame_data()
    {
        QTest::addColumn<quint64>("size");
        for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{70'000}, kChunkBytes - 1,
                                       kChunkBytes, kChunkBytes + 1, 5 * kChunkBytes + 77})
            QTest::newRow(qPrintable(QString::number(size))) << quint64{size};
    }
    void seal_anySize_opensToTheSame()
    {
        QFETCH(quint64, size);
        const Bytes content = pattern(size);
        m_folder.write("投标文件.pdf", content);
        const auto sealed = m_folder.seal("投标文件.pdf", "bid.hufu");
        QVERIFY(sealed);
        QCOMPARE(sealed->bytes, std::uint64_t{m_folder.read("bid.hufu").size()});
        QCOMPARE(sealed->body.fileName, std::string("投标文件.pdf"));
        const auto opened = m_folder.open("bid.hufu", "out.pdf");
        QVERIFY(opened);
        QCOMPARE(opened->bytes, std::uint64_t{size});
        QVERIFY(opened->sender->isValid());
        QVERIFY(*opened->sender->signer == m_folder.pki.sign);
        QCOMPARE(m_folder.read("out.pdf"), content);
        QCOMPARE(m_folder.names().size(), 3);
    }

    void seal_severalRecipients_eachOpensIt()
    {
        const tests::WholeKey colleague;
        m_folder.write("bid.pdf", pattern(1000));
        SealOrder order = m_folder.order("bid.pdf", "bid.hufu");
        order.recipients.push_back(m_folder.pki.encrypt); // twice: counts once
        order.recipients.push_back(m_folder.pki.issue(authority::Profile::encrypt, colleague,
                                                      {"CN", "示范建设有限公司", {}, "李经理", {}},
                                                      &m_folder.pki.issuing, m_folder.pki.issuingKey));
        const auto sealed = seal(order, m_folder.random);
        QVERIFY(sealed);
        QCOMPARE(sealed->body.recipients.size(), std::size_t{2});
        for (const auto &key : {colleague, m_folder.pki.encryptKey}) {
            OpenOrder open = m_folder.openOrder("out");
            open.replace = true;
            const auto opened = m_folder.open("bid.hufu", open, key);
            QVERIFY(opened);
            QVERIFY(!opened->sender);
            QCOMPARE(m_folder.read("out"), pattern(1000));
        }
    }

    void seal_recipientThatIsUnfit_isRefused()
    {
        m_folder.write("bid.pdf", pattern(10));
        const auto problemOf = [this](const x509::Certificate &recipient, auto &&change) {
            SealOrder order = m_folder.order("bid.pdf", "bid.hufu");
            order.recipients.push_back(recipient);
            change(order);
            return seal(order, m_folder.random).problem();
        };
        const auto &pki = m_folder.pki;
        const auto asItIs = [](SealOrder &) {};
        QCOMPARE(problemOf(pki.sign, asItIs), Code::certificateInvalid);
        QCOMPARE(problemOf(tests::Pki().encrypt, asItIs), Code::certificateInvalid);
        QCOMPARE(problemOf(pki.encrypt, [](SealOrder &order) { order.nowMs += 366 * kDayMs; }),
                 Code::certificateExpired);
        QCOMPARE(
            problemOf(pki.encrypt,
                      [&pki](SealOrder &order) {
                          order.trust->revocations = {pki.list(
                              {{pki.encrypt.serial(), {pki.nowMs - kDayMs, x509::Reason::keyCompromise}}})};
                      }),
            Code::certificateRevoked);
        const auto named = [&pki](const tests::WholeKey &key, const char *name) {
            return pki.issue(authority::Profile::encrypt, key, {"CN", "示范", {}, name, {}}, &pki.issuing, pki.issuingKey);
        };
        QCOMPARE(problemOf(named(pki.encryptKey, "王小明"), asItIs), Code::recipientUnfit); // renewed, of the same key
        QCOMPARE(problemOf(named({}, "a\u0007b"), asItIs), Code::recipientUnfit);
        QCOMPARE(problemOf(pki.encrypt, [](SealOrder &order) { order.fileName = "a\u202eb"; }),
                 Code::manifestRefused);
        QCOMPARE(m_folder.names(), QStringList{QStringLiteral("bid.pdf")});
    }

    void seal_moreThanThereIsRoomFor_isSaidToBeThat_andLeavesNothing()
    {
        const auto &pki = m_folder.pki;
        m_folder.write("bid.pdf", pattern(10));
        SealOrder order = m_folder.order("bid.pdf", "bid.out");
        order.recipients.clear();
        for (std::size_t i = 0; i <= limits::kRecipientsMax; ++i)
            order.recipients.push_back(pki.issue(authority::Profile::encrypt, {}, {"CN", "示范", {}, "李" + std::to_string(i), {}}, &pki.issuing, pki.issuingKey));
        QCOMPARE(seal(order, m_folder.random).problem(), Code::recipientsTooMany);
        QCOMPARE(sealForOthers(order, documents::Dialect::gmt0010, m_folder.random).problem(), Code::recipientsTooMany);
        order.recipients = {pki.encrypt};
        std::filesystem::resize_file(order.source, documents::kEnvelopedContentMax + 1); // of holes
        QCOMPARE(sealForOthers(order, documents::Dialect::gmt0010, m_folder.random).problem(), Code::tooLargeForOthers);
        std::filesystem::resize_file(order.source, limits::kEnvelopeContentMax + 1);
        QCOMPARE(seal(order, m_folder.random).problem(), Code::tooLargeForEnvelope);
        QCOMPARE(sealForOthers(order, documents::Dialect::pkcs7, m_folder.random).problem(), Code::tooLargeForOthers);
        QCOMPARE(m_folder.names(), QStringList{QStringLiteral("bid.pdf")});
        std::filesystem::resize_file(order.source, documents::kEnvelopedContentMax);
        QVERIFY(sealForOthers(order, documents::Dialect::gmt0010, m_folder.random));
    }

    void seal_signerWithAnotherKeyOrPurpose_isRefused()
    {
        const auto &pki = m_folder.pki;
        m_folder.write("bid.pdf", pattern(10));
        for (const auto &[certificate, problem] : {std::pair(pki.sign, Code::keyOther), std::pair(pki.encrypt, Code::certificateInvalid)}) {
            auto signer = m_folder.signer(certificate, pki.encryptKey, pki.nowMs);
            SealOrder order = m_folder.order("bid.pdf", "bid.hufu");
            order.signer = &signer;
            QCOMPARE(seal(order, m_folder.random).problem(), problem);
        }
        QCOMPARE(m_folder.names(), QStringList{QStringLiteral("bid.pdf")});
    }

    void seal_fileChangedMeanwhile_leavesNothing()
    {
        m_folder.write("bid.pdf", pattern(2 * kChunkBytes));
        std::filesystem::last_write_time(m_folder.path("bid.pdf"),
                                         std::filesystem::file_time_type::clock::now() - std::chrono::hours(1));
        const auto problem =
            seal(m_folder.order("bid.pdf", "bid.hufu"), m_folder.random, [this](std::uint64_t) {
                std::ofstream(m_folder.path("bid.pdf"), std::ios::app) << "one more page";
                return true;
            }).problem();
        QCOMPARE(problem, Code::fileChanged);
        QCOMPARE(m_folder.names(), QStringList{QStringLiteral("bid.pdf")});
    }

    void seal_cancelledOrDiskFullOrNameTaken_leavesNothing()
    {
        m_folder.write("bid.pdf", pattern(3 * kChunkBytes));
        QCOMPARE(
            seal(m_folder.order("bid.pdf", "bid.hufu"), m_folder.random, [](std::uint64_t) { return false; })
                .problem(),
            Code::cancelled);
        QVERIFY(tests::trueInChild([this] {
            tests::limitFileSize(kChunkBytes);
            return m_folder.seal("bid.pdf", "bid.hufu").problem() == Code::diskFull;
        }));
        QCOMPARE(m_folder.names(), QStringList{QStringLiteral("bid.pdf")});
        m_folder.write("bid.hufu", viewOf("mine"));
        QCOMPARE(m_folder.seal("bid.pdf", "bid.hufu").problem(), Code::fileExists);
        QCOMPARE(textOf(m_folder.read("bid.hufu")), std::string("mine"));
        QCOMPARE(m_folder.seal("missing", "other.hufu").problem(), Code::fileUnreadable);
        QCOMPARE(m_folder.seal("bid.pdf", "no folder/other.hufu").problem(), Code::fileUnwritable);
        QCOMPARE(m_folder.names().size(), 2);
    }

    void sealAndOpen_killed_leaveNothing()
    {
        m_folder.write("bid.pdf", pattern(8 * kChunkBytes));
        QVERIFY(m_folder.seal("bid.pdf", "bid.hufu"));
        const QStringList before = m_folder.names();
        QVERIFY(tests::killedWhenReached([this](auto &&reached) {
            static_cast<void>(
                seal(m_folder.order("bid.pdf", "other.hufu"), m_folder.random, [&reached](std::uint64_t bytes) {
                    if (bytes > 0) reached();
                    return true;
                }));
        }));
        QCOMPARE(m_folder.names(), before);
        QVERIFY(tests::killedWhenReached([this](auto &&reached) {
            const auto file = EnvelopeFile::open(m_folder.path("bid.hufu"));
            FileKeyOpener opener(m_folder.keyOf(m_folder.pki.encryptKey));
            static_cast<void>(
                envelope::open(*file, opener, m_folder.openOrder("out"), [&reached](std::uint64_t bytes) {
                    if (bytes > 0) reached();
                    return true;
                }));
        }));
        QCOMPARE(m_folder.names(), before);
        QVERIFY(m_folder.open("bid.hufu", "out")); // and the next start does it
    }

    // A large one is gone on with: nothing of what was opened has to be opened again, and nothing of it is believed.
    void open_largeOneKilled_goesOnWhereItWas()
    {
        const Bytes content = cutOpening();
        std::filesystem::resize_file(part(), 10 * kChunkBytes + 5);
        change(m_folder.path("bid.hufu"), startOf(m_folder.read("bid.hufu")) + 3 * kSealedChunkBytes); // which is not read any more
        QVERIFY(openLarge());
        QVERIFY(m_folder.read("out") == content);
        QCOMPARE(m_folder.names(), (QStringList{QStringLiteral("bid.hufu"), QStringLiteral("out")}));
    }

    void open_partThatSomebodyChanged_isOpenedAgain_data()
    {
        QTest::addColumn<quint64>("size");
        QTest::newRow("as it was") << quint64{0};
        QTest::newRow("short") << quint64{7};
        QTest::newRow("long") << quint64{kLarge + 1000};
    }
    void open_partThatSomebodyChanged_isOpenedAgain()
    {
        QFETCH(quint64, size);
        const Bytes content = cutOpening();
        if (size > 0) std::filesystem::resize_file(part(), size);
        for (const std::size_t at : {std::size_t{5}, 9 * kChunkBytes, kLarge - 1})
            change(part(), at);
        QVERIFY(openLarge());
        QVERIFY(m_folder.read("out") == content);
        QCOMPARE(m_folder.names(), (QStringList{QStringLiteral("bid.hufu"), QStringLiteral("out")}));
    }

    void open_partAndEnvelopeChanged_leavesNothing()
    {
        cutOpening();
        change(part(), 3 * kChunkBytes + 1);
        change(m_folder.path("bid.hufu"), startOf(m_folder.read("bid.hufu")) + 3 * kSealedChunkBytes);
        QCOMPARE(openLarge().problem(), Code::envelopeDamaged);
        QCOMPARE(m_folder.names(), QStringList{QStringLiteral("bid.hufu")});
    }

    void open_partThatIsNotOurs_isLeftAlone_data()
    {
        QTest::addColumn<QString>("what");
        for (const char *what : {"in use", "readable", "link", "second name"})
            QTest::newRow(what) << QString::fromLatin1(what);
    }
    void open_partThatIsNotOurs_isLeftAlone()
    {
        QFETCH(QString, what);
        const Bytes content = cutOpening();
        const std::filesystem::path name = part(), kept = m_folder.path("kept");
        std::filesystem::resize_file(name, 1000);
        const files::Descriptor holder(::open(name.c_str(), O_RDWR | O_CLOEXEC));
        if (what == QLatin1String("in use")) QCOMPARE(::flock(holder.fd(), LOCK_EX), 0);
        if (what == QLatin1String("readable")) QCOMPARE(::chmod(name.c_str(), 0644), 0);
        if (what == QLatin1String("second name")) std::filesystem::create_hard_link(name, kept);
        if (what == QLatin1String("link")) {
            std::filesystem::rename(name, kept);
            std::filesystem::create_symlink(kept, name);
        }
        const QStringList before = m_folder.names();
        forgetCutOpening(EnvelopeFile::open(m_folder.path("bid.hufu"))->header().der(), m_folder.path("."));
        QCOMPARE(m_folder.names(), before);
        QVERIFY(openLarge());
        QVERIFY(m_folder.read("out") == content);
        QCOMPARE(m_folder.names(), QStringList(before) << QStringLiteral("out"));
        QCOMPARE(std::filesystem::file_size(name), std::uintmax_t{1000});
    }

    void open_largeOneCancelled_staysUntilItIsForgotten()
    {
        cutOpening();
        const auto file = EnvelopeFile::open(m_folder.path("bid.hufu"));
        FileKeyOpener opener(m_folder.keyOf(m_folder.pki.encryptKey)), wrong(m_folder.keyOf(m_folder.pki.signKey));
        const QStringList before = m_folder.names();
        QCOMPARE(envelope::open(*file, wrong, largeOrder()).problem(), Code::keyOther);
        QCOMPARE(m_folder.names(), before);
        for (const std::uint64_t after : {std::uint64_t{0}, std::uint64_t{kLarge}}) {
            QCOMPARE(envelope::open(*file, opener, largeOrder(), [after](std::uint64_t bytes) { return bytes < after; }).problem(), Code::cancelled);
            QCOMPARE(m_folder.names(), before);
        }
        forgetCutOpening(file->header().der(), m_folder.path("."));
        QCOMPARE(m_folder.names(), QStringList{QStringLiteral("bid.hufu")});
    }

    void hostile_truncatedAtEachLength_isRefused()
    {
        const Bytes whole = sealedOf(300);
        for (std::size_t length = 0; length < whole.size(); ++length) {
            const auto code = refusalOf(ByteView(whole).first(length));
            QVERIFY(code ==
                    (length < documents::kEnvelopeStartBytes ? Code::fileUnknown : Code::envelopeDamaged));
        }
        QVERIFY(!refusalOf(whole));
    }

    void hostile_truncatedBetweenChunks_isRefused()
    {
        const Bytes whole = sealedOf(3 * kChunkBytes);
        const std::size_t start = startOf(whole);
        for (std::size_t chunks = 0; chunks < 3; ++chunks) {
            const Bytes end = bytesOf(ByteView(whole).subspan(start + 3 * kSealedChunkBytes));
            QVERIFY(refusalOf(ByteView(whole).first(start + chunks * kSealedChunkBytes)) ==
                    Code::envelopeDamaged);
            QVERIFY(refusalOf(concat({ByteView(whole).first(start + chunks * kSealedChunkBytes), end})) ==
                    Code::envelopeDamaged);
        }
    }

    void hostile_oversized_isRefused()
    {
        const Bytes whole = sealedOf(300);
        QVERIFY(refusalOf(concat({whole, Bytes{0}})) == Code::envelopeDamaged);
        QVERIFY(refusalOf(concat({whole, whole})) == Code::envelopeDamaged);
        QVERIFY(refusalOf(concat({whole, Bytes(2 * kChunkBytes)})) == Code::envelopeDamaged);
    }

    void hostile_random_isRefused()
    {
        const Bytes whole = sealedOf(300);
        for (std::size_t i = 0; i < 200; ++i) {
            Bytes noise(i * 7);
            m_folder.random.fill(noise, "noise");
            QVERIFY(refusalOf(noise) == Code::fileUnknown);
            QVERIFY(refusalOf(concat({ByteView(whole).first(startOf(whole)), noise})) == Code::envelopeDamaged);
        }
    }

    void hostile_anyByteChanged_isRefused()
    {
        const Bytes whole = sealedOf(300);
        const std::size_t cms = startOf(whole) + 300 + documents::kChunkTagBytes;
        for (std::size_t i = 0; i < whole.size(); i += i < cms ? 1 : 3) {
            Bytes changed = whole;
            changed[i] ^= 1;
            const auto code = refusalOf(changed);
            // The signature's own bytes: the certificate of the authority in it is judged, too.
            if (!code) qFatal("byte %zu of %zu", i, whole.size());
        }
    }

    void hostile_reorderedOrMixedChunks_areRefused()
    {
        const Bytes one = sealedOf(3 * kChunkBytes);
        const Bytes two = sealedOf(3 * kChunkBytes);
        const auto chunk = [this](const Bytes &of, std::size_t i) {
            return ByteView(of).subspan(startOf(of) + i * kSealedChunkBytes, kSealedChunkBytes);
        };
        const ByteView start = ByteView(one).first(startOf(one));
        const ByteView end = ByteView(one).subspan(startOf(one) + 3 * kSealedChunkBytes);
        const auto with = [&](ByteView a, ByteView b, ByteView c) {
            return refusalOf(concat({start, a, b, c, end}));
        };
        QVERIFY(!with(chunk(one, 0), chunk(one, 1), chunk(one, 2)));
        QVERIFY(with(chunk(one, 1), chunk(one, 0), chunk(one, 2)) == Code::envelopeDamaged);
        QVERIFY(with(chunk(one, 0), chunk(one, 2), chunk(one, 1)) == Code::envelopeDamaged);
        QVERIFY(with(chunk(one, 0), chunk(one, 0), chunk(one, 2)) == Code::envelopeDamaged);
        QVERIFY(with(chunk(one, 0), chunk(two, 1), chunk(one, 2)) == Code::envelopeDamaged);
        QVERIFY(with(chunk(two, 0), chunk(two, 1), chunk(two, 2)) == Code::envelopeDamaged);
    }

    void hostile_partsOfTwoEnvelopes_areRefused()
    {
        const Bytes one = sealedOf(300);
        const Bytes two = sealedOf(300);
        const auto parts = [this](const Bytes &of) {
            const std::size_t start = startOf(of);
            const std::size_t end = start + 300 + documents::kChunkTagBytes;
            return std::array{bytesOf(ByteView(of).first(start)),
                              bytesOf(ByteView(of).subspan(start, end - start)),
                              bytesOf(ByteView(of).subspan(end))};
        };
        const auto [header1, chunks1, cms1] = parts(one);
        const auto [header2, chunks2, cms2] = parts(two);
        QVERIFY(refusalOf(concat({header2, chunks1, cms1})) == Code::envelopeDamaged);
        QVERIFY(refusalOf(concat({header1, chunks2, cms1})) == Code::envelopeDamaged);
        QVERIFY(refusalOf(concat({header1, chunks1, cms2})) == Code::signatureInvalid);    // of the same person
        QVERIFY(refusalOf(concat({header1, chunks1, Bytes(4)})) == Code::envelopeDamaged); // taken off
        QVERIFY(!refusalOf(concat({header1, chunks1, cms1})));
    }

    void hostile_signatureOfAnother_isRefused()
    {
        m_folder.write("bid.pdf", pattern(300));
        const auto sealed = m_folder.seal("bid.pdf", "bid.hufu");
        QVERIFY(sealed);
        const Bytes whole = m_folder.read("bid.hufu");
        const auto file = EnvelopeFile::open(m_folder.path("bid.hufu"));
        const Bytes statement = *documents::envelopeStatement(file->header(), sealed->root);
        const auto swapped = [&](FileSigner signer) {
            const std::size_t end = startOf(whole) + 300 + documents::kChunkTagBytes;
            return refusalOf(
                concat({ByteView(whole).first(end), Writer().blob32(*signer.sign(statement)).take()}));
        };
        const auto &pki = m_folder.pki;
        const tests::WholeKey other;
        const auto otherCertificate =
            pki.issue(authority::Profile::sign, other, tests::kPerson, &pki.issuing, pki.issuingKey);
        QVERIFY(!swapped(m_folder.signer()));
        QVERIFY(swapped(m_folder.signer(otherCertificate, other, pki.nowMs)) == Code::envelopeDamaged);
        m_folder.clear();
    }

    void hostile_wrongRecipient_isToldAndRefused()
    {
        sealedOf(300);
        const tests::WholeKey other;
        QCOMPARE(m_folder.open("bid.hufu", m_folder.openOrder("out"), other).problem(), Code::keyOther);
        QCOMPARE(m_folder.open("bid.hufu", m_folder.openOrder("out"), m_folder.pki.signKey).problem(),
                 Code::keyOther);
        QCOMPARE(m_folder.names(), QStringList{QStringLiteral("bid.hufu")});
    }

    void open_keyUnderAForeignIdentifier_isFound()
    {
        m_folder.write("bid.pdf", pattern(5));
        auto made = documents::EnvelopeHeader::make(
            {m_folder.pki.nowMs, 5, "bid.pdf", std::nullopt, std::nullopt, {m_folder.pki.encrypt}},
            m_folder.random);
        Bytes der = made->header.der();
        const Bytes &keyId = m_folder.pki.encrypt.subjectKeyId();
        const auto at = std::search(der.begin(), der.end(), keyId.begin(), keyId.end());
        QVERIFY(at != der.end());
        *at ^= 1;
        const auto header = documents::EnvelopeHeader::parse(der);
        QVERIFY(header);
        FileKeyOpener opener(m_folder.keyOf(m_folder.pki.encryptKey));
        const auto key = opener.open(header->body().recipients);
        QVERIFY(key);
        QVERIFY(sameBytes(key->expose(), made->key.expose()));
        QVERIFY(!header->chunkKey(made->key)); // the header was changed after all
    }

    void open_senderWhoIsNotTrusted_staysShutIfRootsAreGiven()
    {
        sealedOf(300);
        const auto opened = [this](auto &&change) {
            OpenOrder order = m_folder.openOrder("out");
            order.replace = true;
            change(order.question);
            return m_folder.open("bid.hufu", order, m_folder.pki.encryptKey);
        };
        const auto &pki = m_folder.pki;
        const tests::Pki foreign;
        QCOMPARE(opened([&](documents::Question &asked) { asked.trust.roots = {foreign.root}; }).problem(),
                 Code::certificateInvalid);
        QCOMPARE(opened([&](documents::Question &asked) {
                     asked.trust.roots = {foreign.root};
                     asked.nowMs =
                         pki.nowMs - 30 * kDayMs; // and a clock that makes the signing time look wrong
                 }).problem(),
                 Code::certificateInvalid);
        QCOMPARE(m_folder.names(), QStringList{QStringLiteral("bid.hufu")});

        const auto unasked = opened([](documents::Question &asked) { asked.trust.roots.clear(); });
        QVERIFY(unasked);
        QCOMPARE(unasked->sender->chainFault, x509::Fault::untrusted); // and says so
        const auto revoked = opened([&](documents::Question &asked) {
            asked.trust.revocations = {
                pki.list({{pki.sign.serial(), {pki.nowMs - kDayMs, x509::Reason::affiliationChanged}}})};
        });
        QVERIFY(revoked);
        QCOMPARE(revoked->sender->chainFault, x509::Fault::revoked);
        const auto slow = opened([&](documents::Question &asked) { asked.nowMs = pki.nowMs - kDayMs / 2; });
        QVERIFY(slow);
        QCOMPARE(slow->sender->finding, Finding::timeImplausible);
    }

    void open_nameTakenOrDiskFull_leavesItAsItWas()
    {
        sealedOf(3 * kChunkBytes);
        QVERIFY(tests::trueInChild([this] {
            tests::limitFileSize(kChunkBytes);
            return m_folder.open("bid.hufu", "out").problem() == Code::diskFull;
        }));
        QCOMPARE(m_folder.names(), QStringList{QStringLiteral("bid.hufu")});
        m_folder.write("out", viewOf("mine"));
        QCOMPARE(m_folder.open("bid.hufu", "out").problem(), Code::fileExists);
        QCOMPARE(textOf(m_folder.read("out")), std::string("mine"));
    }

    void verify_withoutAnyKey_judgesContentAndSender()
    {
        Bytes whole = sealedOf(kChunkBytes + 300);
        const auto verdictOf = [this](const std::string &name) {
            const auto file = EnvelopeFile::open(m_folder.path(name));
            return file ? envelope::verify(*file, m_folder.openOrder("").question)
                        : Outcome<documents::Verdict>(file.problem());
        };
        const auto verdict = verdictOf("bid.hufu");
        QVERIFY(verdict);
        QVERIFY(verdict->isValid());
        QVERIFY(*verdict->signer == m_folder.pki.sign);
        whole[startOf(whole) + 5] ^= 1;
        m_folder.write("changed.hufu", whole);
        QCOMPARE(verdictOf("changed.hufu")->finding, Finding::contentDiffers);
        m_folder.write("bid.pdf", pattern(3));
        QVERIFY(seal(m_folder.order("bid.pdf", "unsigned.hufu"), m_folder.random));
        QCOMPARE(verdictOf("unsigned.hufu").problem(), Code::envelopeUnsigned);
        QCOMPARE(verdictOf("bid.pdf").problem(), Code::fileUnknown);
        QVERIFY(isEnvelope(m_folder.path("bid.hufu")));
        QVERIFY(!isEnvelope(m_folder.path("bid.pdf")));
        QVERIFY(!isEnvelope(m_folder.path("missing")));
    }

    void keyFile_otherThanAPlainSm2Key_isRefused()
    {
        const auto native = m_folder.pki.encryptKey.native();
        const auto read = KeyFile::parse(pemOf(native.get()));
        QVERIFY(read);
        QVERIFY(read->point == m_folder.pki.encryptKey.point);
        QVERIFY(!KeyFile::parse(pemOf(native.get(), EVP_aes_128_cbc())));
        const x509::OwnedKey p256(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"));
        QVERIFY(!KeyFile::parse(pemOf(p256.get())));
        QVERIFY(!KeyFile::parse(m_folder.pki.encrypt.pem()));
        QVERIFY(!KeyFile::parse(""));
    }

    void pace_saysHowFarAndHowLong()
    {
        Pace pace(1000, 500);
        QCOMPARE(pace.percent(), 0);
        QVERIFY(!pace.secondsLeft());
        pace.done(0, 1500);
        QVERIFY(!pace.secondsLeft());
        pace.done(250, 1500);
        QCOMPARE(pace.percent(), 25);
        QCOMPARE(pace.bytesPerSecond(), std::uint64_t{250});
        QCOMPARE(*pace.secondsLeft(), std::int64_t{3});
        pace.done(2000, 2500);
        QCOMPARE(pace.percent(), 100);
        QCOMPARE(*pace.secondsLeft(), std::int64_t{0});
        QCOMPARE(Pace(0, 0).percent(), 100);
    }
};

QTEST_GUILESS_MAIN(TestEnvelopeFiles)
#include "test_envelope_files.moc"
