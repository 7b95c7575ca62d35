// A bid of 2 GiB through 64 MiB of memory, there and back.
#include "tests/app/envelope/folder.h"
#include "tests/support/child.h"

#include <QTest>

#include <sys/resource.h>

using namespace hufu;

class TestEnvelopeSize : public QObject {
    Q_OBJECT
    static constexpr std::uint64_t kSize = std::uint64_t{2} << 30;
    tests::EnvelopeFolder m_folder;

    // The peak of a process that does only this.
    template <typename Work> static bool stayedSmall(Work &&work)
    {
        return tests::trueInChild([&work] {
            rusage use = {};
            const bool done = work();
            ::getrusage(RUSAGE_SELF, &use);
            return done && use.ru_maxrss < 64 * 1024;
        });
    }

private Q_SLOTS:
    void twoGibibytes_sealedAndOpened_stayBelow64MiB()
    {
        m_folder.write("bid", {});
        std::filesystem::resize_file(m_folder.path("bid"), kSize);
        const std::string mark = "the last bytes";
        std::fstream(m_folder.path("bid"), std::ios::in | std::ios::out)
                .seekp(static_cast<std::streamoff>(kSize - mark.size()))
            << mark;
        QVERIFY(stayedSmall([this] { return bool(m_folder.seal("bid", "bid.hufu")); }));
        std::filesystem::remove(m_folder.path("bid"));
        QVERIFY(stayedSmall([this] { return bool(m_folder.open("bid.hufu", "bid")); }));
        QCOMPARE(std::filesystem::file_size(m_folder.path("bid")), std::uintmax_t{kSize});
        std::ifstream file(m_folder.path("bid"));
        std::string end(mark.size(), ' ');
        file.seekg(static_cast<std::streamoff>(kSize - mark.size()))
            .read(end.data(), static_cast<std::streamsize>(end.size()));
        QCOMPARE(end, mark);
    }
};

QTEST_GUILESS_MAIN(TestEnvelopeSize)
#include "test_envelope_size.moc"
