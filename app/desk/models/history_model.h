// What this desk did: the list, and one record of it.
#pragma once

#include "app/desk/history.h"

#include <QDateTime>
#include <QObject>
#include <QUrl>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

namespace hufu::desk_app {

struct RecordItemView {
    Q_GADGET
    QML_VALUE_TYPE(recordItemView)
    Q_PROPERTY(QString name MEMBER name)
    Q_PROPERTY(QString out MEMBER out)
    Q_PROPERTY(int problem MEMBER problem) // HF-nnn, 0: none
    Q_PROPERTY(QString standing MEMBER standing) // as bidView's
    Q_PROPERTY(QString sender MEMBER sender)
public:
    QString name, out;
    int problem = 0;
    QString standing = {}, sender = {};
};

struct RecordView {
    Q_GADGET
    QML_VALUE_TYPE(recordView)
    Q_PROPERTY(QString act MEMBER act)
    Q_PROPERTY(QDateTime at MEMBER at)
    Q_PROPERTY(QString person MEMBER person)
    Q_PROPERTY(QString project MEMBER project)
    Q_PROPERTY(bool done MEMBER done)
    Q_PROPERTY(int problem MEMBER problem) // HF-nnn of what was not done; 0: it was cancelled here
    Q_PROPERTY(int failed MEMBER failed)   // how many of its files came to nothing, though it was done
    Q_PROPERTY(QVariantList items MEMBER items) // of recordItemView
    Q_PROPERTY(QString folder MEMBER folder)    // where the results went; empty: none, or it is not known
    Q_PROPERTY(QUrl address MEMBER address)     // of the folder
public:
    QString act, person, project;
    QDateTime at;
    bool done = false;
    int problem = 0, failed = 0;
    QVariantList items;
    QString folder;
    QUrl address;
};

class HistoryModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the program")
    Q_PROPERTY(QVariantList records READ records NOTIFY changed) // of recordView, the newest first
    Q_PROPERTY(hufu::desk_app::RecordView record READ record NOTIFY recordChanged)
    Q_PROPERTY(int problem READ problem NOTIFY changed) // HF-nnn: it could not be kept or cleared; 0: none
public:
    using QObject::QObject;
    const QVariantList &records() const { return m_records; }
    const RecordView &record() const { return m_record; }
    int problem() const { return m_problem; }
    void show(const QList<Record> &records)
    {
        m_records.clear();
        for (const Record &record : records)
            m_records.append(QVariant::fromValue(viewOf(record)));
        m_problem = 0;
        Q_EMIT changed();
    }
    void fail(int problem)
    {
        m_problem = problem;
        Q_EMIT changed();
    }
    Q_INVOKABLE void open(const hufu::desk_app::RecordView &record)
    {
        m_record = record;
        Q_EMIT recordChanged();
        Q_EMIT recordAsked();
    }
    Q_INVOKABLE void clear() { Q_EMIT clearAsked(); }
    Q_INVOKABLE void close() { Q_EMIT closed(); }
    Q_INVOKABLE void closeRecord() { Q_EMIT recordClosed(); }

Q_SIGNALS:
    void changed();
    void recordChanged();
    void recordAsked();
    void recordClosed();
    void clearAsked();
    void closed();

private:
    static RecordView viewOf(const Record &record)
    {
        RecordView view;
        view.act = record.act;
        view.at = QDateTime::fromMSecsSinceEpoch(record.atMs);
        view.person = record.person;
        view.project = record.project;
        view.done = record.problem == 0;
        view.folder = record.folder;
        if (!record.folder.isEmpty()) view.address = QUrl::fromLocalFile(record.folder);
        view.problem = record.problem == Record::kCancelled ? 0 : record.problem;
        for (const Record::Item &item : record.items) {
            view.failed += item.problem != 0;
            view.items.append(QVariant::fromValue(RecordItemView{item.name, item.out, item.problem, nameOf(item.sender.standing), item.sender.name}));
        }
        return view;
    }

    QVariantList m_records;
    RecordView m_record;
    int m_problem = 0;
};

} // namespace hufu::desk_app
