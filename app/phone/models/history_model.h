// What was approved and refused on this phone: the list, one entry, and the list as a file.
#pragma once

#include "app/phone/models/views.h"
#include "app/phone/own_file.h"
#include "shield/vault/vault.h"

#include <QObject>

namespace hufu::phone_app {

class HistoryModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the program")
    Q_PROPERTY(QVariantList entries READ entries NOTIFY changed) // of historyView, the newest first
    Q_PROPERTY(hufu::phone_app::HistoryView entry READ entry NOTIFY entryChanged)
    Q_PROPERTY(int most READ most CONSTANT)
    Q_PROPERTY(QString savedAs READ savedAs NOTIFY saved) // empty: not saved on this visit
    Q_PROPERTY(int problem READ problem NOTIFY saved)     // HF-nnn, 0: none
    Q_PROPERTY(hufu::phone_app::RecordsView records READ records NOTIFY changed)
    Q_PROPERTY(bool comparing READ comparing NOTIFY comparison)
    Q_PROPERTY(int comparisonProblem READ comparisonProblem NOTIFY comparison) // HF-nnn: of the last time, 0: none
public:
    // As vault::Compared.
    enum Compared { NotYet, HeardOf, Same, Differs, Missing };
    Q_ENUM(Compared)

    using QObject::QObject;
    void setFolder(const QString &folder) { m_folder = folder; } // where save() writes
    const QVariantList &entries() const { return m_entries; }
    const HistoryView &entry() const { return m_entry; }
    const QString &savedAs() const { return m_savedAs; }
    int problem() const { return m_problem; }
    const RecordsView &records() const { return m_records; }
    bool comparing() const { return m_comparing; }
    int comparisonProblem() const { return m_comparisonProblem; }
    void show(const QList<HistoryView> &entries, const RecordsView &records = {});
    void setCompared(int problem);
    void choose(const HistoryView &entry);
    void look(const HistoryView &entry); // its page is opened anew
    void visit(); // the page is opened anew

    // What the phone keeps of its acts at most.
    int most() const { return static_cast<int>(vault::Vault::kHistoryMax); }
    // One line an entry, with the names of all its files as far as they are kept, the names of the acts as in the manifest; RFC 4180, and no cell that a spreadsheet would
    // take for a formula.
    static QByteArray tableOf(const QVariantList &entries);

    Q_INVOKABLE void open(const hufu::phone_app::HistoryView &entry);
    Q_INVOKABLE void save();
    Q_INVOKABLE void saveEntry(); // the one that is looked at, for hufu verify record
    Q_INVOKABLE void compare();
    Q_INVOKABLE void read() { Q_EMIT foreignRead(); }
    Q_INVOKABLE void close() { Q_EMIT closed(); }

Q_SIGNALS:
    void changed();
    void entryChanged();
    void saved();
    void entryAsked();
    void comparison();
    void compareAsked();
    void foreignRead();
    void closed();

private:
    void keep(const QString &savedAs);
    void forgetSaved();

    QVariantList m_entries;
    HistoryView m_entry;
    QString m_savedAs, m_folder = documentsFolder();
    RecordsView m_records;
    int m_problem = 0, m_comparisonProblem = 0;
    bool m_comparing = false;
};

} // namespace hufu::phone_app
