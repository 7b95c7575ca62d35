// A bid before it is sealed: its files, its project, and who can open it. And files to be encrypted for people with any software, which have
// no project.
#pragma once

#include <QDateTime>
#include <QFileInfo>
#include <QObject>
#include <QUrl>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>
#include <algorithm>
#include <vector>

namespace hufu::desk_app {

// One who could be given the key.
struct PersonView {
    Q_GADGET
    QML_VALUE_TYPE(personView)
    Q_PROPERTY(QString name MEMBER name)
    Q_PROPERTY(bool chosen MEMBER chosen)
    Q_PROPERTY(bool own MEMBER own) // who seals: always among those who can open
public:
    QString name;
    bool chosen = false, own = false;
};

// What a site would like to have sealed. The person cannot change it, and may refuse it whole.
struct SealProposal {
    QString origin, projectId, projectName, package;
    QDateTime opening; // invalid: none is named
    QString hint;      // what the files are
};

struct SealWish {
    QStringList files;
    QString projectId, projectName, package;
    QDateTime opening;             // invalid: none is named
    std::vector<int> people;       // of the list that was shown
};

class SealModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the program")
    Q_PROPERTY(QStringList files READ files NOTIFY changed)  // names
    Q_PROPERTY(int tooMany READ tooMany NOTIFY changed)      // by how many the files that were chosen last are more than one bid takes: none of them was added
    Q_PROPERTY(QVariantList people READ people NOTIFY changed) // of personView; empty until the server has answered
    Q_PROPERTY(QStringList sealers READ sealers NOTIFY changed) // who of this desk's people can seal
    Q_PROPERTY(int sealer READ sealer NOTIFY changed)           // who of them does
    Q_PROPERTY(int chosen READ chosen NOTIFY changed)
    Q_PROPERTY(bool plain READ plain NOTIFY changed)                     // no bid: files for people with any software
    Q_PROPERTY(int receiverProblem READ receiverProblem NOTIFY changed)  // HF-nnn, of a certificate that was chosen last; 0: none
    Q_PROPERTY(int away READ away NOTIFY changed)                        // HF-nnn: why nobody's colleagues are listed, of plain files; 0: they are
    Q_PROPERTY(bool loading READ loading NOTIFY changed)
    // What a site proposes; all empty without one.
    Q_PROPERTY(QString origin READ origin NOTIFY changed)
    Q_PROPERTY(QString projectId READ projectId NOTIFY changed)
    Q_PROPERTY(QString projectName READ projectName NOTIFY changed)
    Q_PROPERTY(QString package READ package NOTIFY changed)
    Q_PROPERTY(QString opening READ opening NOTIFY changed)
    Q_PROPERTY(QString hint READ hint NOTIFY changed)
    Q_PROPERTY(QString soleReason READ soleReason WRITE setSoleReason NOTIFY soleReasonChanged) // typed, where one alone could open it
public:
    static constexpr int kFilesMost = 64;

    using QObject::QObject;
    QStringList files() const
    {
        QStringList names;
        for (const QString &path : m_paths)
            names.append(QFileInfo(path).fileName());
        return names;
    }
    int tooMany() const { return m_tooMany; }
    QVariantList people() const
    {
        QVariantList list;
        for (const PersonView &person : m_people)
            list.append(QVariant::fromValue(person));
        return list;
    }
    int chosen() const
    {
        return static_cast<int>(std::count_if(m_people.begin(), m_people.end(), [](const PersonView &person) { return person.chosen; }));
    }
    const QStringList &sealers() const { return m_sealers; }
    int sealer() const { return m_sealer; }
    bool loading() const { return m_loading; }
    bool plain() const { return m_isPlain; }
    int receiverProblem() const { return m_receiverProblem; }
    int away() const { return m_away; }
    const QString &origin() const { return m_proposal.origin; }
    const QString &projectId() const { return m_proposal.projectId; }
    const QString &projectName() const { return m_proposal.projectName; }
    const QString &package() const { return m_proposal.package; }
    QString opening() const { return m_proposal.opening.isValid() ? m_proposal.opening.toString(kTimeForm) : QString(); }
    const QString &hint() const { return m_proposal.hint; }
    const QString &soleReason() const { return m_soleReason; }
    void setSoleReason(const QString &reason)
    {
        if (reason == m_soleReason) return;
        m_soleReason = reason;
        Q_EMIT soleReasonChanged();
    }

