// Without the pragma Bound: the Loader of Qt 6.4 refuses bound components, so their ids are of the outer scope.
// qmllint disable unqualified
import QtQuick
import Hufu.Controls
import Hufu.PhoneModels

// From Screens.page to the page itself. A page is made when it is shown and gone when it is left.
FocusScope {
    id: root

    required property Screens screens
    readonly property Item current: loader.item as Item

    focus: true

    Rectangle {
        anchors.fill: parent
        color: Theme.colour.ground
    }
    ConnectionStrip {
        id: strip
        objectName: "connectionStrip"
        width: root.width
        screens: root.screens
    }
    WhomStrip {
        id: whom
        y: strip.height
        width: root.width
        screens: root.screens
    }
    // Where a phone shows what it has to tell, above the page and before it in the order of reading; not while the person is in the midst of an act.
    Reminder {
        id: reminder
        objectName: "reminder"
        x: Theme.space.medium
        y: whom.y + whom.height + Theme.space.medium
        width: root.width - 2 * Theme.space.medium
        visible: root.screens.bids.reminderShown && Explain.code === 0 && root.screens.isCalm
        model: root.screens.bids
        room: root.height
    }
    Loader {
        id: loader
        y: reminder.visible ? reminder.y + reminder.height : whom.y + whom.height
        width: root.width
        height: root.height - y
        visible: Explain.code === 0
        focus: visible
        onLoaded: {
            const page = loader.item as PageFrame;
            if (page) page.greet();
            if (Theme.motion) arrival.restart();
        }
        sourceComponent: {
            switch (root.screens.page) {
            case Screens.Welcome: return welcome;
            case Screens.Link: return link;
            case Screens.PhoneNumber: return phoneNumber;
            case Screens.Agreements: return agreements;
            case Screens.Identity: return identity;
            case Screens.PinChoose:
            case Screens.PinRepeat: return pinChoose;
            case Screens.Keys: return keys;
            case Screens.Certificate: return certificate;
            case Screens.Home: return home;
            case Screens.Scan: return scan;
            case Screens.Approve: return approve;
            case Screens.Factor: return factor;
            case Screens.PinPad: return pinPad;
            case Screens.Working: return working;
            case Screens.Result: return result;
            case Screens.Error: return error;
            case Screens.Locked: return locked;
            case Screens.Frozen: return frozen;
            case Screens.Recover: return recover;
            case Screens.Centre: return centre;
            case Screens.Settings: return settings;
            case Screens.History: return history;
            case Screens.HistoryEntry: return historyEntry;
            case Screens.Support: return support;
            case Screens.Diagnosis: return diagnosis;
            case Screens.Errors: return errors;
            case Screens.Terms: return terms;
            case Screens.Bids: return bids;
            case Screens.Bid: return bid;
            case Screens.Shields: return shields;
            case Screens.Next: return next;
            case Screens.Shield: return shield;
            case Screens.Removal: return removal;
            case Screens.Desks: return desks;
            case Screens.Revocation: return revocation;
            default: return working;
            }
        }
    }

    NumberAnimation {
        id: arrival
        target: loader
        property: "opacity"
        from: 0.3
        to: 1
        duration: 140
    }
    // Over the page, which keeps what was typed. A page that the server turns meanwhile ends it.
    Loader {
        anchors.fill: parent
        active: Explain.code !== 0
        focus: active
        onLoaded: (item as PageFrame).greet()
        sourceComponent: explanation
    }
    Connections {
        target: root.screens
        function onPageChanged() {
            Explain.close();
        }
    }

    Component { id: explanation; Explanation { focus: true } }
    Component { id: welcome; WelcomePage { model: root.screens.welcome } }
    Component { id: link; LinkPage { model: root.screens.link } }
    Component { id: phoneNumber; PhoneNumberPage { model: root.screens.phoneNumber } }
    Component { id: agreements; AgreementsPage { model: root.screens.agreements } }
    Component { id: identity; IdentityPage { model: root.screens.identity; request: root.screens.approve } }
    Component { id: pinChoose; PinChoosePage { model: root.screens.pin; covered: root.screens.recorded } }
    Component { id: keys; KeysPage { model: root.screens.keys } }
    Component { id: certificate; CertificatePage { model: root.screens.certificate; shields: root.screens.shields; evidence: root.screens.evidence } }
    Component { id: home; HomePage { model: root.screens.home; bids: root.screens.bids; shields: root.screens.shields } }
    Component { id: scan; ScanPage { model: root.screens.scan } }
    Component { id: approve; ApprovePage { model: root.screens.approve } }
    Component { id: factor; FactorPage { model: root.screens.factor; request: root.screens.approve } }
    Component { id: pinPad; PinPadPage { model: root.screens.pin; request: root.screens.approve; bids: root.screens.bids; covered: root.screens.recorded } }
    Component { id: working; WorkingPage { model: root.screens.working } }
    Component { id: result; ResultPage { model: root.screens.result; evidence: root.screens.evidence } }
    Component { id: error; ErrorPage { model: root.screens.error; evidence: root.screens.evidence } }
    Component { id: locked; LockedPage { model: root.screens.locked; evidence: root.screens.evidence } }
    Component { id: frozen; FrozenPage { model: root.screens.locked; evidence: root.screens.evidence } }
    Component { id: recover; RecoverPage { model: root.screens.recover } }
    Component { id: centre; CentrePage { model: root.screens.centre; shields: root.screens.shields } }
    Component { id: desks; DesksPage { model: root.screens.desks } }
    Component { id: settings; SettingsPage { model: root.screens.aside } }
    Component { id: history; HistoryPage { model: root.screens.history } }
    Component { id: historyEntry; HistoryEntryPage { model: root.screens.history } }
    Component { id: support; SupportPage { model: root.screens.centre; support: root.screens.support } }
    Component { id: diagnosis; DiagnosisPage { model: root.screens.diagnosis } }
    Component { id: errors; ErrorsPage { model: root.screens.aside } }
    Component { id: bids; BidsPage { model: root.screens.bids } }
    Component { id: bid; BidPage { model: root.screens.bids } }
    Component { id: shields; ShieldsPage { model: root.screens.shields } }
    Component { id: shield; ShieldPage { model: root.screens.shields } }
    Component { id: removal; RemovalPage { model: root.screens.shields } }
    Component { id: revocation; RevocationPage { model: root.screens.shields } }
    Component { id: next; NextPage { model: root.screens.next; covered: root.screens.recorded } }
    Component { id: terms; TermsPage { model: root.screens.aside } }
}
