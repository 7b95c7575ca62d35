// What the worker tells the GUI thread: plain values, never a secret.
#pragma once

#include "app/phone/models/approve_model.h"
#include "app/phone/models/views.h"
#include "shield/phone/activation.h"
#include "shield/phone/bid_fetch.h"
#include "shield/wire/account.h"

#include <QList>
#include <QMetaType>

namespace hufu::phone_app {

// The sealed bids of one shield that is active.
struct WatchedBids {
    int shield = 0;
    bool isCurrent = false;
    QString label; // how the person calls the shield
    phone::KnownBids known;
    bool isFormer = false; // the former keys of the one in use: the same person's, at the same server
};

// How the account stands, as the server has said it last.
struct AccountView {
    bool isKnown = false; // it has: a server of before does not know the question
    wire::DeviceState state = wire::DeviceState::active;
    int tries = 0, failures = 0; // left until it freezes; wrong PINs in a row
    int lockedSeconds = 0;       // from then on
    int bar = 0;                 // HF-nnn that a log-in would be refused with; 0: none
    int seatDaysLeft = 0;        // where a seat is
    int desks = 0, waiting = 0;  // computers that may ask, and that wait for the administrator
    bool isBlocked() const { return state == wire::DeviceState::frozen || state == wire::DeviceState::cloned; }
};

// Where the device stands when no flow runs.
struct Standing {
    phone::Stage stage = phone::Stage::empty;
    CertificateView card;
    QList<HistoryView> history;
    RecordsView records; // the server's beside it
    QString server, account; // account: hexadecimal
    vault::ServerLink link;
    QString draftLink, draftNumber; // of an activation that was begun and broke off early
    QString signPem, encryptPem;
    CareView care;
    int remindedDays = 0; // at how many days left the person was last told that the certificate ends; 0: not yet
    QList<WatchedBids> bids;   // of every active shield
    QList<ShieldView> shields; // that are not empty
    bool canReadFingers = false; // there is a reader, and somebody is enrolled
    bool isFull = false;       // no further shield fits
    bool isUndecided = false; // the last act of others broke off before its person decided, not long ago
    int problem = 0; // HF-nnn: the phone's files cannot be read
};

enum class FlowKind : std::uint8_t { none, activation, approval, pinChange, refresh, recovery, bids, desks, records, account, evidenceKey };

// One Step of a flow, with what its page shows.
struct Moment {
    FlowKind flow = FlowKind::none;
    phone::Show show = phone::Show::working;
    int problem = 0; // HF-nnn, 0: none
    int retryAfter = 0;
    int triesLeft = -1, failures = 0;
    QString whose; // with HF-606: whose phone is asked for
    bool reconnecting = false;
    bool unheard = false; // refused, and the server may not know of it

    // activation
    QString company, person;
    QList<AgreementView> agreements;
    bool agreed = false; // to just these, before the program ended
    bool smsWanted = false, faceWanted = false;
    int resendAfter = 0;
    phone::Progress progress = phone::Progress::keys;
    int weakness = 0; // PinModel::Weakness
    vault::PinHints hints; // where a PIN is chosen

    // approval
    RequestView request;
    qint64 millisecondsLeft = 0;
    int items = 0; // signed or opened
    bool formerPin = false;
    bool fingers = false; // a finger or face may stand for typing
    QString caseId; // of the act's evidence, hexadecimal; empty: there is none
    QString next; // with done of a vouch: the link of the next keys

    // Whether a person would see the same page.
    bool sameAs(const Moment &other) const
    {
        return flow == other.flow && show == other.show && problem == other.problem &&
               retryAfter == other.retryAfter && triesLeft == other.triesLeft &&
               reconnecting == other.reconnecting && progress == other.progress &&
               formerPin == other.formerPin && weakness == other.weakness && whose == other.whose;
    }
};

} // namespace hufu::phone_app

Q_DECLARE_METATYPE(hufu::phone_app::AccountView)
Q_DECLARE_METATYPE(hufu::phone_app::Standing)
Q_DECLARE_METATYPE(hufu::phone_app::Moment)