    void begin(const QList<QUrl> &files, bool isPlain = false)
    {
        m_isPlain = isPlain;
        m_receiverProblem = m_away = 0;
        m_paths.clear();
        m_people.clear();
        m_sealers.clear();
        m_sealer = 0;
        m_proposal = {};
        setSoleReason({});
        m_loading = true;
        addFiles(files);
    }
    void propose(const SealProposal &proposal)
    {
        m_proposal = proposal;
        Q_EMIT changed();
    }
    void showSealers(const QStringList &names)
    {
        m_sealers = names;
        Q_EMIT changed();
    }
    Q_INVOKABLE void chooseSealer(int sealer)
    {
        if (sealer < 0 || sealer >= m_sealers.size() || sealer == m_sealer) return;
        m_sealer = sealer;
        Q_EMIT sealerChosen(sealer);
    }
    // In: names, the one who seals first.
    void showPeople(const QStringList &names)
    {
        m_loading = false;
        m_people.clear();
        for (const QString &name : names)
            m_people.push_back({name, m_people.empty(), m_people.empty()});
        Q_EMIT changed();
    }
    void showAway(int problem)
    {
        m_loading = false;
        m_away = problem;
        Q_EMIT changed();
    }
    // One more who can open it, by a certificate of theirs.
    void addPerson(const QString &name)
    {
        m_people.push_back({name, true, false});
        Q_EMIT changed();
    }
    void showReceiverProblem(int problem)
    {
        m_receiverProblem = problem;
        Q_EMIT changed();
    }
    Q_INVOKABLE void addReceivers(const QList<QUrl> &files) { Q_EMIT receiversAsked(files); }
    // One file counts once. All of them or none: a bid that lacks some must not look like the whole.
    Q_INVOKABLE void addFiles(const QList<QUrl> &files)
    {
        QStringList paths = m_paths;
        for (const QUrl &file : files)
            if (!paths.contains(file.toLocalFile())) paths.append(file.toLocalFile());
        m_tooMany = std::max(0, static_cast<int>(paths.size()) - kFilesMost);
        if (m_tooMany == 0) m_paths = paths;
        Q_EMIT changed();
    }
    Q_INVOKABLE void removeFile(int index)
    {
        if (index < 0 || index >= m_paths.size()) return;
        m_paths.removeAt(index);
        m_tooMany = 0;
        Q_EMIT changed();
    }
    Q_INVOKABLE void choose(int index, bool yes)
    {
        if (index < 0 || index >= static_cast<int>(m_people.size())) return;
        PersonView &person = m_people[static_cast<std::size_t>(index)];
        person.chosen = yes || person.own;
        Q_EMIT changed();
    }
    // In: opening, "2026-12-01 09:30" in local time, or empty. Returns: false if that is no time, or over: nobody would be reminded of it.
    Q_INVOKABLE bool seal(const QString &projectId, const QString &projectName, const QString &package, const QString &opening)
    {
        if (!m_proposal.origin.isEmpty()) return sealProposed();
        SealWish wish{m_paths, projectId.trimmed(), projectName.trimmed(), package.trimmed(), {}, {}};
        if (!opening.trimmed().isEmpty()) {
            wish.opening = timeOf(opening);
            if (!wish.opening.isValid() || wish.opening <= QDateTime::currentDateTime()) return false;
        }
        send(std::move(wish));
        return true;
    }
    // Of plain files: there is no more to them than who can open them.
    Q_INVOKABLE void encrypt() { send({m_paths, {}, {}, {}, {}, {}}); }
    Q_INVOKABLE void cancel() { Q_EMIT cancelled(); }
    Q_INVOKABLE static QDateTime timeOf(const QString &text) { return QDateTime::fromString(text.trimmed(), kTimeForm); }

Q_SIGNALS:
    void changed();
    void soleReasonChanged();
    void sealAsked(const hufu::desk_app::SealWish &wish);
    void cancelled();
    void sealerChosen(int sealer);
    void receiversAsked(const QList<QUrl> &files);

private:
    static inline const QString kTimeForm = QStringLiteral("yyyy-MM-dd HH:mm");

    // To the second that the site named, whatever the page could show of it.
    bool sealProposed()
    {
        send({m_paths, m_proposal.projectId, m_proposal.projectName, m_proposal.package, m_proposal.opening, {}});
        return true;
    }
    void send(SealWish wish)
    {
        for (std::size_t i = 0; i < m_people.size(); ++i)
            if (m_people[i].chosen) wish.people.push_back(static_cast<int>(i));
        Q_EMIT sealAsked(wish);
    }

    SealProposal m_proposal;
    QStringList m_paths, m_sealers;
    int m_sealer = 0, m_tooMany = 0;
    std::vector<PersonView> m_people;
    int m_receiverProblem = 0, m_away = 0;
    bool m_loading = false, m_isPlain = false;
    QString m_soleReason;
};

} // namespace hufu::desk_app
