// A desk's or a phone's evidence: whole it holds, and whatever is done to a line, the order, the end or the signature is found.
#include "shield/audit/evidence.h"
#include "shield/crypto/ed25519.h"
#include "shield/crypto/sm3.h"

#include <QStringList>
#include <QTest>

using namespace hufu;
using namespace hufu::audit;

namespace {

struct Desk {
    ports::SystemRandom random;
    crypto::Ed25519Key key = crypto::Ed25519Key::generate(random);
    ByteArray<16> id() const
    {
        ByteArray<16> out{};
        const auto hash = crypto::sm3(key.publicKey());
        std::copy_n(hash.begin(), out.size(), out.begin());
        return out;
    }
    std::string save(const Evidence &evidence) const
    {
        return bundleOf(evidence, key.publicKey(), [this](ByteView bytes) { return key.sign(bytes); });
    }
    Evidence act() const
    {
        Evidence evidence({7}, id(), 5, 1'800'000'000'000);
        evidence.note(Step::sessionOpened, 1'800'000'000'100, {1}, {2}, 20);
        evidence.note(Step::claimed, 1'800'000'005'000, {1});
        evidence.note(Step::approved, 1'800'000'010'000, {1});
        evidence.note(Step::fileDone, 1'800'000'011'000, {}, {3}, 0);
        evidence.note(Step::finished, 1'800'000'012'000, {}, {}, 1);
        return evidence;
    }
};

QStringList linesOf(const std::string &text)
{
    return QString::fromStdString(text).split('\n', Qt::SkipEmptyParts);
}

EvidenceVerdict verdictOf(const QStringList &lines)
{
    const auto bundle = Bundle::parse((lines.join('\n') + '\n').toStdString());
    return bundle ? judge(*bundle) : EvidenceVerdict();
}

} // namespace

