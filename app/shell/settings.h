// What a person chose about the screens, kept over restarts.
#pragma once

#include <QObject>
#include <QQmlEngine>
#include <QSettings>

#include <memory>

namespace hufu::shell {

class Settings : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
    Q_PROPERTY(Appearance appearance READ appearance WRITE setAppearance NOTIFY changed)
    Q_PROPERTY(bool dark READ dark NOTIFY changed)                 // what the appearance comes to
    Q_PROPERTY(bool elder READ elder WRITE setElder NOTIFY changed) // large, and one act a page
    Q_PROPERTY(int textPercent READ textPercent WRITE setTextPercent NOTIFY changed) // 100 to 200
    Q_PROPERTY(bool motion READ motion WRITE setMotion NOTIFY changed)
    Q_PROPERTY(bool shuffled READ shuffled WRITE setShuffled NOTIFY changed) // the PIN pad's digits stand elsewhere each time
    // Whether a screen reader is told what the PIN pad's keys are, and not only where they stand.
    Q_PROPERTY(bool spokenDigits READ spokenDigits WRITE setSpokenDigits NOTIFY changed)
    Q_PROPERTY(QString version READ version CONSTANT) // of the program
public:
    enum Appearance { System, Light, Dark };
    Q_ENUM(Appearance)
    static constexpr int kTextPercentMin = 100, kTextPercentMax = 200;

    explicit Settings(QQmlEngine *engine); // its child, so that QML and C++ meet the same object
    ~Settings() override;
    static Settings *create(QQmlEngine *engine, QJSEngine *); // QML asks here
    static Settings *of(QQmlEngine &engine);                  // the engine's one

    Appearance appearance() const { return m_appearance; }
    bool dark() const;
    bool elder() const { return m_elder; }
    int textPercent() const { return m_textPercent; }
    bool motion() const { return m_motion; }
    bool shuffled() const { return m_shuffled; }
    bool spokenDigits() const { return m_spokenDigits; }
    static QString version();
    // The digits in the order of the pad: 1 to 9 and 0, or drawn anew.
    Q_INVOKABLE QVariantList padDigits() const;

    // Each is kept at once where keepIn() said. A value out of range changes nothing.
    void setAppearance(Appearance appearance);
    void setElder(bool elder);
    void setTextPercent(int percent);
    void setMotion(bool motion);
    void setShuffled(bool shuffled);
    void setSpokenDigits(bool spoken);

    // Takes what the file says, and keeps there what is chosen from now on. What is missing or damaged in it is as
    // before. With language, the choice of a language is kept, too.
    void keepIn(const QString &file, class Language *language = nullptr);

Q_SIGNALS:
    void changed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void keep(const char *key, const QVariant &value);

    std::unique_ptr<QSettings> m_file;
    Appearance m_appearance = System;
    bool m_elder = false, m_motion = true, m_shuffled = false, m_spokenDigits = false;
    int m_textPercent = 100;
};

} // namespace hufu::shell
