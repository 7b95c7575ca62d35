// A document of 300 pages and more than 100 MB, sealed on each page and read back, through 256 MiB of memory.
#include "platform/pdf/seal.h"
#include "platform/pdf/signatures.h"
#include "tests/support/child.h"
#include "tests/support/pdfs.h"

#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <fstream>
#include <sys/resource.h>

using namespace hufu;

class TestPdfSize : public QObject {
    Q_OBJECT
    static constexpr int kPages = 300;
    QTemporaryDir m_folder;

    std::filesystem::path path(const char *name) const { return m_folder.filePath(QLatin1String(name)).toStdString(); }

    // The peak of a process that does only this.
    template <typename Work> static bool stayedSmall(const char *what, Work &&work)
    {
        return tests::trueInChild([&work, what] {
            rusage use = {};
            const bool done = work();
            ::getrusage(RUSAGE_SELF, &use);
            std::fprintf(stderr, "%s: %ld MiB\n", what, use.ru_maxrss / 1024);
            return done && use.ru_maxrss < 256 * 1024;
        });
    }
    bool seal(const char *from, const char *to) const
    {
        pdf::SealOrder order;
        order.images = {{480, 480, Bytes(480 * 480 * 4, 0x80)}};
        order.ridings = {{0, 0, kPages - 1, 120, 40, 40, 20}};
        for (std::size_t page = 0; page < kPages; ++page)
            order.places.push_back({0, page, 120, 200, 40, 40});
        std::uint64_t covered = 0;
        auto prepared = pdf::PreparedPdf::prepare(path(from), path(to), false, order, [&covered](ByteView piece) { covered += piece.size(); });
        return prepared && covered > 100'000'000 && bool((*prepared)->finish(Bytes{0x30, 0x03, 0x02, 0x01, 0x01}));
    }

private Q_SLOTS:
    void threeHundredPages_sealedTwiceAndRead_stayBelow256MiB()
    {
        QVERIFY(tests::trueInChild([this] {
            tests::PdfDraft draft;
            draft.pages = kPages;
            draft.padding = 360 * 1024;
            std::ofstream(path("in.pdf"), std::ios::binary) << tests::pdfOf(draft);
            return std::filesystem::file_size(path("in.pdf")) > 100'000'000;
        }));
        QVERIFY(stayedSmall("seal", [this] { return seal("in.pdf", "once.pdf"); }));
        QVERIFY(stayedSmall("seal again", [this] { return seal("once.pdf", "twice.pdf"); }));
        QVERIFY(stayedSmall("read", [this] {
            pdf::FileSource source;
            if (source.open(path("twice.pdf")) != files::Trouble::none) return false;
            const auto facts = pdf::examine(source);
            if (!facts || facts->pages.size() != kPages || facts->signatures.size() != 2) return false;
            std::uint64_t covered = 0;
            for (const pdf::PdfSignature &signature : facts->signatures)
                if (signature.defect != pdf::Defect::none ||
                    pdf::pourCovered(source, signature.range, [&covered](ByteView piece) { covered += piece.size(); }) != files::Trouble::none)
                    return false;
            return covered > 200'000'000 && facts->signatures[0].added == pdf::Added::seals && facts->signatures[1].coversAll;
        }));
    }
};

QTEST_GUILESS_MAIN(TestPdfSize)
#include "test_pdf_size.moc"
