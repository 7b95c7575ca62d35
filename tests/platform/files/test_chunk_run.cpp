// Runs over large files: what they make, and that whatever goes wrong leaves no half of it.
#include "platform/files/chunk_run.h"
#include "tests/support/child.h"
#include "tests/support/small_disk.h"

#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <chrono>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sys/stat.h>

using namespace hufu;
using namespace hufu::files;
namespace fs = std::filesystem;

class TestChunkRun : public QObject {
    Q_OBJECT
    static constexpr std::size_t kChunk = 1000;

    // Adds one to each byte and puts the index behind the chunk; can be told to say no.
    class AddOne final : public ChunkWork {
    public:
        explicit AddOne(std::function<Result<void>(std::uint64_t)> before) : m_before(std::move(before)) {}
        Result<void> run(std::uint64_t index, std::span<std::uint8_t> room) override
        {
            if (m_before) HUFU_CHECK(m_before(index));
            for (std::uint8_t &byte : room.first(room.size() - 1))
                ++byte;
            room.back() = static_cast<std::uint8_t>(index);
            return {};
        }

    private:
        std::function<Result<void>(std::uint64_t)> m_before;
    };

    QTemporaryDir m_dir;

    fs::path path(const char *name) const { return fs::path(m_dir.path().toStdString()) / name; }
    static void write(const fs::path &at, const Bytes &content)
    {
        std::ofstream(at, std::ios::binary)
            .write(reinterpret_cast<const char *>(content.data()),
                   static_cast<std::streamsize>(content.size()));
    }
    static Bytes contentOf(const fs::path &at)
    {
        std::ifstream file(at, std::ios::binary);
        return Bytes(std::istreambuf_iterator<char>(file), {});
    }
    static Bytes pattern(std::size_t size)
    {
        Bytes out(size);
        for (std::size_t i = 0; i < size; ++i)
            out[i] = static_cast<std::uint8_t>(7 * i + i / 251);
        return out;
    }
    static Bytes expected(const Bytes &content)
    {
        Bytes out;
        for (std::size_t i = 0; i < content.size(); ++i) {
            out.push_back(static_cast<std::uint8_t>(content[i] + 1));
            if (i % kChunk == kChunk - 1 || i + 1 == content.size())
                out.push_back(static_cast<std::uint8_t>(i / kChunk));
        }
        return out;
    }
    static ChunkPlan planOf(std::uint64_t size, unsigned threads,
                            std::function<Result<void>(std::uint64_t)> before = {})
    {
        ChunkPlan plan;
        plan.count = (size + kChunk - 1) / kChunk;
        plan.source = [size](std::uint64_t i) {
            return Stretch{i * kChunk,
                           static_cast<std::size_t>(std::min<std::uint64_t>(kChunk, size - i * kChunk))};
        };
        plan.target = [source = plan.source](std::uint64_t i) {
            return Stretch{i * (kChunk + 1), source(i).size + 1};
        };
        plan.roomBytes = kChunk + 1;
        plan.worker = [before] { return std::make_unique<AddOne>(before); };
        plan.threads = threads;
        return plan;
    }
    struct Conversion {
        bool replace = false, nameless = true;
        unsigned threads = 2;
        std::function<Result<void>(std::uint64_t)> before;
        Progress progress;
    };
    // A whole conversion of in to out. Returns: the first trouble.
    Trouble convert(const fs::path &in, const fs::path &out, const Conversion &how) const
    {
        SourceFile source;
        FreshFile fresh;
        if (const auto trouble = source.open(in); trouble != Trouble::none) return trouble;
        if (const auto trouble = fresh.create(out, how.replace, source.size() * 2, how.nameless);
            trouble != Trouble::none)
            return trouble;
        if (const auto trouble =
                runChunks(source, &fresh, planOf(source.size(), how.threads, how.before), how.progress);
            trouble != Trouble::none)
            return trouble;
        if (const auto trouble = source.check(); trouble != Trouble::none) return trouble;
        return fresh.commit();
    }
    // The names in the folder, sorted.
    QStringList names() const { return QDir(m_dir.path()).entryList(QDir::Files | QDir::Hidden, QDir::Name); }

private Q_SLOTS:
    void init()
    {
        for (const QString &name : names())
            QFile::remove(m_dir.filePath(name));
        write(path("in"), pattern(50'500));
        fs::last_write_time(path("in"),
                            fs::file_time_type::clock::now() - std::chrono::hours(1)); // clocks tick slowly
    }

    void run_anySizeAndThreads_isWholeAndInPlace_data()
    {
        QTest::addColumn<bool>("nameless");
        QTest::newRow("without a name until the end") << true;
        QTest::newRow("with a name of its own") << false;
    }
    void run_anySizeAndThreads_isWholeAndInPlace()
    {
        QFETCH(bool, nameless);
        for (const unsigned threads : {1U, 2U, 7U, 100U, 0U})
            for (const std::size_t size : {1U, 999U, 1000U, 1001U, 25'000U, 250'001U}) {
                const Bytes content = pattern(size);
                write(path("in"), content);
                const auto trouble = convert(
                    path("in"), path("out"),
                    {.replace = true, .nameless = nameless, .threads = threads, .before = {}, .progress = {}});
                QCOMPARE(trouble, Trouble::none);
                QCOMPARE(contentOf(path("out")), expected(content));
            }
        QCOMPARE(names(), (QStringList{QStringLiteral("in"), QStringLiteral("out")}));
        struct stat status = {};
        QCOMPARE(::stat(path("out").c_str(), &status), 0);
        QCOMPARE(status.st_mode & 0777, 0600u);
    }

    void run_withoutTarget_onlyReads()
    {
        SourceFile source;
        QCOMPARE(source.open(path("in")), Trouble::none);
        std::atomic<std::uint64_t> chunks = 0;
        QCOMPARE(runChunks(source, nullptr,
                           planOf(source.size(), 2,
                                  [&chunks](std::uint64_t) -> Result<void> {
                                      ++chunks;
                                      return {};
                                  })),
                 Trouble::none);
        QCOMPARE(chunks.load(), std::uint64_t{51});
    }

    void progress_isToldUpToTheEnd()
    {
        std::uint64_t last = 0;
        const Progress progress = [&last](std::uint64_t bytes) {
            const bool grows = bytes >= last;
            last = bytes;
            return grows;
        };
        QCOMPARE(convert(path("in"), path("out"), {.before = {}, .progress = progress}), Trouble::none);
        QCOMPARE(last, std::uint64_t{50'500});
    }

    void run_anyTrouble_leavesNothing_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<bool>("nameless");
        QTest::addColumn<int>("trouble");
        const auto add = [](const char *name, int kind, Trouble trouble) {
            QTest::newRow(name) << kind << true << static_cast<int>(trouble);
            QTest::newRow(qPrintable(QLatin1String(name) + QStringLiteral(", with a name of its own")))
                << kind << false << static_cast<int>(trouble);
        };
        add("the work says no", 0, Trouble::refused);
        add("cancelled", 1, Trouble::cancelled);
        add("source grows", 2, Trouble::changed);
        add("source shrinks", 3, Trouble::changed);
        add("source is written to", 4, Trouble::changed);
        add("disk full", 5, Trouble::diskFull);
        add("somebody else takes the name", 6, Trouble::exists);
    }
    void run_anyTrouble_leavesNothing()
    {
        QFETCH(int, kind);
        QFETCH(bool, nameless);
        QFETCH(int, trouble);
        const auto at = [this, kind](std::uint64_t index) -> Result<void> {
            if (index != 20) return {};
            if (kind == 0) return Error(Errc::tampered, "no");
            if (kind == 2) std::ofstream(path("in"), std::ios::app) << "more";
            if (kind == 3) fs::resize_file(path("in"), 30'000);
            if (kind == 4) std::fstream(path("in"), std::ios::in | std::ios::out) << "x";
            if (kind == 6) write(path("out"), Bytes(3, 'o'));
            return {};
        };
        Conversion how{.nameless = nameless, .threads = 1, .before = at, .progress = {}};
        if (kind == 1) how.progress = [](std::uint64_t) { return false; };
        QVERIFY(tests::trueInChild([&] {
            if (kind == 5) tests::limitFileSize(20'000);
            return static_cast<int>(convert(path("in"), path("out"), how)) == trouble;
        }));
        if (kind == 6) QCOMPARE(contentOf(path("out")), Bytes(3, 'o'));
        QFile::remove(m_dir.filePath(QStringLiteral("out")));
        QCOMPARE(names(), QStringList{QStringLiteral("in")});
    }

    void run_killed_leavesNothing()
    {
        const Conversion quick;
        QVERIFY(tests::killedWhenReached([&](auto &&reached) {
            Conversion how;
            how.before = [&reached](std::uint64_t index) -> Result<void> {
                if (index == 30) reached();
                return {};
            };
            static_cast<void>(convert(path("in"), path("out"), how));
        }));
        QVERIFY(!fs::exists(path("out")));
        const Descriptor nameless(::open(m_dir.path().toStdString().c_str(), O_TMPFILE | O_WRONLY, 0600));
        if (nameless) QCOMPARE(names(), QStringList{QStringLiteral("in")});
        QCOMPARE(convert(path("in"), path("out"), quick), Trouble::none); // and nothing is in the way
    }

    void create_nameTaken_leavesIt()
    {
        write(path("out"), Bytes(3, 'o'));
        for (const bool nameless : {true, false}) {
            QCOMPARE(convert(path("in"), path("out"), {.nameless = nameless, .before = {}, .progress = {}}),
                     Trouble::exists);
            QCOMPARE(contentOf(path("out")), Bytes(3, 'o'));
        }
        QCOMPARE(names(), (QStringList{QStringLiteral("in"), QStringLiteral("out")}));
    }

    // To be replaced is a plain file, or a link. A device would be gone for everybody, and who reads from a pipe would wait for ever.
    void create_nameOfWhatIsNoFile_leavesItHoweverItIsAsked()
    {
        write(path("file"), Bytes(3, 'o'));
        QCOMPARE(::mkfifo(path("pipe").c_str(), 0600), 0);
        fs::create_directory(path("folder"));
        fs::create_symlink("pipe", path("to the pipe"));
        fs::create_symlink("/dev/null", path("to a device"));
        fs::create_symlink("file", path("to the file"));
        fs::create_symlink("nothing", path("to nothing"));
        const auto convertTo = [this](const char *name, bool nameless) {
            return convert(path("in"), path(name), {.replace = true, .nameless = nameless, .before = {}, .progress = {}});
        };
        for (const bool nameless : {true, false})
            for (const char *name : {"pipe", "folder", "to the pipe", "to a device"}) {
                QCOMPARE(convertTo(name, nameless), Trouble::unwritable);
                FreshFile part;
                QCOMPARE(part.goOn(path(name), true, 1, "some.part"), Trouble::unwritable);
            }
        QVERIFY(fs::is_fifo(fs::symlink_status(path("pipe"))) && fs::is_directory(path("folder")));
        QCOMPARE(fs::read_symlink(path("to the pipe")), fs::path("pipe"));
        QCOMPARE(fs::read_symlink(path("to a device")), fs::path("/dev/null"));
        QVERIFY(!fs::exists(path("some.part")));
        // What takes the name while the file is written is no other.
        const auto late = [this](std::uint64_t index) -> Result<void> {
            if (index == 20 && ::mkfifo(path("late").c_str(), 0600) != 0) return Error(Errc::internal, "no pipe");
            return {};
        };
        QCOMPARE(convert(path("in"), path("late"), {.replace = true, .threads = 1, .before = late, .progress = {}}), Trouble::unwritable);
        QVERIFY(fs::is_fifo(fs::symlink_status(path("late"))));
        for (const char *name : {"to the file", "to nothing"}) {
            QCOMPARE(convertTo(name, true), Trouble::none);
            QVERIFY(fs::is_regular_file(fs::symlink_status(path(name))));
        }
        QCOMPARE(contentOf(path("file")), Bytes(3, 'o')); // the link was replaced, and not what it leads to
        for (const char *name : {"pipe", "late", "folder", "to the pipe", "to a device", "to the file", "to nothing", "file"})
            fs::remove(path(name));
        QCOMPARE(names(), QStringList{QStringLiteral("in")});
    }

    void create_withoutFolderOrRoom_isRefusedAtOnce()
    {
        FreshFile none, huge;
        QCOMPARE(none.create(path("no/out"), false, 1), Trouble::unwritable);
        QCOMPARE(huge.create(path("out"), false, std::uint64_t{1} << 62), Trouble::diskFull);
    }

    // Room that goes while a file is written: it is told as that, nothing is left, and with room again the same is done.
    void disk_thatFillsMeanwhile_leavesNothing()
    {
        tests::SmallDisk disk;
        if (!disk.isHere()) return disk.run();
        for (const bool nameless : {true, false}) {
            {
                FreshFile file;
                QCOMPARE(file.create(path("out"), false, 1 << 20, nameless), Trouble::none);
                QCOMPARE(file.write(0, Bytes(4096, 'a')), Trouble::none);
                disk.fill();
                QCOMPARE(file.write(4096, Bytes(1 << 20, 'b')), Trouble::diskFull);
                FreshFile next;
                QCOMPARE(next.create(path("next"), false, 4096, nameless), Trouble::diskFull); // it is said at once
            }
            disk.give();
            QCOMPARE(names(), QStringList{QStringLiteral("in")}); // which it had
            FreshFile again;
            QCOMPARE(again.create(path("out"), true, 4096, nameless), Trouble::none);
            QCOMPARE(again.write(0, Bytes(4096, 'c')), Trouble::none);
            QCOMPARE(again.commit(), Trouble::none);
            QCOMPARE(contentOf(path("out")), Bytes(4096, 'c'));
            fs::remove(path("out"));
        }
    }

    void source_thatIsNone_isUnreadable()
    {
        const auto troubleOf = [](const fs::path &at) { return SourceFile().open(at); };
        QCOMPARE(troubleOf(path("missing")), Trouble::unreadable);
        QCOMPARE(troubleOf(m_dir.path().toStdString()), Trouble::unreadable);
        QCOMPARE(::mkfifo(path("pipe").c_str(), 0600), 0);
        QCOMPARE(troubleOf(path("pipe")), Trouble::unreadable);
        fs::remove(path("pipe"));
    }
};

QTEST_GUILESS_MAIN(TestChunkRun)
#include "test_chunk_run.moc"
