// A PostgreSQL of the test's own: Debian's programs on a folder that is gone afterwards, reached through a socket in it alone.
#pragma once

#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QString>
#include <QStringList>
#include <csignal>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace hufu::tests {

class PostgresCluster {
public:
    // Returns: whether it runs; why not is in why(). As root its programs run as the user postgres: initdb refuses root.
    bool start()
    {
        QStringList versions = QDir(QStringLiteral("/usr/lib/postgresql")).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
        if (versions.isEmpty()) return because(QStringLiteral("Debian's package postgresql is not installed"));
        m_bin = QStringLiteral("/usr/lib/postgresql/") + versions.last() + QStringLiteral("/bin/");
        char folder[] = "/tmp/hufu-postgres-XXXXXX";
        if (::mkdtemp(folder) == nullptr) return because(QStringLiteral("no folder"));
        m_folder = QString::fromLatin1(folder);
        if (::geteuid() == 0 && QProcess::execute(QStringLiteral("chown"), {QStringLiteral("postgres:"), m_folder}) != 0)
            return because(QStringLiteral("there is no user postgres"));
        return run(QStringLiteral("initdb"), {QStringLiteral("-D"), data(), QStringLiteral("-U"), QStringLiteral("hufu"), QStringLiteral("-A"), QStringLiteral("trust"),
                                              QStringLiteral("--no-sync"), QStringLiteral("-E"), QStringLiteral("UTF8"), QStringLiteral("--locale=C")}) &&
               up();
    }
    ~PostgresCluster()
    {
        if (m_folder.isEmpty()) return;
        crash();
        std::error_code ignored;
        std::filesystem::remove_all(m_folder.toStdString(), ignored);
    }
    bool up()
    {
        const QString options = QStringLiteral("-k %1 -c listen_addresses='' -c shared_buffers=16MB -c max_connections=30 -c autovacuum=off").arg(m_folder);
        return run(QStringLiteral("pg_ctl"), {QStringLiteral("-D"), data(), QStringLiteral("-l"), m_folder + QStringLiteral("/log"), QStringLiteral("-o"), options,
                                              QStringLiteral("-w"), QStringLiteral("start")});
    }
    // As in a power cut: all of its processes at once, which are those that stand in its folder.
    void crash()
    {
        const QString here = QFileInfo(data()).canonicalFilePath();
        for (bool isThere = !here.isEmpty(); isThere; ::usleep(10'000)) {
            isThere = false;
            for (const QString &process : QDir(QStringLiteral("/proc")).entryList({QStringLiteral("[0-9]*")}, QDir::Dirs)) {
                if (QFile::symLinkTarget(QStringLiteral("/proc/%1/cwd").arg(process)) != here) continue;
                isThere = true;
                ::kill(static_cast<pid_t>(process.toInt()), SIGKILL);
            }
        }
        // Behind a power cut no process has these numbers; here nobody may have taken note of their end yet.
        for (const QString &lock : {data() + QStringLiteral("/postmaster.pid"), m_folder + QStringLiteral("/.s.PGSQL.5432.lock")})
            QFile::remove(lock);
    }
    // Returns: what it answers, without spaces around it.
    QString sql(const QString &statement, const QString &schema = QStringLiteral("public"))
    {
        QProcess psql;
        psql.start(m_bin + QStringLiteral("psql"), {QStringLiteral("-qAt"), QString::fromStdString(parameters(schema)), QStringLiteral("-c"), statement});
        psql.waitForFinished(30'000);
        return psql.exitCode() == 0 ? QString::fromUtf8(psql.readAllStandardOutput()).trimmed() : QStringLiteral("failed: ") + QString::fromUtf8(psql.readAllStandardError());
    }
    // What libpq is told. A schema of its own is as good as a database, and quicker made.
    std::string parameters(const QString &schema) const
    {
        return QStringLiteral("host=%1 user=hufu dbname=postgres options='-c search_path=%2'").arg(m_folder, schema).toStdString();
    }
    std::string fresh()
    {
        const QString schema = QStringLiteral("t%1").arg(++m_schemas);
        sql(QStringLiteral("CREATE SCHEMA ") + schema);
        return parameters(schema);
    }
    QString why() const { return m_why; }

private:
    QString data() const { return m_folder + QStringLiteral("/data"); }
    bool because(const QString &why)
    {
        m_why = why;
        return false;
    }
    bool run(const QString &program, const QStringList &words)
    {
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.setStandardOutputFile(m_folder + QStringLiteral("/said")); // the server inherits it, and would hold a pipe open
        process.setWorkingDirectory(m_folder);
        QStringList all = words;
        all.prepend(m_bin + program);
        if (::geteuid() == 0) all = QStringList{QStringLiteral("runuser"), QStringLiteral("-u"), QStringLiteral("postgres"), QStringLiteral("--")} + all;
        process.start(all.takeFirst(), all);
        if (process.waitForFinished(60'000) && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0) return true;
        QFile said(m_folder + QStringLiteral("/said"));
        return because(program + QStringLiteral(": ") + (said.open(QIODevice::ReadOnly) ? QString::fromUtf8(said.readAll().right(500)) : QString()));
    }

    QString m_bin, m_folder, m_why;
    int m_schemas = 0;
};

} // namespace hufu::tests
