// The PIN while it is typed. QML reads how many digits stand, and never which.
#pragma once

#include "app/catalogue/catalogue.h"
#include "shield/vault/pin.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace hufu::phone_app {

class PinModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the engine")
    Q_PROPERTY(int length READ length NOTIFY changed)
    Q_PROPERTY(bool ready READ ready NOTIFY changed)
    Q_PROPERTY(int least READ least CONSTANT)
    Q_PROPERTY(int most READ most CONSTANT)
    Q_PROPERTY(Purpose purpose READ purpose NOTIFY changed)
    Q_PROPERTY(Weakness weakness READ weakness NOTIFY changed)
    Q_PROPERTY(Weakness typed READ typed NOTIFY changed) // of what stands, while a PIN is chosen: TooShort until it is long enough
    Q_PROPERTY(int weaknessCode READ weaknessCode NOTIFY changed) // HF-304, or 0: strong
    Q_PROPERTY(int problem READ problem NOTIFY changed)     // HF-nnn, 0: none
    Q_PROPERTY(int triesLeft READ triesLeft NOTIFY changed) // -1: not known
    Q_PROPERTY(bool fingers READ fingers NOTIFY changed) // a finger or face may stand for typing
    Q_PROPERTY(Recognition recognition READ recognition NOTIFY changed)
public:
    enum Recognition { NotAsked, NotRecognised, SetChanged };
    Q_ENUM(Recognition)
    enum Purpose { Choose, Repeat, Approve, Resume, ChangeOld, ChangeNew, ChangeRepeat, Former, Recover };
    Q_ENUM(Purpose)
    enum Weakness { Strong, TooShort, OneDigit, Steps, Repeated, Birthday, PhoneTail, Common };
    Q_ENUM(Weakness)

    static Weakness named(const std::optional<vault::PinWeakness> &weakness)
    {
        using vault::PinWeakness;
        if (!weakness) return Strong;
        switch (*weakness) {
        case PinWeakness::tooShort:
            return TooShort;
        case PinWeakness::oneDigit:
            return OneDigit;
        case PinWeakness::steps:
            return Steps;
        case PinWeakness::repeated:
            return Repeated;
        case PinWeakness::birthday:
            return Birthday;
        case PinWeakness::phoneTail:
            return PhoneTail;
        case PinWeakness::common:
            return Common;
        }
        return Common;
    }

    using QObject::QObject;
    int length() const { return static_cast<int>(m_pin.length()); }
    bool ready() const { return m_pin.longEnough(); }
    int least() const { return static_cast<int>(limits::kPinMin); }
    int most() const { return static_cast<int>(limits::kPinMax); }
    Purpose purpose() const { return m_purpose; }
    Weakness weakness() const { return m_weakness; }
    Weakness typed() const { return m_purpose == Choose || m_purpose == ChangeNew ? named(vault::weaknessOf(m_pin, m_hints)) : Strong; }
    int weaknessCode() const { return m_weakness == Strong ? 0 : static_cast<int>(catalogue::Code::pinWeak); }
    int problem() const { return m_problem; }
    int triesLeft() const { return m_triesLeft; }

    bool fingers() const { return m_fingers; }
    Recognition recognition() const { return m_recognition; }

    // Begins anew: no digit stands. In: hints, by which a PIN that is chosen is judged while it is typed.
    void ask(Purpose purpose, Weakness weakness, int problem, int triesLeft, bool fingers = false, const vault::PinHints &hints = {})
    {
        m_hints = hints;
        m_fingers = fingers;
        m_recognition = NotAsked;
        m_pin.clear();
        m_purpose = purpose;
        m_weakness = weakness;
        m_problem = problem;
        m_triesLeft = triesLeft;
        Q_EMIT changed();
    }
    // The finger was not the one; the PIN is typed.
    void refuseFingers(bool isSetChanged)
    {
        m_fingers = m_fingers && !isSetChanged;
        m_recognition = isSetChanged ? SetChanged : NotRecognised;
        Q_EMIT changed();
    }
    // What was typed leaves the model.
    vault::Pin take()
    {
        vault::Pin pin = std::move(m_pin);
        Q_EMIT changed();
        return pin;
    }
    Q_INVOKABLE void press(int digit)
    {
        if (m_pin.press(digit)) Q_EMIT changed();
    }
    Q_INVOKABLE void useFingers()
    {
        if (m_fingers) Q_EMIT fingersGiven();
    }
    Q_INVOKABLE void erase()
    {
        m_pin.back();
        Q_EMIT changed();
    }
    Q_INVOKABLE void submit()
    {
        if (ready()) Q_EMIT submitted();
    }
    Q_INVOKABLE void cancel()
    {
        m_pin.clear();
        Q_EMIT changed();
        Q_EMIT cancelled();
    }

Q_SIGNALS:
    void changed();
    void submitted();
    void fingersGiven();
    void cancelled();

private:
    vault::Pin m_pin;
    vault::PinHints m_hints;
    Purpose m_purpose = Choose;
    Weakness m_weakness = Strong;
    Recognition m_recognition = NotAsked;
    bool m_fingers = false;
    int m_problem = 0;
    int m_triesLeft = -1;
};

} // namespace hufu::phone_app
