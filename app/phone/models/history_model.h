// What was approved and refused on this phone: the list, one entry, and the list as a file.
#pragma once

#include "app/phone/models/views.h"

#include <QObject>
#include <QUrl>

namespace hufu::phone_app {

class HistoryModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the program")
    Q_PROPERTY(QVariantList entries READ entries NOTIFY changed) // of historyView, the newest first
    Q_PROPERTY(hufu::phone_app::HistoryView entry READ entry NOTIFY entryChanged)
    Q_PROPERTY(QString savedAs READ savedAs NOTIFY saved) // empty: not saved on this visit
    Q_PROPERTY(int problem READ problem NOTIFY saved)     // HF-nnn, 0: none
public:
    using QObject::QObject;
    const QVariantList &entries() const { return m_entries; }
    const HistoryView &entry() const { return m_entry; }
    const QString &savedAs() const { return m_savedAs; }
    int problem() const { return m_problem; }
    void show(const QList<HistoryView> &entries);
    void choose(const HistoryView &entry);
    void visit(); // the page is opened anew

    // One line an entry, the names of the acts as in the manifest; RFC 4180, and no cell that a spreadsheet would
    // take for a formula.
    static QByteArray tableOf(const QVariantList &entries);

    Q_INVOKABLE void open(const hufu::phone_app::HistoryView &entry);
    Q_INVOKABLE void save(const QUrl &file);
    Q_INVOKABLE void close() { Q_EMIT closed(); }

Q_SIGNALS:
    void changed();
    void entryChanged();
    void saved();
    void entryAsked();
    void closed();

private:
    QVariantList m_entries;
    HistoryView m_entry;
    QString m_savedAs;
    int m_problem = 0;
};

} // namespace hufu::phone_app
