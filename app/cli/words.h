// The words of the command line, one function each. In: the arguments behind the word. Returns: the exit code.
#pragma once

#include "app/catalogue/catalogue.h"

#include "shield/base/bytes.h"

#include <QByteArray>
#include <QFile>
#include <QString>
#include <QStringList>
#include <memory>
#include <optional>

class QCommandLineParser;

namespace hufu::cli {

enum Exit : int {
    kGood = 0,
    kFailed = 1,     // what was asked is not so: a signature does not verify, a step failed
    kUsage = 2,      // the words are wrong
    kUnreadable = 3, // a file cannot be read or is not what it should be
};

int sim(const QStringList &arguments);
int demo(const QStringList &arguments);
int sheet(const QStringList &arguments);
int script(const QStringList &arguments);
int verify(const QStringList &arguments);
int verifyAudit(const QStringList &arguments); // behind "verify audit"
int verifyConfirmation(const QStringList &arguments); // behind "verify confirmation"
int verifyEvidence(const QStringList &arguments); // behind "verify evidence"
int verifyReceipt(const QStringList &arguments);
int verifyRecord(const QStringList &arguments); // behind "verify record"
int inspect(const QStringList &arguments);
int seal(const QStringList &arguments);
int open(const QStringList &arguments);
int scan(const QStringList &arguments);
int state(const QStringList &arguments);
int reset(const QStringList &arguments);
int emulator(const QStringList &arguments);

// path: of the script that is written. start: the word of its first line. by: a script whose lines do it; empty: a person does.
int recordScript(const QString &path, const QString &start, const QString &by);
// The control API on a folder until it is told to end. language: given by sim, which has windows of a desk and a phone as well.
int serveEmulator(const QString &folder, quint16 port, const std::optional<QString> &language);

QString simulationFolder(); // of sim, emulator, state and reset, where none is named

ByteView viewOf(const QByteArray &bytes); // valid as long as bytes
QString timeText(std::int64_t unixMs);    // ISO 8601, UTC
// A text that comes from anybody: as it is, or its digits where it has what a terminal must not get.
std::string shown(const std::string &text);
// Prints code, cause and next steps in both languages on standard error.
void explain(catalogue::Code code, const QString &about);
// Explains HF-604 and returns nothing if the file cannot be read, HF-651 if it is longer than most.
std::optional<QByteArray> readFile(const QString &path, qint64 most);

// What is wrong with what is typed behind a word: the first that is found.
class WordCheck {
public:
    // An option that there is not, or one that lacks its value. In: isParsed, what parser has said.
    WordCheck(const QCommandLineParser &parser, bool isParsed);
    void wrongIf(bool isWrong, const QString &word, const QString &zh, const QString &en);
    bool isWrong() const { return m_isHelp || !m_line.isEmpty(); }
    // Says in one line which word is wrong and why, in both languages, and then how the words go; to who asks for help (--help, -h) the
    // latter alone, on standard output. Returns: the exit code.
    int tell(const char *usage) const;

private:
    QString m_line;
    bool m_isHelp = false;
};

// A file of any size as one view, without reading it into memory.
class MappedFile {
public:
    // Explains HF-604 and is empty if the file cannot be read.
    static std::unique_ptr<MappedFile> open(const QString &path);
    ByteView view() const { return m_view; } // lives as long as this

private:
    QFile m_file;
    ByteView m_view;
};

} // namespace hufu::cli
