// A document of 300 pages and more than 100 MB on the stamping page: each page looked at, stamped on all of them and across, through
// 256 MiB of memory.
#include "app/desk/stamping.h"
#include "tests/support/child.h"
#include "tests/support/pdfs.h"
#include "tests/support/pki.h"

#include <QDateTime>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <fstream>

using namespace hufu;
using namespace hufu::desk_app;

class TestStampSize : public QObject {
    Q_OBJECT
    static constexpr int kPages = 300, kWidth = 1'400; // wider than the page draws them
    QTemporaryDir m_folder;

private Q_SLOTS:
    void threeHundredPages_lookedAtAndStamped_stayBelow256MiB()
    {
        const QString path = m_folder.filePath(QStringLiteral("in.pdf"));
        QVERIFY(tests::trueInChild([&path] {
            tests::PdfDraft draft;
            draft.pages = kPages;
            draft.padding = 360 * 1024;
            std::ofstream(path.toStdString(), std::ios::binary) << tests::pdfOf(draft);
            return QFileInfo(path).size() > 100'000'000;
        }));
        QVERIFY(tests::trueInChild([this, &path] {
            const auto opened = openPdf(path);
            if (!opened.value || opened.value->pages.size() != kPages) return false;
            PageSource pages;
            for (int page = 1; page <= kPages; ++page)
                if (pages.picture(path, page, kWidth).isNull()) return false;
            const tests::Pki pki(QDateTime::currentMSecsSinceEpoch());
            ports::SystemRandom random;
            auto order = std::make_shared<StampOrder>();
            order->seals.push_back({QString(32, QLatin1Char('1')), QStringLiteral("company"), QStringLiteral("S"), QStringLiteral("P"), {}, {480, 480, Bytes(480 * 480 * 4, 0x80)}, 40});
            StampWish::Place place;
            for (int page = 1; page <= kPages; ++page)
                place.pages.push_back(page);
            StampWish::Document document;
            document.file = path;
            document.places.push_back(place);
            StampWish::Riding riding;
            riding.top = 40;
            document.ridings.push_back(riding);
            order->wish.documents.push_back(document);
            Errand errand;
            errand.kind = ErrandKind::stampPdf;
            errand.files = {path};
            errand.out = m_folder.path();
            errand.stamp = std::move(order);
            const auto prepared = prepareStamp(errand, {QJsonObject{{"sign", QString::fromStdString(pki.sign.pem())}}}, random, pki.nowMs); // with the page still open
            rusage use = {};
            ::getrusage(RUSAGE_SELF, &use);
            std::fprintf(stderr, "looked at and stamped: %ld MiB, %d\n", use.ru_maxrss / 1024, prepared.problem);
            return prepared.value && use.ru_maxrss < 256 * 1024;
        }));
    }
};

QTEST_GUILESS_MAIN(TestStampSize)
#include "test_stamp_size.moc"