class TestEvidence : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void bundle_asItWasSaved_holds()
    {
        const Desk desk;
        const auto bundle = Bundle::parse(desk.save(desk.act()));
        QVERIFY(bundle.has_value());
        QCOMPARE(bundle->entries.size(), std::size_t{6});
        QVERIFY(judge(*bundle).holds());
        QVERIFY(judge(*bundle, desk.id()).holds());
    }
    void bundle_ofAPhone_isAPhonesAndNoDesks()
    {
        const Desk phone;
        Evidence evidence({7}, phone.id(), 0, 1'800'000'000'000, Maker::phone);
        evidence.note(Step::shown, 1'800'000'000'100, {1}, {2}, 2);
        evidence.note(Step::factorGiven, 1'800'000'000'200, {1}, {}, 1);
        evidence.note(Step::problemShown, 1'800'000'000'300, {1}, {}, 300);
        evidence.note(Step::refused, 1'800'000'000'400, {1});
        const std::string text = phone.save(evidence);
        const auto bundle = Bundle::parse(text);
        QVERIFY(bundle && bundle->kind == Maker::phone && judge(*bundle, phone.id()).holds());
        for (std::size_t i = 0; i < text.size(); ++i) {
            std::string changed = text;
            changed[i] = changed[i] == '1' ? '2' : '1';
            const auto other = Bundle::parse(changed);
            QVERIFY2(!other || !judge(*other).holds(), qPrintable(QString::number(i)));
        }
        // The first line alone does not make it a desk's, nor a desk's a phone's.
        for (const auto &[one, from, to] : {std::tuple(text, "\"phone\"", "\"desk\""), std::tuple(phone.save(phone.act()), "\"desk\"", "\"phone\"")}) {
            const auto relabelled = Bundle::parse(QString::fromStdString(one).replace(QLatin1String(from), QLatin1String(to)).toStdString());
            QVERIFY(relabelled.has_value());
            QVERIFY(judge(*relabelled).isSigned && !judge(*relabelled).isMakers);
        }
    }
    void line_withAnyByteChanged_isFound()
    {
        const Desk desk;
        const std::string text = desk.save(desk.act());
        for (std::size_t i = 0; i < text.size(); ++i) {
            std::string changed = text;
            changed[i] = changed[i] == '1' ? '2' : '1';
            const auto bundle = Bundle::parse(changed);
            QVERIFY2(!bundle || !judge(*bundle).holds(), qPrintable(QString::number(i)));
        }
    }
    void line_removed_isFound()
    {
        const Desk desk;
        const QStringList lines = linesOf(desk.save(desk.act()));
        for (qsizetype i = 1; i < lines.size(); ++i) {
            QStringList fewer = lines;
            fewer.removeAt(i);
            const auto verdict = verdictOf(fewer);
            QVERIFY(!verdict.holds());
            QCOMPARE(verdict.findings.size(), std::size_t{1});
            QCOMPARE(verdict.findings[0].fault, i + 1 == lines.size() ? ListFault::cutOff : ListFault::missing);
        }
    }
    void lines_reordered_areFound()
    {
        const Desk desk;
        const QStringList lines = linesOf(desk.save(desk.act()));
        for (qsizetype i = 1; i + 1 < lines.size(); ++i) {
            QStringList other = lines;
            other.swapItemsAt(i, i + 1);
            QVERIFY(!verdictOf(other).findings.empty());
        }
        QStringList twice = lines;
        twice.insert(3, lines[2]);
        QVERIFY(!verdictOf(twice).findings.empty());
        QStringList more = lines;
        more.append(QStringLiteral("a line of somebody's"));
        QVERIFY(!verdictOf(more).holds());
    }
    void signature_ofAnother_isFound()
    {
        const Desk desk, thief;
        const std::string mine = desk.save(desk.act());
        // Another desk's signature over the same records.
        auto bundle = *Bundle::parse(mine);
        bundle.signature = thief.key.sign(signedBytesOf(bundle.caseId, bundle.end));
        QVERIFY(!judge(bundle).isSigned);
        // And its key beside it: the records still name the first one.
        bundle.key = thief.key.publicKey();
        QVERIFY(judge(bundle).isSigned && !judge(bundle).isMakers);
        bundle.maker = thief.id();
        QVERIFY(judge(bundle).isSigned && !judge(bundle).isMakers);
        // All of it made anew holds, as the other desk's.
        const auto anew = *Bundle::parse(thief.save(thief.act()));
        QVERIFY(judge(anew).holds());
        QVERIFY(!judge(anew, desk.id()).holds());
        // Of another case, or another end.
        auto other = *Bundle::parse(mine);
        other.signature = desk.key.sign(signedBytesOf({8}, other.end));
        QVERIFY(!judge(other).holds());
    }
    void records_tooMany_areCutAndSaySo()
    {
        const Desk desk;
        Evidence evidence = desk.act();
        for (std::size_t i = 0; i < 2 * Evidence::kMost; ++i)
            evidence.note(Step::serverBusy, 1'800'000'020'000);
        QCOMPARE(evidence.records().size(), Evidence::kMost);
        QVERIFY(evidence.records().back().entry.event == static_cast<Event>(Step::cut));
        QVERIFY(judge(*Bundle::parse(desk.save(evidence))).holds());
    }
    void file_thatIsNone_isRefused()
    {
        const Desk desk;
        const std::string text = desk.save(desk.act());
        for (const std::string &other : {std::string(), std::string("\n"), std::string("{}"), std::string("{\"hufuEvidence\":1}"), "x" + text, std::string(Bundle::kBytesMost + 1, 'a')})
            QVERIFY(!Bundle::parse(other).has_value());
        for (std::size_t length = 0; length < text.find('\n'); ++length)
            QVERIFY(!Bundle::parse(text.substr(0, length)).has_value());
        for (std::size_t length = text.find('\n'); length < text.size() - 1; ++length)
            QVERIFY(!judge(*Bundle::parse(text.substr(0, length))).holds());
    }
};

QTEST_GUILESS_MAIN(TestEvidence)
#include "test_evidence.moc"
