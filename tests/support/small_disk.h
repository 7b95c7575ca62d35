// A disk of 4 MiB that gets really full: a limit on the files of a process (full_disk.h, child.h) shows no ENOSPC, and leaves the file system
// with room. The test runs once more by itself, in mounts of its own and with its temporary folders on that disk.
#pragma once

#include <QCoreApplication>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace hufu::tests {

class SmallDisk {
public:
    ~SmallDisk() { give(); }
    // This is the run on the disk.
    bool isHere() const { return !m_folder.isEmpty(); }
    // Elsewhere: that run, whose outcome is the test's. Skips where nobody may mount.
    static void run()
    {
        const QTemporaryDir folder;
        const auto script = QStringLiteral(R"(mount -t tmpfs -o size=4m tmpfs "$1" || exit 77; TMPDIR=$1 HUFU_SMALL_DISK=$1 exec "$2" "$3")");
        QProcess again;
        again.setProcessChannelMode(QProcess::MergedChannels);
        again.start(QStringLiteral("unshare"), {QStringLiteral("-Urm"), QStringLiteral("sh"), QStringLiteral("-c"), script, QStringLiteral("sh"), folder.path(),
                                                QCoreApplication::applicationFilePath(), QString::fromLatin1(QTest::currentTestFunction())});
        if (!again.waitForStarted()) QSKIP("no unshare here");
        QVERIFY(again.waitForFinished(120'000));
        const QByteArray said = again.readAll();
        if (again.exitCode() == 77 || said.startsWith("unshare: ")) QSKIP("nobody may mount here");
        QVERIFY2(again.exitStatus() == QProcess::NormalExit && again.exitCode() == 0, said.constData());
    }
    // No room is left but for so many bytes, in whole pages.
    void fill(off_t left = 0)
    {
        const int file = ::open(m_filling.constData(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
        if (file < 0) qFatal("the disk cannot be filled");
        off_t size = 0;
        const std::array<char, 4096> page{};
        while (::write(file, page.data(), page.size()) == static_cast<ssize_t>(page.size()))
            size += static_cast<off_t>(page.size());
        if (errno != ENOSPC || ::ftruncate(file, std::max<off_t>(size - left, 0)) != 0) qFatal("the disk is not full");
        ::close(file);
    }
    // There is room again.
    void give()
    {
        if (isHere()) ::unlink(m_filling.constData());
    }

private:
    const QByteArray m_folder = qgetenv("HUFU_SMALL_DISK"), m_filling = m_folder + "/filling";
};

} // namespace hufu::tests
